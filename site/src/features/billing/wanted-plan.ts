// Which plan is being chosen in the dialog, and what may be done with the choice.
import type { BillingOverview } from '#shared/contracts/billing'
import type { Plan, PlanInterval, PlanOffer } from '#shared/contracts/plans'
import { readCount } from '../../ui/read-count.ts'
import type { ChosenPlan } from './billing-address.ts'
import { runs } from './plan-action.ts'
import { priceOf, seatsWithin } from './plan-prices.ts'

export interface WantedPlan {
  planId: string
  interval: PlanInterval
  currency: string
  /** As typed. */
  seats: string
}

export const soldPlans = (offer: PlanOffer): Plan[] =>
  offer.plans
    .filter(({ available, body }) => available && body.prices.length > 0)
    .toSorted((a, b) => a.position - b.position)

interface Start {
  overview: Pick<BillingOverview, 'plan' | 'subscription'>
  offer: PlanOffer
  chosen: ChosenPlan | null
  /** What the reader's browser and memory say. */
  currency: string
}

/** Begins at what was chosen before; else at the next plan above the present one. */
export function startOf({ overview, offer, chosen, currency }: Start): WantedPlan {
  const sold = soldPlans(offer)
  const subscription = runs(overview.subscription) ? overview.subscription : null
  const next = sold.find(({ position }) => position > overview.plan.position) ?? sold.at(-1)
  const plan = sold.find(({ id }) => id === chosen?.planId) ?? next
  const seats = chosen?.seats ?? subscription?.seats ?? 1
  return {
    planId: plan?.id ?? '',
    interval: chosen?.interval ?? subscription?.interval ?? 'month',
    currency: subscription?.currency ?? chosen?.currency ?? currency,
    seats: String(plan ? seatsWithin(plan.body, seats) : 1),
  }
}

export type ChoiceReading =
  | { ok: true; plan: Plan; seats: number; priceMinor: number }
  | { ok: false; why: 'no-plan' | 'seats' | 'not-sold' | 'same' }

export function readChoice(
  wanted: WantedPlan,
  { overview, offer }: { overview: Pick<BillingOverview, 'plan' | 'subscription'>; offer: PlanOffer },
): ChoiceReading {
  const plan = soldPlans(offer).find(({ id }) => id === wanted.planId)
  if (!plan) return { ok: false, why: 'no-plan' }
  const perSeat = plan.body.kind === 'per_seat'
  const seats = perSeat ? readCount(wanted.seats, { most: plan.body.seats.maximum ?? 10_000 }) : 1
  if (typeof seats !== 'number' || (perSeat && seats < plan.body.seats.minimum)) return { ok: false, why: 'seats' }
  const each = priceOf(plan.body, wanted.interval, wanted.currency)
  if (each === null) return { ok: false, why: 'not-sold' }
  const now = runs(overview.subscription) ? overview.subscription : null
  const same = now && overview.plan.id === plan.id && now.interval === wanted.interval && now.seats === seats
  return same ? { ok: false, why: 'same' } : { ok: true, plan, seats, priceMinor: each * seats }
}
