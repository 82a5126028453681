// A vendor that has accepted a request may still say as its first word that it cannot answer. Nothing was passed on
// then, so it is a failure with a status of its own, as if it had been refused.
import type { Problem } from '#shared/http/problems'
import { upstreamProblem } from '#shared/providers/kit/upstream-problem'
import { isRecord, parseRecord } from '../dialects/loose.ts'
import { dataOf, EVENT_END } from './event-gate.ts'

const LETTER_E = 101
const LETTER_D = 100
const decoder = new TextDecoder()
const BEGINNING = /^(?:event:\s*error\b|data:\s*\{\s*"(?:error|type"\s*:\s*"error)")/
/** As much as decides it. */
const PEEK_BYTES = 64

export function firstEventFailure(bytes: Uint8Array): Problem | null {
  if (bytes[0] !== LETTER_D && bytes[0] !== LETTER_E) return null
  if (!BEGINNING.test(decoder.decode(bytes.subarray(0, PEEK_BYTES)))) return null
  const [event = ''] = decoder.decode(bytes).split(EVENT_END)
  const body = parseRecord(dataOf(event) ?? '')
  const error = isRecord(body?.['error']) ? body['error'] : (body ?? {})
  const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)
  return upstreamProblem({
    vendor: 'The model’s provider',
    code: textOf(error['code']) ?? textOf(error['type']),
    message: textOf(error['message']),
  })
}
