// Overage on its way to Stripe's meter, by the ledger's entry.
import { and, asc, eq, gte, isNull, sql } from 'drizzle-orm'
import type { DrizzleD1Database } from 'drizzle-orm/d1'
import { overageReports } from '#db/schema/billing'

export type OverageRow = typeof overageReports.$inferSelect

export function createOverageRows(db: DrizzleD1Database) {
  async function begin(rows: Pick<OverageRow, 'id' | 'organizationId' | 'amountMicros' | 'at'>[]): Promise<void> {
    const [first, ...rest] = rows.map((row) => db.insert(overageReports).values(row).onConflictDoNothing())
    if (first) await db.batch([first, ...rest])
  }

  const waiting = ({ limit }: { limit: number }): Promise<OverageRow[]> =>
    db
      .select()
      .from(overageReports)
      .where(isNull(overageReports.reportedAt))
      // What was refused before does not keep the new waiting.
      .orderBy(sql`${overageReports.error} IS NOT NULL`, asc(overageReports.at))
      .limit(limit)

  async function finish({ id, at }: { id: string; at: number }): Promise<void> {
    await db.update(overageReports).set({ reportedAt: at, error: null }).where(eq(overageReports.id, id))
  }

  async function fail({ id, error }: { id: string; error: string }): Promise<void> {
    await db.update(overageReports).set({ error }).where(eq(overageReports.id, id))
  }

  async function usedSince({ organizationId, since }: { organizationId: string; since: number }): Promise<boolean> {
    const [row] = await db
      .select({ id: overageReports.id })
      .from(overageReports)
      .where(and(eq(overageReports.organizationId, organizationId), gte(overageReports.at, since)))
      .limit(1)
    return row !== undefined
  }

  return { begin, waiting, finish, fail, usedSince }
}
