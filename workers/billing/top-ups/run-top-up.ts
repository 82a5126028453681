// Credit runs low and is bought again by itself: one attempt at a time, never beyond what was allowed for the month.
import { and, eq } from 'drizzle-orm'
import { creditPacks, stripePrices } from '#db/schema/billing'
import type { MoneyContext } from '../sync/money-context.ts'
import { tell } from '../sync/tell.ts'
import { attemptTopUp } from './attempt-top-up.ts'
import { monthOf } from './month-of.ts'
import { createTopUpRows, type TopUpFailure, type TopUpRow } from './top-up-rows.ts'

/** A Worker that has not come to an end after this long was lost. */
export const LEASE_MS = 2 * 60_000

interface Pack {
  packId: string
  packVersion: number
  priceId: string
  amountMinor: number
  currency: string
}

async function packOf({ creditPackId, currency }: TopUpRow, { db }: MoneyContext): Promise<Pack | null> {
  if (creditPackId === null) return null
  const [row] = await db
    .select({ version: creditPacks.version, priceId: stripePrices.id, amountMinor: stripePrices.amountMinor })
    .from(creditPacks)
    .innerJoin(
      stripePrices,
      and(
        eq(stripePrices.kind, 'credit_pack'),
        eq(stripePrices.itemId, creditPacks.id),
        eq(stripePrices.version, creditPacks.version),
        eq(stripePrices.currency, currency),
        eq(stripePrices.active, true),
      ),
    )
    .where(and(eq(creditPacks.id, creditPackId), eq(creditPacks.archived, false)))
    .limit(1)
  return row
    ? { packId: creditPackId, packVersion: row.version, priceId: row.priceId, amountMinor: row.amountMinor, currency }
    : null
}

/** Nothing was tried: it is said once, and nothing is until the settings change. */
async function stop(row: TopUpRow, failure: TopUpFailure, ctx: MoneyContext): Promise<void> {
  const { organizationId, updatedAt } = row
  const now = ctx.clock()
  const about = `${failure} ${updatedAt} ${monthOf(now)}`
  await tell({ organizationId, type: 'top_up.failed', about, data: { reason: failure } }, ctx)
  await createTopUpRows(ctx.db).stop({ organizationId, failure, now })
}

async function begin(row: TopUpRow, ctx: MoneyContext): Promise<void> {
  const { organizationId, thresholdMicros, monthlyMaximumMinor, currency } = row
  const { availableMicros } = await ctx.ledgerOf(organizationId).balance()
  if (availableMicros >= thresholdMicros) return
  const pack = await packOf(row, ctx)
  if (!pack) {
    ctx.logger.warn('top-up-without-pack', { organization_id: organizationId, pack: row.creditPackId })
    return
  }
  const rows = createTopUpRows(ctx.db)
  const now = ctx.clock()
  const spent = await rows.spentSince({ organizationId, since: monthOf(now), currency })
  if (spent + pack.amountMinor > monthlyMaximumMinor) return stop(row, 'maximum_reached', ctx)
  const { packId, packVersion, amountMinor, priceId } = pack
  const id = ctx.createId('topUp')
  const attempt = await rows.begin({ id, organizationId, packId, packVersion, amountMinor, currency, createdAt: now })
  if (attempt) await attemptTopUp({ attempt, priceId, row, ctx })
}

/** What was begun and not ended, to its end. */
async function goOn(row: TopUpRow & { attemptId: string; attemptAt: number }, ctx: MoneyContext): Promise<void> {
  const { organizationId, attemptId, attemptAt } = row
  const rows = createTopUpRows(ctx.db)
  const now = ctx.clock()
  if (now - attemptAt < LEASE_MS) return
  if (!(await rows.takeOver({ organizationId, attemptId, seenAt: attemptAt, now }))) return
  const attempt = await rows.findAttempt({ organizationId, id: attemptId })
  if (!attempt) return rows.end({ attempt: { id: attemptId, organizationId }, failure: null, now })
  const [price] = await ctx.db
    .select({ id: stripePrices.id })
    .from(stripePrices)
    .where(
      and(
        eq(stripePrices.kind, 'credit_pack'),
        eq(stripePrices.itemId, attempt.packId),
        eq(stripePrices.version, attempt.packVersion),
        eq(stripePrices.currency, attempt.currency),
      ),
    )
    .limit(1)
  await attemptTopUp({ attempt, priceId: price?.id ?? null, row, ctx })
}

export async function runTopUp({ organizationId, ctx }: { organizationId: string; ctx: MoneyContext }): Promise<void> {
  const row = await createTopUpRows(ctx.db).find({ organizationId })
  if (!row) return
  const { attemptId, attemptAt } = row
  if (attemptId !== null && attemptAt !== null) return goOn({ ...row, attemptId, attemptAt }, ctx)
  if (row.enabled && row.failedAt === null) await begin(row, ctx)
}

const AT_ONCE = 50

/** Those whose Worker was lost. */
export async function sweepTopUps({ ctx }: { ctx: MoneyContext }): Promise<void> {
  const stuck = await createTopUpRows(ctx.db).stuck({ before: ctx.clock() - LEASE_MS, limit: AT_ONCE })
  for (const { organizationId } of stuck) await ctx.jobs.send({ kind: 'top_up', organizationId })
}
