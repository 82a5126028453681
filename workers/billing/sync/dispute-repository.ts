// Disputes as Stripe had them.
import { eq, sql } from 'drizzle-orm'
import type { DrizzleD1Database } from 'drizzle-orm/d1'
import { disputes } from '#db/schema/billing'

export type DisputeRow = typeof disputes.$inferSelect

export function createDisputeRows(db: DrizzleD1Database) {
  async function find({ id }: { id: string }): Promise<DisputeRow | null> {
    const [row] = await db.select().from(disputes).where(eq(disputes.id, id)).limit(1)
    return row ?? null
  }

  /** False where a newer answer is known already. */
  async function save(row: DisputeRow): Promise<boolean> {
    const saved = await db
      .insert(disputes)
      .values(row)
      .onConflictDoUpdate({ target: disputes.id, set: row, setWhere: sql`excluded.synced_at >= ${disputes.syncedAt}` })
      .returning({ id: disputes.id })
    return saved.length > 0
  }

  const ofInvoice = ({ invoiceId }: { invoiceId: string }): Promise<DisputeRow[]> =>
    db.select().from(disputes).where(eq(disputes.invoiceId, invoiceId))

  return { find, save, ofInvoice }
}
