// What one account has spent in the present calendar periods, kept as running totals.
import type { BudgetPeriod } from '#shared/contracts/ledger'
import { periodStart } from '#shared/lib/calendar-period'

const timed = ['day', 'week', 'month'] as const

/** One running total for each kind of period, so that a budget may change its period without a recount. */
export interface Spending extends Record<(typeof timed)[number], { start: number; micros: number }> {
  total: number
}

export const noSpending = (): Spending => ({
  total: 0,
  day: { start: 0, micros: 0 },
  week: { start: 0, micros: 0 },
  month: { start: 0, micros: 0 },
})

export function addSpending(spending: Spending, micros: number, at: number): void {
  spending.total += micros
  for (const period of timed) {
    const start = periodStart(period, at)
    const running = spending[period]
    if (running.start === start) running.micros += micros
    else spending[period] = { start, micros }
  }
}

/** Takes back what was spent then, from every period that is still the same one. */
export function returnSpending(spending: Spending, micros: number, at: number): void {
  spending.total -= micros
  for (const period of timed) {
    const running = spending[period]
    if (running.start === periodStart(period, at)) running.micros -= micros
  }
}

export function spentIn(spending: Spending, period: BudgetPeriod, at: number): number {
  if (period === 'forever') return spending.total
  const running = spending[period]
  return running.start === periodStart(period, at) ? running.micros : 0
}
