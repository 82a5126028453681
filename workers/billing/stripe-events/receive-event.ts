// An event is stored before it is answered: after that it cannot be lost, whatever becomes of the queue.
import { Problem } from '#shared/http/problems'
import { wordsOfError } from '#shared/http/words-of-error'
import type { MoneyContext } from '../sync/money-context.ts'
import { createEventRows } from './event-repository.ts'
import { verifyEvent, type Refusal } from './verify-event.ts'

/** Where whoever sends it has to look. */
const atFault: Record<Refusal, string> = {
  no_secret: 'stripe-signature',
  no_signature: 'stripe-signature',
  old: 'stripe-signature',
  forged: 'stripe-signature',
  malformed: 'body',
  unknown: 'type',
  wrong_mode: 'livemode',
}

export async function receiveEvent({
  bytes,
  signature,
  ctx,
}: {
  bytes: Uint8Array
  signature: string | undefined
  ctx: MoneyContext
}): Promise<void> {
  const verdict = await verifyEvent({ bytes, signature, ctx })
  if (!verdict.ok) {
    // Never what was in it: whoever sent it chose the words.
    ctx.logger.warn('stripe-event-refused', { reason: verdict.reason, bytes: bytes.byteLength })
    throw new Problem('invalid_request', 'This is not an event of Stripe’s for this platform.', {
      param: atFault[verdict.reason],
    })
  }
  const { event } = verdict
  const { repeated, state } = await createEventRows(ctx.db).store({ ...event, receivedAt: ctx.clock() })
  if (repeated && state !== 'received') return
  try {
    await ctx.jobs.send({ kind: 'event', id: event.id })
  } catch (error) {
    // It waits in its row; the sweep puts it on the queue.
    ctx.logger.error('stripe-event-not-queued', { event: event.id, error: wordsOfError(error) })
  }
}
