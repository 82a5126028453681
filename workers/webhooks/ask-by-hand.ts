// What a person asks for by hand: a test, or a delivery once more. Not so often that the platform could be made
// to press another's server.
import { conflict, Problem } from '#shared/http/problems'
import type { WebhooksContext } from './context.ts'
import type { DeliveryRow } from './delivery-rows.ts'
import { newDelivery } from './new-delivery.ts'
import type { DeliveredEvent } from './payload.ts'
import { requireManager } from './require-manager.ts'

interface Asked {
  id: string
  ctx: WebhooksContext
}

const MOST_IN_A_MINUTE = 30
const MINUTE_MS = 60_000

async function requireRoom({ organizationId, ctx }: { organizationId: string; ctx: WebhooksContext }): Promise<void> {
  const asked = await ctx.deliveries.countRequested({ organizationId, since: ctx.now() - MINUTE_MS })
  if (asked < MOST_IN_A_MINUTE) return
  throw new Problem('rate_limit_exceeded', `At most ${MOST_IN_A_MINUTE} deliveries in a minute are made on request.`, {
    retryAfterSeconds: MINUTE_MS / 1_000,
  })
}

/** Also to a webhook that is switched off: that is how one finds out whether it works again. */
export async function sendTest({ id, ctx }: Asked): Promise<DeliveryRow> {
  const { organizationId } = await requireManager(ctx)
  await ctx.endpoints.getEndpointOf({ organizationId, id })
  await requireRoom({ organizationId, ctx })
  const now = ctx.now()
  const event: DeliveredEvent = {
    id: ctx.createId('event'),
    organizationId,
    type: 'webhook.test',
    at: now,
    data: { webhook_id: id },
  }
  const delivery = newDelivery({ event, endpointId: id, now, requested: true, createId: ctx.createId })
  await ctx.events.addEvent({ event, deliveries: [delivery] })
  await ctx.nudge([{ organizationId, deliveryId: delivery.id }])
  return delivery
}

/** The same event with the same id: receivers that have seen it know it again. */
export async function redeliver({ id, ctx }: Asked): Promise<DeliveryRow> {
  const { organizationId } = await requireManager(ctx)
  const { endpointId, eventType } = await ctx.deliveries.getDeliveryOf({ organizationId, id })
  const endpoint = await ctx.endpoints.getEndpointOf({ organizationId, id: endpointId })
  if (!endpoint.enabled && eventType !== 'webhook.test')
    throw conflict('This webhook is switched off. Switch it on first.')
  await requireRoom({ organizationId, ctx })
  const delivery = await ctx.deliveries.beginAgain({ organizationId, id }, { now: ctx.now() })
  if (!delivery) throw conflict('An attempt is under way. Wait until it has ended.')
  await ctx.nudge([{ organizationId, deliveryId: id }])
  return delivery
}
