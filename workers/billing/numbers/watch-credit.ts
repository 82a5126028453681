// What follows from entries for the numbers: whose credit has changed is marked, and ledgers are asked what is left.
// None of it may keep the book waiting: what cannot be asked now stays marked and is asked with the next batch.
import type { PublishedEntry } from '#shared/contracts/ledger'
import type { BillingSystem } from '../context.ts'
import { createOutstanding } from './outstanding.ts'
import { tellShares } from './tell-shares.ts'

export type WatchContext = Pick<
  BillingSystem,
  'db' | 'clock' | 'settings' | 'notices' | 'createId' | 'ledgerOf' | 'logger'
>

/** Ledgers asked with one batch of entries. */
const AT_ONCE = 20

/** Asks one ledger what is left, and tells what that means. */
async function lookAt(organizationId: string, ctx: WatchContext): Promise<void> {
  const askedAt = ctx.clock()
  try {
    const credits = await ctx.ledgerOf(organizationId).credits()
    await tellShares({ organizationId, lots: credits.lots, askedAt, ctx })
    await createOutstanding(ctx.db.$client).keep({ organizationId, askedAt, credits })
  } catch (error) {
    ctx.logger.warn('credit-not-looked-at', {
      organization_id: organizationId,
      cause: error instanceof Error ? error.message : String(error),
    })
  }
}

const lookAtAll = async (organizationIds: string[], ctx: WatchContext): Promise<void> =>
  void (await Promise.all(organizationIds.map((id) => lookAt(id, ctx))))

/** Asks those that are marked and were not asked within the last minute. How many. */
export async function lookAtChanged({ ctx, limit = AT_ONCE }: { ctx: WatchContext; limit?: number }): Promise<number> {
  const due = await createOutstanding(ctx.db.$client).due({ at: ctx.clock(), limit })
  await lookAtAll(due, ctx)
  return due.length
}

/** For a run of all: an organization that was erased has left no entry. Null where it was at the end. */
export async function lookAtNext({
  after,
  ctx,
  limit = AT_ONCE,
}: {
  after: string
  ctx: WatchContext
  limit?: number
}): Promise<string | null> {
  const next = await createOutstanding(ctx.db.$client).after({ organizationId: after, limit })
  await lookAtAll(next, ctx)
  return next.length < limit ? null : next.at(-1)!
}

export const createCreditWatch =
  (ctx: WatchContext) =>
  async (entries: readonly PublishedEntry[]): Promise<void> => {
    const organizationIds = [...new Set(entries.map(({ organizationId }) => organizationId))]
    await createOutstanding(ctx.db.$client).mark({ organizationIds, at: ctx.clock() })
    await lookAtChanged({ ctx })
  }
