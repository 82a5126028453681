// Runs of the reconciliation. Only the newest is gone on with.
import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm'
import type { DrizzleD1Database } from 'drizzle-orm/d1'
import { reconciliations } from '#db/schema/billing'

export type RunRow = typeof reconciliations.$inferSelect
export type Counts = Pick<RunRow, 'subscriptions' | 'invoices' | 'grants' | 'repaired' | 'raised'>

export const noCounts = (): Counts => ({ subscriptions: 0, invoices: 0, grants: 0, repaired: 0, raised: 0 })

export function createRunRows(db: DrizzleD1Database) {
  async function begin({ id, now }: { id: string; now: number }): Promise<void> {
    await db.insert(reconciliations).values({ id, startedAt: now })
  }

  async function find({ id }: { id: string }): Promise<RunRow | null> {
    const [row] = await db.select().from(reconciliations).where(eq(reconciliations.id, id)).limit(1)
    return row ?? null
  }

  async function running({ since }: { since: number }): Promise<RunRow | null> {
    const [row] = await db
      .select()
      .from(reconciliations)
      .where(and(isNull(reconciliations.finishedAt), sql`${reconciliations.startedAt} > ${since}`))
      .orderBy(desc(reconciliations.startedAt))
      .limit(1)
    return row ?? null
  }

  /** Where it stood decides: a step that comes twice counts once. False for the second. */
  async function advance({
    run,
    cursor,
    counts,
    finishedAt,
  }: {
    run: RunRow
    cursor: string
    counts: Counts
    finishedAt: number | null
  }): Promise<boolean> {
    const mine = await db
      .update(reconciliations)
      .set({
        cursor,
        finishedAt,
        error: null,
        subscriptions: sql`${reconciliations.subscriptions} + ${counts.subscriptions}`,
        invoices: sql`${reconciliations.invoices} + ${counts.invoices}`,
        grants: sql`${reconciliations.grants} + ${counts.grants}`,
        repaired: sql`${reconciliations.repaired} + ${counts.repaired}`,
        raised: sql`${reconciliations.raised} + ${counts.raised}`,
      })
      .where(and(eq(reconciliations.id, run.id), sql`${reconciliations.cursor} IS ${run.cursor}`))
      .returning({ id: reconciliations.id })
    return mine.length > 0
  }

  async function fail({ id, error }: { id: string; error: string }): Promise<void> {
    await db.update(reconciliations).set({ error }).where(eq(reconciliations.id, id))
  }

  const list = ({ before, limit }: { before?: number; limit: number }): Promise<RunRow[]> =>
    db
      .select()
      .from(reconciliations)
      .where(before === undefined ? undefined : lt(reconciliations.startedAt, before))
      .orderBy(desc(reconciliations.startedAt))
      .limit(limit)

  return { begin, find, running, advance, fail, list }
}
