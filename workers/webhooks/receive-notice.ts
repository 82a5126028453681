// A notice becomes an event with one delivery for each webhook that asked for its type, and a mail. However often
// it comes: what is there already stays, and whatever was left undone is done.
import type { Notice } from '#shared/contracts/notices'
import type { SystemContext } from './context.ts'
import type { EndpointRow } from './endpoint-rows.ts'
import { newDelivery } from './new-delivery.ts'

const wants = ({ id, enabled, eventTypes }: EndpointRow, { type, data }: Notice): boolean =>
  enabled &&
  (eventTypes === null || eventTypes.includes(type)) &&
  // Its row may say so only a moment later.
  !(type === 'webhook.disabled' && data.webhook_id === id)

async function planDeliveries({ notice, ctx }: { notice: Notice; ctx: SystemContext }): Promise<void> {
  const { organizationId, id, type, at, data } = notice
  if (await ctx.events.findEvent({ organizationId, id })) return
  const rows = await ctx.endpoints.list({ organizationId })
  const event = { id, organizationId, type, at, data }
  const deliveries = rows
    .filter((row) => wants(row, notice))
    .map((row) => newDelivery({ event, endpointId: row.id, now: ctx.now(), createId: ctx.createId }))
  if (deliveries.length > 0) await ctx.events.addEvent({ event, deliveries })
}

async function nudgeAll({ notice: { organizationId, id }, ctx }: { notice: Notice; ctx: SystemContext }) {
  const untried = await ctx.events.listUntriedOf({ organizationId, eventId: id })
  if (untried.length > 0) await ctx.nudge(untried.map(({ id: deliveryId }) => ({ organizationId, deliveryId })))
}

export async function deliverNotice({ notice, ctx }: { notice: Notice; ctx: SystemContext }): Promise<void> {
  await planDeliveries({ notice, ctx })
  await nudgeAll({ notice, ctx })
}

export async function receiveNotice({ notice, ctx }: { notice: Notice; ctx: SystemContext }): Promise<void> {
  await deliverNotice({ notice, ctx })
  // Last, and told by its id that it was mailed before: a mail server that is down delays no webhook.
  const { failed } = await ctx.auth.mailNotice(notice)
  if (failed > 0) throw new Error(`${failed} mails could not be sent`)
}
