// Where only the question how far an order has come was not answered: the order stands, and another one would be paid again.
import { isProblem, problemCodes, type Problem } from '#shared/http/problems'
import type { ImageJobState } from '../spec/image-model.ts'

const LOOK_AGAIN_MS = 3_000

const isForgotten = ({ details }: Problem): boolean =>
  details.upstream?.status === 404 || details.upstream?.status === 410

/** Rethrows what no later look can better. */
export function lookAgainAfter(error: unknown): ImageJobState {
  if (!isProblem(error) || !problemCodes[error.code].retry || isForgotten(error)) throw error
  const seconds = error.details.retryAfterSeconds
  return { state: 'pending', progress: null, retryAfterMs: seconds === undefined ? LOOK_AGAIN_MS : seconds * 1_000 }
}
