// The rows of events, and how their deliveries begin.
import { and, eq } from 'drizzle-orm'
import { webhookDeliveries, webhookEvents } from '#db/schema/webhooks'
import type { DeliveryRow } from './delivery-rows.ts'
import type { Database } from './endpoint-rows.ts'
import type { DeliveredEvent } from './payload.ts'

export type EventRows = ReturnType<typeof createEventRows>

export function createEventRows(db: Database) {
  async function findEvent({
    organizationId,
    id,
  }: {
    organizationId: string
    id: string
  }): Promise<DeliveredEvent | undefined> {
    const [row] = await db
      .select()
      .from(webhookEvents)
      .where(and(eq(webhookEvents.organizationId, organizationId), eq(webhookEvents.id, id)))
      .limit(1)
    return row
  }

  /** The event and all of its deliveries, or none of it. What is there already stays as it is. */
  async function addEvent({ event, deliveries }: { event: DeliveredEvent; deliveries: DeliveryRow[] }): Promise<void> {
    const createdAt = deliveries[0]?.createdAt ?? event.at
    await db.batch([
      db
        .insert(webhookEvents)
        .values({ ...event, createdAt })
        .onConflictDoNothing(),
      ...deliveries.map((row) => db.insert(webhookDeliveries).values(row).onConflictDoNothing()),
    ])
  }

  const listUntriedOf = ({ organizationId, eventId }: { organizationId: string; eventId: string }) =>
    db
      .select({ id: webhookDeliveries.id })
      .from(webhookDeliveries)
      .where(
        and(
          eq(webhookDeliveries.organizationId, organizationId),
          eq(webhookDeliveries.eventId, eventId),
          eq(webhookDeliveries.status, 'pending'),
          eq(webhookDeliveries.attempts, 0),
        ),
      )

  return { findEvent, addEvent, listUntriedOf }
}
