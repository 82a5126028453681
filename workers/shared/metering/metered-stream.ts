// The one pump: a provider's pieces to the caller's stream, metered. A hand pump into an identity stream is the
// cheapest shape that stops the provider when its caller leaves; what a piece costs is above all its
// crossing into JavaScript (DECISIONS.md has the measurements).
import { isProblem, type Problem } from '../http/problems.ts'
import type { Ending } from './charge.ts'
import type { MeteredCall } from './metered-call.ts'
import { toProviderCut } from './provider-cut.ts'

/** Where pieces come from. `next` answers undefined at the end; `cancel` makes a waiting `next` end. */
export interface PieceSource<Piece> {
  next(): Promise<Piece | undefined>
  cancel(problem: Problem | null): void
}

export interface StreamPlan<Piece> {
  call: MeteredCall
  source: PieceSource<Piece>
  /** What of a piece goes on, at once; null for nothing. */
  pass(piece: Piece): Uint8Array | null
  /** Whether the answer is whole, asked when the source has ended. */
  isWhole(): boolean
  /** The last bytes of the stream: of a whole answer, or of one that broke off. */
  close(problem: Problem | null): Uint8Array | null | Promise<Uint8Array | null>
  /** Sees everything that is sent. */
  record?: (bytes: Uint8Array) => void
  /** The provider counts at its end what nobody has seen: who leaves just before is waited out for a moment. */
  countsUnseen?: boolean
}

const createPipe = (): { readable: ReadableStream<Uint8Array>; writable: WritableStream<Uint8Array> } =>
  typeof IdentityTransformStream === 'undefined'
    ? new TransformStream<Uint8Array, Uint8Array>()
    : new IdentityTransformStream()

async function pump<Piece>(
  { call, source, pass, isWhole, close, record }: StreamPlan<Piece>,
  writer: WritableStreamDefaultWriter<Uint8Array>,
  lingers: () => boolean,
): Promise<void> {
  let left = false
  const send = async (bytes: Uint8Array | null) => {
    if (!bytes || bytes.length === 0 || left) return
    record?.(bytes)
    try {
      await writer.write(bytes)
    } catch {
      left = true
    }
  }
  let failure: Problem | null = null
  try {
    for (let piece = await source.next(); piece !== undefined && (!left || lingers()); piece = await source.next()) {
      call.alive()
      await send(pass(piece))
    }
    if (!left && !isWhole()) failure = call.stopped() ?? toProviderCut()
  } catch (error) {
    failure = call.stopped() ?? toProviderCut(error)
  }
  let ending: Ending = failure ? 'cut' : 'complete'
  if (left) ending = 'left'
  const last = left ? null : await close(failure)
  if (last) record?.(last)
  call.end(ending)
  if (left) return source.cancel(null)
  if (last) await writer.write(last)
  await writer.close()
}

/** The stream that the caller is given. It is settled however it ends. */
export function meteredStream<Piece>(plan: StreamPlan<Piece>): ReadableStream<Uint8Array> {
  const { readable, writable } = createPipe()
  const writer = writable.getWriter()
  plan.call.onStop((problem) => {
    plan.source.cancel(problem)
    // A write that nobody reads would wait for ever.
    if (isProblem(problem) && problem.code === 'client_closed_request')
      void writer.abort(problem).catch(() => undefined)
  })
  // A reader that is dropped errors the pipe at once, also while the provider is silent.
  writer.closed.catch(() => plan.call.leave())
  let lingering = false
  const pumped = pump(plan, writer, () => lingering).catch(() => void plan.call.end('left'))
  if (plan.countsUnseen)
    plan.call.lingerWith(() => {
      lingering = true
      void writer.abort().catch(() => undefined)
      return pumped
    })
  return readable
}
