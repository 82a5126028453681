// Invoices as Stripe had them.
import { and, desc, eq, lt, or, sql } from 'drizzle-orm'
import type { DrizzleD1Database } from 'drizzle-orm/d1'
import { invoices } from '#db/schema/billing'

export type InvoiceRow = typeof invoices.$inferSelect
export type InvoicePlace = Pick<InvoiceRow, 'createdAt' | 'id'>

export function createInvoiceRows(db: DrizzleD1Database) {
  /** What Stripe's id leads to. Where a caller named it, `findOf` is the question. */
  async function find({ id }: { id: string }): Promise<InvoiceRow | null> {
    const [row] = await db.select().from(invoices).where(eq(invoices.id, id)).limit(1)
    return row ?? null
  }

  async function findOf({ organizationId, id }: { organizationId: string; id: string }): Promise<InvoiceRow | null> {
    const [row] = await db
      .select()
      .from(invoices)
      .where(and(eq(invoices.organizationId, organizationId), eq(invoices.id, id)))
      .limit(1)
    return row ?? null
  }

  async function findByPayment({ paymentIntentId }: { paymentIntentId: string }): Promise<InvoiceRow | null> {
    const [row] = await db.select().from(invoices).where(eq(invoices.paymentIntentId, paymentIntentId)).limit(1)
    return row ?? null
  }

  /** False where a newer answer is known already. What was refunded and disputed is known by asking after the charge. */
  async function save(row: Omit<InvoiceRow, 'refundedMinor' | 'disputedMinor' | 'chargeId'>): Promise<boolean> {
    const saved = await db
      .insert(invoices)
      .values(row)
      .onConflictDoUpdate({
        target: invoices.id,
        set: row,
        setWhere: sql`excluded.synced_at >= ${invoices.syncedAt}`,
      })
      .returning({ id: invoices.id })
    return saved.length > 0
  }

  async function setReturned({
    id,
    ...sums
  }: { id: string } & Pick<InvoiceRow, 'refundedMinor' | 'disputedMinor' | 'chargeId'>): Promise<void> {
    await db.update(invoices).set(sums).where(eq(invoices.id, id))
  }

  /** The newest first. */
  const listOf = ({
    organizationId,
    before,
    limit,
  }: {
    organizationId: string
    before?: InvoicePlace
    limit: number
  }): Promise<InvoiceRow[]> =>
    db
      .select()
      .from(invoices)
      .where(
        and(
          eq(invoices.organizationId, organizationId),
          before &&
            or(
              lt(invoices.createdAt, before.createdAt),
              and(eq(invoices.createdAt, before.createdAt), lt(invoices.id, before.id)),
            ),
        ),
      )
      .orderBy(desc(invoices.createdAt), desc(invoices.id))
      .limit(limit)

  return { find, findOf, findByPayment, save, setReturned, listOf }
}
