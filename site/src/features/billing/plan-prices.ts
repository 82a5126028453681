// What a plan costs, as the page of plans tells it.
import type { PlanBody, PlanInterval } from '#shared/contracts/plans'

type Priced = Pick<PlanBody, 'prices'>

/** In the currency's smallest unit, for one seat where seats are sold; null where it is not sold like this. */
export const priceOf = (plan: Priced, interval: PlanInterval, currency: string): number | null =>
  plan.prices.find((price) => price.interval === interval && price.currency === currency)?.amount_minor ?? null

export interface YearlySaving {
  amountMinor: number
  /** Rounded down: nobody saves less than they were told. */
  percent: number
}

/** What twelve months cost more than a year; null where they do not. */
export function yearlySaving(plan: Priced, currency: string): YearlySaving | null {
  const [month, year] = [priceOf(plan, 'month', currency), priceOf(plan, 'year', currency)]
  if (month === null || year === null) return null
  const amountMinor = 12 * month - year
  return amountMinor > 0 ? { amountMinor, percent: Math.floor((100 * amountMinor) / (12 * month)) } : null
}

/** The largest share that a year saves with any of these plans. */
export const largestSaving = (plans: readonly Priced[], currency: string): number =>
  Math.max(0, ...plans.map((plan) => yearlySaving(plan, currency)?.percent ?? 0))

/** Within what may be bought. */
export function seatsWithin(plan: Pick<PlanBody, 'kind' | 'seats'>, wanted: number): number {
  if (plan.kind !== 'per_seat') return 1
  return Math.min(plan.seats.maximum ?? 10_000, Math.max(plan.seats.minimum, Math.trunc(wanted) || 0))
}
