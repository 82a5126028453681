// Whether a change is dearer, and made now, or cheaper, and made when what was paid for has ended. Pure.
import type { PlanInterval } from '#shared/contracts/plans'
import type { StoredPlan } from '../plans/stored-plan.ts'

export interface Terms {
  plan: Pick<StoredPlan, 'id' | 'version' | 'body'>
  interval: PlanInterval
  seats: number
}

const MONTHS = 12

/** What it costs, compared by one measure: twelve months, or a year where there is no price by the month. */
function rankOf({ plan, seats }: Terms, currency: string): number {
  const priced = (interval: PlanInterval) =>
    plan.body.prices.find((price) => price.interval === interval && price.currency === currency)?.amount_minor
  const month = priced('month')
  return seats * (month === undefined ? (priced('year') ?? 0) : month * MONTHS)
}

export const isSame = (a: Terms, b: Terms): boolean =>
  a.plan.id === b.plan.id && a.plan.version === b.plan.version && a.interval === b.interval && a.seats === b.seats

export function whenToChange({
  from,
  to,
  currency,
  inTrial,
}: {
  from: Terms
  to: Terms
  currency: string
  inTrial: boolean
}): 'now' | 'period_end' {
  // Nothing was paid for yet that would have to be used up.
  if (inTrial) return 'now'
  const difference = rankOf(to, currency) - rankOf(from, currency)
  if (difference !== 0) return difference > 0 ? 'now' : 'period_end'
  return from.interval === 'year' && to.interval === 'month' ? 'period_end' : 'now'
}
