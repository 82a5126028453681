// What follows from entries once they are in the book: overage is to be billed, and credit that runs low is topped up.
// It is only written down and queued here: the book never waits for Stripe.
import { and, eq, inArray, isNull } from 'drizzle-orm'
import { autoTopUps } from '#db/schema/billing'
import type { PublishedEntry } from '#shared/contracts/ledger'
import { wordsOfError } from '#shared/http/words-of-error'
import type { MoneyContext } from '../sync/money-context.ts'
import { createOverageRows } from './overage-rows.ts'

const isOverage = ({ kind, note, amountMicros }: PublishedEntry): boolean =>
  kind === 'grant' && note === 'overage' && amountMicros > 0

/** D1 takes a hundred values in a statement. */
const AT_ONCE = 90

type Wanted = Pick<typeof autoTopUps.$inferSelect, 'organizationId' | 'thresholdMicros'>

/** A ledger that cannot be asked now is asked with its next entries. */
async function isLow({ organizationId, thresholdMicros }: Wanted, ctx: MoneyContext): Promise<boolean> {
  try {
    const { availableMicros } = await ctx.ledgerOf(organizationId).balance()
    return availableMicros < thresholdMicros
  } catch (error) {
    ctx.logger.warn('balance-not-looked-at', { organization_id: organizationId, error: wordsOfError(error) })
    return false
  }
}

async function lowOf(organizationIds: string[], ctx: MoneyContext): Promise<string[]> {
  const low: string[] = []
  for (let from = 0; from < organizationIds.length; from += AT_ONCE) {
    const rows = await ctx.db
      .select()
      .from(autoTopUps)
      .where(
        and(
          inArray(autoTopUps.organizationId, organizationIds.slice(from, from + AT_ONCE)),
          eq(autoTopUps.enabled, true),
          isNull(autoTopUps.failedAt),
          isNull(autoTopUps.attemptId),
        ),
      )
    for (const row of rows) if (await isLow(row, ctx)) low.push(row.organizationId)
  }
  return low
}

export async function afterEntries({
  entries,
  ctx,
}: {
  entries: readonly PublishedEntry[]
  ctx: MoneyContext
}): Promise<void> {
  if (ctx.settings.mode !== 'stripe') return
  const overage = entries.filter(isOverage)
  await createOverageRows(ctx.db).begin(
    overage.map(({ id, organizationId, amountMicros, at }) => ({ id, organizationId, amountMicros, at })),
  )
  if (overage.length > 0) await ctx.jobs.send({ kind: 'overage' })
  const spenders = entries.filter(({ kind }) => kind === 'charge').map(({ organizationId }) => organizationId)
  for (const organizationId of await lowOf([...new Set(spenders)], ctx))
    await ctx.jobs.send({ kind: 'top_up', organizationId })
}
