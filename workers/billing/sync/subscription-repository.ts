// Subscriptions as Stripe had them. What we ask about somebody is asked with their organization's id; what Stripe's
// ids lead to is asked by those.
import { and, asc, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import type { DrizzleD1Database } from 'drizzle-orm/d1'
import { subscriptions } from '#db/schema/billing'

export type SubscriptionRow = typeof subscriptions.$inferSelect

/** Those that give a plan or are owed for. `incomplete` was never paid, and gives nothing. */
export const liveStatuses = ['trialing', 'active', 'past_due', 'unpaid', 'paused'] as const

export const isLive = (status: string): boolean => (liveStatuses as readonly string[]).includes(status)

export function createSubscriptionRows(db: DrizzleD1Database) {
  async function find({ id }: { id: string }): Promise<SubscriptionRow | null> {
    const [row] = await db.select().from(subscriptions).where(eq(subscriptions.id, id)).limit(1)
    return row ?? null
  }

  /** False where a newer answer of Stripe's is known already. Reminders and the begin of a debt are dunning's own. */
  async function save(row: Omit<SubscriptionRow, 'remindersSent'>): Promise<boolean> {
    const saved = await db
      .insert(subscriptions)
      .values({ ...row, remindersSent: 0 })
      .onConflictDoUpdate({
        target: subscriptions.id,
        set: {
          ...row,
          remindersSent:
            row.pastDueSince === null ? 0 : sql`CASE WHEN past_due_since IS NULL THEN 0 ELSE reminders_sent END`,
        },
        setWhere: sql`excluded.synced_at >= ${subscriptions.syncedAt}`,
      })
      .returning({ id: subscriptions.id })
    return saved.length > 0
  }

  const liveOf = ({ organizationId }: { organizationId: string }): Promise<SubscriptionRow[]> =>
    db
      .select()
      .from(subscriptions)
      .where(and(eq(subscriptions.organizationId, organizationId), inArray(subscriptions.status, [...liveStatuses])))
      .orderBy(asc(subscriptions.createdAt), asc(subscriptions.id))

  /** The one that counts: of several that live, the eldest; otherwise the last that ended. */
  async function presentOf({ organizationId }: { organizationId: string }): Promise<SubscriptionRow | null> {
    const [live] = await liveOf({ organizationId })
    if (live) return live
    const [last] = await db
      .select()
      .from(subscriptions)
      .where(eq(subscriptions.organizationId, organizationId))
      .orderBy(desc(subscriptions.createdAt), desc(subscriptions.id))
      .limit(1)
    return last ?? null
  }

  const overdue = ({ after, limit }: { after: string; limit: number }): Promise<SubscriptionRow[]> =>
    db
      .select()
      .from(subscriptions)
      .where(
        and(
          isNotNull(subscriptions.pastDueSince),
          inArray(subscriptions.status, ['past_due', 'unpaid']),
          sql`${subscriptions.id} > ${after}`,
        ),
      )
      .orderBy(asc(subscriptions.id))
      .limit(limit)

  /** True for whoever is first: of several who remind at once, one. */
  async function countReminder({ id, sent }: { id: string; sent: number }): Promise<boolean> {
    const mine = await db
      .update(subscriptions)
      .set({ remindersSent: sent })
      .where(and(eq(subscriptions.id, id), sql`${subscriptions.remindersSent} < ${sent}`))
      .returning({ id: subscriptions.id })
    return mine.length > 0
  }

  const list = ({ after, limit }: { after: string; limit: number }): Promise<SubscriptionRow[]> =>
    db
      .select()
      .from(subscriptions)
      .where(sql`${subscriptions.id} > ${after}`)
      .orderBy(asc(subscriptions.id))
      .limit(limit)

  /** It was looked at, and is what it was. */
  async function seen({ id, at }: { id: string; at: number }): Promise<void> {
    await db
      .update(subscriptions)
      .set({ syncedAt: at })
      .where(and(eq(subscriptions.id, id), sql`${subscriptions.syncedAt} < ${at}`))
  }

  return { find, save, seen, liveOf, presentOf, overdue, countReminder, list }
}
