// What was granted for which invoice. A row is written before the ledger is asked: what was interrupted is found again.
import { and, asc, eq, gt, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import type { DrizzleD1Database } from 'drizzle-orm/d1'
import { creditGrants } from '#db/schema/billing'

export type GrantRow = typeof creditGrants.$inferSelect

export function createGrantRows(db: DrizzleD1Database) {
  /** The row as it is kept: the first that was written stands. */
  async function begin(row: Omit<GrantRow, 'takenBackMicros' | 'expiredMicros' | 'grantedAt'>): Promise<GrantRow> {
    await db.insert(creditGrants).values(row).onConflictDoNothing()
    const [kept] = await db.select().from(creditGrants).where(eq(creditGrants.id, row.id)).limit(1)
    if (!kept) throw new Error(`the grant ${row.id} was not kept`)
    return kept
  }

  async function find({ id }: { id: string }): Promise<GrantRow | null> {
    const [row] = await db.select().from(creditGrants).where(eq(creditGrants.id, id)).limit(1)
    return row ?? null
  }

  async function finish({ id, at }: { id: string; at: number }): Promise<void> {
    await db
      .update(creditGrants)
      .set({ grantedAt: at })
      .where(and(eq(creditGrants.id, id), isNull(creditGrants.grantedAt)))
  }

  const ofInvoice = ({ invoiceId }: { invoiceId: string }): Promise<GrantRow[]> =>
    db.select().from(creditGrants).where(eq(creditGrants.invoiceId, invoiceId)).orderBy(asc(creditGrants.id))

  /** Begun before then and not finished. */
  const waiting = ({ before, limit }: { before: number; limit: number }): Promise<GrantRow[]> =>
    db
      .select()
      .from(creditGrants)
      .where(and(isNull(creditGrants.grantedAt), lt(creditGrants.createdAt, before)))
      .orderBy(asc(creditGrants.createdAt))
      .limit(limit)

  /** Whether a later one of the series has replaced what was left of it. */
  async function replacedBy({ series, startsAt }: { series: string; startsAt: number }): Promise<GrantRow | null> {
    const [row] = await db
      .select()
      .from(creditGrants)
      .where(
        and(
          eq(creditGrants.series, series),
          eq(creditGrants.replacesSeries, true),
          gt(creditGrants.startsAt, startsAt),
          isNotNull(creditGrants.grantedAt),
        ),
      )
      .limit(1)
    return row ?? null
  }

  async function setExpired({ id, micros }: { id: string; micros: number }): Promise<void> {
    await db.update(creditGrants).set({ expiredMicros: micros }).where(eq(creditGrants.id, id))
  }

  async function setTakenBack({ id, micros }: { id: string; micros: number }): Promise<void> {
    await db.update(creditGrants).set({ takenBackMicros: micros }).where(eq(creditGrants.id, id))
  }

  const list = ({ after, limit }: { after: string; limit: number }): Promise<GrantRow[]> =>
    db
      .select()
      .from(creditGrants)
      .where(sql`${creditGrants.id} > ${after}`)
      .orderBy(asc(creditGrants.id))
      .limit(limit)

  return { begin, find, finish, ofInvoice, waiting, replacedBy, setExpired, setTakenBack, list }
}
