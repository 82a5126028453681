// What the present period will come to, and how long the credit lasts: of the organization, or of one member.
import type { UsageForecast } from '#shared/contracts/usage'
import { ask } from '../ask.ts'
import type { BillingContext } from '../context.ts'
import { usageReach, type UsageReach } from '../usage-reach.ts'
import type { BookDays } from './book-days.ts'
import { DAY_MS, dayEnd, dayOf, dayStart } from './days.ts'
import { forecastOf } from './forecast.ts'
import { includedCredit, presentPeriod, type UsagePeriod } from './included-credit.ts'
import { runOut } from './run-out.ts'

const WINDOW_DAYS = 28
const HORIZON_MS = 366 * DAY_MS

/** Since the period began: the rest of its first day to the millisecond, then whole days. */
async function spentIn(period: UsagePeriod, { reach, days, now }: { reach: UsageReach; days: BookDays; now: number }) {
  const firstWhole = dayEnd(period.start)
  const [first, rest] = await Promise.all([
    firstWhole > period.start ? days.between({ ...reach, from: period.start, to: firstWhole }) : 0,
    days.daily({ ...reach, from: dayOf(firstWhole), to: dayOf(dayStart(now) + DAY_MS) }),
  ])
  return first + rest.reduce((sum, { chargedMicros }) => sum + chargedMicros, 0)
}

/** The latest whole days, from the first on which anything was used: days before that say nothing of those to come. */
async function latestDays({ reach, days, now }: { reach: UsageReach; days: BookDays; now: number }) {
  const today = dayStart(now)
  const rows = await days.daily({
    ...reach,
    from: dayOf(today - WINDOW_DAYS * DAY_MS),
    to: dayOf(today + DAY_MS),
  })
  const micros = new Map(rows.map(({ day, chargedMicros }) => [day, chargedMicros]))
  const first = rows[0] ? Date.parse(rows[0].day) : today
  const wholeDays: number[] = []
  for (let at = first; at < today; at += DAY_MS) wholeDays.push(micros.get(dayOf(at)) ?? 0)
  return { wholeDays, todayMicros: micros.get(dayOf(today)) ?? 0 }
}

async function creditOf({
  organizationId,
  period,
  perDayMicros,
  ctx,
}: {
  organizationId: string
  period: UsagePeriod
  perDayMicros: number
  ctx: BillingContext
}): Promise<UsageForecast['credit']> {
  const now = ctx.clock()
  const { lots } = await ask('The ledger', () => ctx.ledgerOf(organizationId).credits())
  const included = await includedCredit({ period, lots, asOf: now, database: ctx.db.$client })
  const { watchedAt, allAt } = runOut({
    now,
    perDayMicros,
    lots,
    isWatched: included.isIncluded,
    horizonAt: now + HORIZON_MS,
  })
  return {
    included_micros: included.grantedMicros,
    included_left_micros: included.leftMicros,
    balance_micros: lots.reduce((sum, { remainingMicros }) => sum + remainingMicros, 0),
    included_runs_out_at: watchedAt !== null && watchedAt < period.end ? watchedAt : null,
    runs_out_at: allAt,
  }
}

export async function readForecast({ days, ctx }: { days: BookDays; ctx: BillingContext }): Promise<UsageForecast> {
  const reach = await usageReach(ctx)
  const { organizationId } = reach
  const now = ctx.clock()
  const [period, latest] = await ask('The book', () =>
    Promise.all([presentPeriod({ organizationId, ctx }), latestDays({ reach, days, now })]),
  )
  const spentMicros = await ask('The book', () => spentIn(period, { reach, days, now }))
  const forecast = forecastOf({ now, end: period.end, spentMicros, ...latest })
  const { perDayMicros } = forecast
  // Where credit limits nothing, there is none to run out.
  const seesCredit = reach.userId === undefined && ctx.settings.mode !== 'unlimited'
  return {
    period: { start: period.start, end: period.end, of: period.of },
    spent_micros: spentMicros,
    expected_micros: forecast.expectedMicros,
    low_micros: forecast.lowMicros,
    high_micros: forecast.highMicros,
    method: 'daily_mean',
    based_on_days: forecast.basedOnDays,
    per_day_micros: perDayMicros,
    credit: seesCredit ? await creditOf({ organizationId, period, perDayMicros, ctx }) : null,
  }
}
