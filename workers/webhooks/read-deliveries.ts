// The delivery log.
import type { DeliveriesQuery } from '#shared/contracts/webhooks'
import { invalidCursor } from '#shared/http/problems'
import { decodeCursor, encodeCursor } from '#shared/lib/cursor'
import type { WebhooksContext } from './context.ts'
import type { AttemptRow, DeliveryRow } from './delivery-rows.ts'
import { toPayload } from './payload.ts'
import { requireManager } from './require-manager.ts'

interface Asked {
  id: string
  ctx: WebhooksContext
}

const LIST = 'webhook-deliveries'

function placeOf(cursor: string | undefined): string | null {
  if (cursor === undefined) return null
  const place = decodeCursor(LIST, cursor)
  if (place === null) throw invalidCursor()
  return place
}

/** Newest first. */
export async function listDeliveries({
  id,
  query: { limit, cursor, status },
  ctx,
}: Asked & { query: DeliveriesQuery }): Promise<{ data: DeliveryRow[]; nextCursor: string | null }> {
  const { organizationId } = await requireManager(ctx)
  const before = placeOf(cursor)
  await ctx.endpoints.getEndpointOf({ organizationId, id })
  const rows = await ctx.deliveries.list({ organizationId, endpointId: id, status, before, limit: limit + 1 })
  const data = rows.slice(0, limit)
  const last = data.at(-1)
  return { data, nextCursor: rows.length > limit && last ? encodeCursor(LIST, last.id) : null }
}

export interface DeliveryDetails {
  delivery: DeliveryRow
  attempts: AttemptRow[]
  payload: string
}

export async function getDelivery({ id, ctx }: Asked): Promise<DeliveryDetails> {
  const { organizationId } = await requireManager(ctx)
  const delivery = await ctx.deliveries.getDeliveryOf({ organizationId, id })
  const [attempts, event] = await Promise.all([
    ctx.deliveries.listAttempts({ organizationId, id }),
    ctx.events.findEvent({ organizationId, id: delivery.eventId }),
  ])
  return { delivery, attempts, payload: event ? toPayload(event) : '' }
}
