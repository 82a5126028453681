// What the rows need from time to time: what was forgotten is found, what is old or erased goes.
import { and, eq, inArray, isNotNull, lt, sql } from 'drizzle-orm'
import { webhookDeliveries, webhookEndpoints, webhookEvents } from '#db/schema/webhooks'
import type { Database } from './endpoint-rows.ts'

export type UpkeepRows = ReturnType<typeof createUpkeepRows>

export function createUpkeepRows(db: Database) {
  /** What should have been tried by now, and of which the queue was not told lately. It is told again. */
  async function takeForgotten({
    overdueSince,
    silentSince,
    now,
    limit,
  }: {
    overdueSince: number
    silentSince: number
    now: number
    limit: number
  }): Promise<{ id: string; organizationId: string }[]> {
    const forgotten = db
      .select({ id: webhookDeliveries.id })
      .from(webhookDeliveries)
      .where(
        and(
          eq(webhookDeliveries.status, 'pending'),
          isNotNull(webhookDeliveries.nextAttemptAt),
          lt(webhookDeliveries.nextAttemptAt, overdueSince),
          lt(webhookDeliveries.nudgedAt, silentSince),
        ),
      )
      .limit(limit)
    return db
      .update(webhookDeliveries)
      .set({ nudgedAt: now })
      .where(inArray(webhookDeliveries.id, forgotten))
      .returning({ id: webhookDeliveries.id, organizationId: webhookDeliveries.organizationId })
  }

  /** True where there is more. */
  async function removeOlderThan({ createdAt, limit }: { createdAt: number; limit: number }): Promise<boolean> {
    const deliveries = db
      .select({ id: webhookDeliveries.id })
      .from(webhookDeliveries)
      .where(lt(webhookDeliveries.createdAt, createdAt))
      .limit(limit)
    const events = db
      .select({ id: sql`rowid` })
      .from(webhookEvents)
      .where(lt(webhookEvents.createdAt, createdAt))
      .limit(limit)
    const [removedDeliveries, removedEvents] = await db.batch([
      db
        .delete(webhookDeliveries)
        .where(inArray(webhookDeliveries.id, deliveries))
        .returning({ at: webhookDeliveries.createdAt }),
      db
        .delete(webhookEvents)
        .where(inArray(sql`rowid`, events))
        .returning({ at: webhookEvents.createdAt }),
    ])
    return removedDeliveries.length === limit || removedEvents.length === limit
  }

  async function eraseOrganization({ organizationId }: { organizationId: string }): Promise<void> {
    await db.batch([
      db.delete(webhookEndpoints).where(eq(webhookEndpoints.organizationId, organizationId)),
      db.delete(webhookEvents).where(eq(webhookEvents.organizationId, organizationId)),
    ])
  }

  return { takeForgotten, removeOlderThan, eraseOrganization }
}
