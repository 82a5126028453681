// What the address of the billing page says beside its path: what was chosen on the page of plans, perhaps before
// there was an account, and where to go on once something was paid.
import type { PlanInterval } from '#shared/contracts/plans'
import { safeNextPath } from '../../api/next-path.ts'

export interface ChosenPlan {
  planId: string
  interval: PlanInterval
  currency: string
  seats: number
}

export function chosenPlanIn(search: string): ChosenPlan | null {
  const query = new URLSearchParams(search)
  const [planId, interval] = [query.get('plan') ?? '', query.get('interval')]
  const currency = query.get('currency') ?? ''
  if (!/^[a-z][a-z0-9_-]{0,30}$/.test(planId) || !/^[a-z]{3}$/.test(currency)) return null
  const seats = Number(query.get('seats') ?? 1)
  return {
    planId,
    interval: interval === 'year' ? 'year' : 'month',
    currency,
    seats: Number.isInteger(seats) && seats >= 1 && seats <= 10_000 ? seats : 1,
  }
}

export const chosenPlanPath = (locale: string, { planId, interval, currency, seats }: ChosenPlan): string =>
  `/${locale}/billing?plan=${planId}&interval=${interval}&currency=${currency}&seats=${seats}`

/** Where one came from, such as a conversation that waits for credit. Only a path of this site. */
export function backIn(search: string): string | null {
  const back = safeNextPath(new URLSearchParams(search).get('back'), '')
  return back === '' ? null : back
}

/** Where Stripe's page leads back to. */
export const returnPath = (locale: string, back: string | null = null): string =>
  `/${locale}/billing/return${back ? `?back=${encodeURIComponent(back)}` : ''}`

/** After Stripe's portal, where a card may have been changed: the billing page looks at it at once. */
export const portalReturnPath = (locale: string): string => `/${locale}/billing?from=portal`
export const isFromPortal = (search: string): boolean => new URLSearchParams(search).get('from') === 'portal'
