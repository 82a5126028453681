// Automatic top-ups: what an organization wants, and every attempt with its money.
import { and, eq, gte, inArray, isNotNull, lt, sql } from 'drizzle-orm'
import type { DrizzleD1Database } from 'drizzle-orm/d1'
import { autoTopUps, topUpAttempts } from '#db/schema/billing'

export type TopUpRow = typeof autoTopUps.$inferSelect
export type AttemptRow = typeof topUpAttempts.$inferSelect
export type TopUpFailure = NonNullable<TopUpRow['failure']>

export function createTopUpRows(db: DrizzleD1Database) {
  async function find({ organizationId }: { organizationId: string }): Promise<TopUpRow | null> {
    const [row] = await db.select().from(autoTopUps).where(eq(autoTopUps.organizationId, organizationId)).limit(1)
    return row ?? null
  }

  async function findAttempt({
    organizationId,
    id,
  }: {
    organizationId: string
    id: string
  }): Promise<AttemptRow | null> {
    const [row] = await db
      .select()
      .from(topUpAttempts)
      .where(and(eq(topUpAttempts.organizationId, organizationId), eq(topUpAttempts.id, id)))
      .limit(1)
    return row ?? null
  }

  /** One at a time: null where another runs, or where it was switched off or failed meanwhile. */
  async function begin(attempt: Omit<AttemptRow, 'state' | 'invoiceId'>): Promise<AttemptRow | null> {
    const { id, organizationId, createdAt } = attempt
    await db.batch([
      db
        .update(autoTopUps)
        .set({ attemptId: id, attemptAt: createdAt })
        .where(
          sql`${autoTopUps.organizationId} = ${organizationId} AND ${autoTopUps.attemptId} IS NULL
            AND ${autoTopUps.failedAt} IS NULL AND ${autoTopUps.enabled} = 1`,
        ),
      db.insert(topUpAttempts).select(
        db
          .select({
            id: sql<string>`${id}`.as('id'),
            organizationId: autoTopUps.organizationId,
            packId: sql<string>`${attempt.packId}`.as('pack_id'),
            packVersion: sql<number>`${attempt.packVersion}`.as('pack_version'),
            amountMinor: sql<number>`${attempt.amountMinor}`.as('amount_minor'),
            currency: sql<string>`${attempt.currency}`.as('currency'),
            state: sql<'running'>`'running'`.as('state'),
            invoiceId: sql<null>`NULL`.as('invoice_id'),
            createdAt: sql<number>`${createdAt}`.as('created_at'),
          })
          .from(autoTopUps)
          .where(and(eq(autoTopUps.organizationId, organizationId), eq(autoTopUps.attemptId, id))),
      ),
    ])
    return findAttempt({ organizationId, id })
  }

  /** Whoever had it was lost: true for the one who takes it over. */
  async function takeOver({
    organizationId,
    attemptId,
    seenAt,
    now,
  }: {
    organizationId: string
    attemptId: string
    seenAt: number
    now: number
  }): Promise<boolean> {
    const mine = await db
      .update(autoTopUps)
      .set({ attemptAt: now })
      .where(
        and(
          eq(autoTopUps.organizationId, organizationId),
          eq(autoTopUps.attemptId, attemptId),
          eq(autoTopUps.attemptAt, seenAt),
        ),
      )
      .returning({ id: autoTopUps.organizationId })
    return mine.length > 0
  }

  async function keepInvoice({
    id,
    invoiceId,
    amountMinor,
  }: {
    id: string
    invoiceId: string
    amountMinor?: number
  }): Promise<void> {
    await db
      .update(topUpAttempts)
      .set({ invoiceId, ...(amountMinor !== undefined && { amountMinor }) })
      .where(eq(topUpAttempts.id, id))
  }

  /** The attempt's end and the lease's are one. */
  async function end({
    attempt: { id, organizationId },
    failure,
    now,
  }: {
    attempt: Pick<AttemptRow, 'id' | 'organizationId'>
    failure: TopUpFailure | null
    now: number
  }): Promise<void> {
    await db.batch([
      db
        .update(topUpAttempts)
        .set({ state: failure === null ? 'succeeded' : 'failed' })
        .where(and(eq(topUpAttempts.id, id), eq(topUpAttempts.state, 'running'))),
      db
        .update(autoTopUps)
        .set({ attemptId: null, attemptAt: null, failure, failedAt: failure === null ? null : now })
        .where(and(eq(autoTopUps.organizationId, organizationId), eq(autoTopUps.attemptId, id))),
    ])
  }

  /** No attempt was made, and none is until the settings change. */
  async function stop({
    organizationId,
    failure,
    now,
  }: {
    organizationId: string
    failure: TopUpFailure
    now: number
  }): Promise<void> {
    await db
      .update(autoTopUps)
      .set({ failure, failedAt: now })
      .where(and(eq(autoTopUps.organizationId, organizationId), sql`${autoTopUps.attemptId} IS NULL`))
  }

  /** Money of this month that was paid, or may yet be. */
  async function spentSince({
    organizationId,
    since,
    currency,
    but,
  }: {
    organizationId: string
    since: number
    currency: string
    but?: string
  }): Promise<number> {
    const [row] = await db
      .select({ sum: sql<number>`COALESCE(SUM(${topUpAttempts.amountMinor}), 0)` })
      .from(topUpAttempts)
      .where(
        and(
          eq(topUpAttempts.organizationId, organizationId),
          gte(topUpAttempts.createdAt, since),
          eq(topUpAttempts.currency, currency),
          inArray(topUpAttempts.state, ['running', 'succeeded']),
          but === undefined ? undefined : sql`${topUpAttempts.id} <> ${but}`,
        ),
      )
    return row?.sum ?? 0
  }

  const stuck = ({ before, limit }: { before: number; limit: number }): Promise<{ organizationId: string }[]> =>
    db
      .select({ organizationId: autoTopUps.organizationId })
      .from(autoTopUps)
      .where(and(isNotNull(autoTopUps.attemptId), lt(autoTopUps.attemptAt, before)))
      .limit(limit)

  return { find, findAttempt, begin, takeOver, keepInvoice, end, stop, spentSince, stuck }
}
