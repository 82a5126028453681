// What a nudge leads to: one attempt where one is due. However often, late or out of order nudges come, and
// wherever a Worker dies in between, the row decides, and nothing is lost. A receiver may see an event twice.
import type { SystemContext } from './context.ts'
import type { DeliveryRow } from './delivery-rows.ts'
import type { EndpointRow } from './endpoint-rows.ts'
import type { Nudge } from './env.ts'
import { judgeAttempt, type Verdict } from './judge-attempt.ts'
import { toPayload, type DeliveredEvent } from './payload.ts'
import { postEvent, TIMEOUT_MS, type Outcome } from './post-event.ts'
import { signatureHeaders } from './signature.ts'
import { announceDisabling } from './announce-disabling.ts'

/** `again`: not finished; worth a look after so many milliseconds. */
export type Look = { done: true } | { done: false; againInMs: number }

/** Longer than any attempt takes: who has not recorded by then has died. */
const CLAIM_MS = 2 * TIMEOUT_MS

interface Attempted {
  delivery: DeliveryRow
  endpoint: EndpointRow
  ctx: SystemContext
}

/** What the receiver may check by: the present secret, and while it is replaced the one before. */
async function secretsOf({ endpoint, ctx }: { endpoint: EndpointRow; ctx: SystemContext }): Promise<string[]> {
  const { id, secret, previousSecret, previousSecretUntil } = endpoint
  const sealed = [secret, ...(previousSecret && (previousSecretUntil ?? 0) > ctx.now() ? [previousSecret] : [])]
  const opened = await Promise.all(sealed.map((each) => ctx.box.open(each, id)))
  return opened.filter((each) => each !== null)
}

async function attempt({
  event,
  endpoint,
  ctx,
}: Omit<Attempted, 'delivery'> & { event: DeliveredEvent }): Promise<Outcome> {
  const secrets = await secretsOf({ endpoint, ctx })
  if (secrets.length === 0) {
    ctx.logger.error('webhook-secret-unreadable', { webhook_id: endpoint.id })
    return { status: null, body: null, error: 'secret_unreadable', durationMs: 0 }
  }
  const body = toPayload(event)
  const headers = await signatureHeaders({ eventId: event.id, at: ctx.now(), body, secrets })
  return postEvent(
    { url: endpoint.url, body, headers },
    { fetch: ctx.fetch, now: ctx.now, timeout: ctx.timeout, local: ctx.settings.local },
  )
}

async function tryOnce({ delivery, endpoint, event, ctx }: Attempted & { event: DeliveredEvent }): Promise<Verdict> {
  const at = ctx.now()
  const outcome = await attempt({ event, endpoint, ctx })
  const verdict = judgeAttempt({
    outcome,
    attemptsInRound: delivery.attemptsInRound,
    failingSince: endpoint.failingSince,
    pausesSeconds: ctx.settings.pausesSeconds,
    now: ctx.now(),
    random: ctx.random(),
  })
  if (verdict.disable && endpoint.enabled) await announceDisabling({ endpoint, verdict, ctx })
  const { status: responseStatus, body: responseBody, error, durationMs } = outcome
  await ctx.deliveries.record({ delivery, attempt: { at, durationMs, responseStatus, responseBody, error }, verdict })
  ctx.logger.info('webhook-attempt', {
    delivery_id: delivery.id,
    attempt: delivery.attempts,
    status: responseStatus,
    error,
    duration_ms: durationMs,
  })
  return verdict
}

export async function deliver({ nudge, ctx }: { nudge: Nudge; ctx: SystemContext }): Promise<Look> {
  const { organizationId, deliveryId: id } = nudge
  const found = await ctx.deliveries.findWithEndpoint({ organizationId, id })
  if (found?.delivery.status !== 'pending') return { done: true }
  const { delivery: seen, endpoint } = found
  if (!endpoint.enabled && seen.eventType !== 'webhook.test') {
    await ctx.deliveries.end({ organizationId, id }, { status: 'canceled', now: ctx.now() })
    return { done: true }
  }
  const now = ctx.now()
  const dueAt = Math.max(seen.nextAttemptAt ?? now, seen.claimedUntil)
  if (dueAt > now) return { done: false, againInMs: dueAt - now }
  const event = await ctx.events.findEvent({ organizationId, id: seen.eventId })
  if (!event) {
    await ctx.deliveries.end({ organizationId, id }, { status: 'failed', now })
    return { done: true }
  }
  const delivery = await ctx.deliveries.claim({ organizationId, id }, { now, until: now + CLAIM_MS })
  if (!delivery) return { done: false, againInMs: CLAIM_MS }
  const { status, nextAttemptAt } = await tryOnce({ delivery, endpoint, event, ctx })
  return status === 'pending' && nextAttemptAt !== null
    ? { done: false, againInMs: Math.max(0, nextAttemptAt - ctx.now()) }
    : { done: true }
}
