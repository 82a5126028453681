// A period's included credit: what was granted for it, and what its ledger says is left of that.
import type { CreditLot } from '#shared/contracts/ledger'
import { periodEnd, periodStart } from '#shared/lib/calendar-period'
import type { BillingSystem } from '../context.ts'
import { findLiveSubscription } from '../plans/current-plan.ts'

export interface UsagePeriod {
  start: number
  end: number
  of: 'subscription' | 'calendar_month'
  subscriptionId: string | null
}

/** That of the subscription where there is one that runs, else the calendar month. */
export async function presentPeriod({
  organizationId,
  ctx,
}: {
  organizationId: string
  ctx: Pick<BillingSystem, 'db' | 'clock' | 'settings'>
}): Promise<UsagePeriod> {
  const now = ctx.clock()
  const live = ctx.settings.mode === 'stripe' ? await findLiveSubscription({ organizationId, ctx }) : null
  if (live && live.currentPeriodStart <= now && now < live.currentPeriodEnd)
    return {
      start: live.currentPeriodStart,
      end: live.currentPeriodEnd,
      of: 'subscription',
      subscriptionId: live.id,
    }
  return {
    start: periodStart('month', now),
    end: periodEnd('month', now)!,
    of: 'calendar_month',
    subscriptionId: null,
  }
}

interface Granted {
  id: string
  micros: number
}

/** What the subscription's invoices of this period had granted by then, less what was taken back. */
async function grantedIn(
  { start, subscriptionId }: UsagePeriod,
  asOf: number,
  database: D1Database,
): Promise<Granted[]> {
  if (subscriptionId === null) return []
  const { results } = await database
    .prepare(
      `SELECT id, amount_micros - taken_back_micros AS micros FROM credit_grants
      WHERE series = ? AND starts_at >= ? AND source = 'included' AND granted_at <= ?`,
    )
    .bind(`subscription:${subscriptionId}`, start, asOf)
    .all<Granted>()
  return results
}

export interface IncludedCredit {
  grantedMicros: number
  leftMicros: number
  isIncluded: (lot: Pick<CreditLot, 'id'>) => boolean
}

export async function includedCredit({
  period,
  lots,
  asOf,
  database,
}: {
  period: UsagePeriod
  lots: readonly CreditLot[]
  /** Before the ledger was asked for its lots: what was granted after that is not among them. */
  asOf: number
  database: D1Database
}): Promise<IncludedCredit> {
  const granted = await grantedIn(period, asOf, database)
  const ids = new Set(granted.map(({ id }) => id))
  const isIncluded = ({ id }: Pick<CreditLot, 'id'>) => ids.has(id)
  const grantedMicros = granted.reduce((sum, { micros }) => sum + Math.max(0, micros), 0)
  const left = lots.filter(isIncluded).reduce((sum, { remainingMicros }) => sum + remainingMicros, 0)
  return { grantedMicros, leftMicros: Math.min(left, grantedMicros), isIncluded }
}
