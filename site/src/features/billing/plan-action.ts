// What can be done with a plan that is shown, given what the reader has.
import type { BillingMode, Subscription } from '#shared/contracts/billing'
import type { Plan, PlanInterval } from '#shared/contracts/plans'
import { priceOf } from './plan-prices.ts'

export type PlanAction =
  /** Nobody is signed in: an account first, then the rest. */
  | 'start-free'
  | 'start-trial'
  | 'start'
  | 'trial'
  | 'subscribe'
  | 'upgrade'
  | 'downgrade'
  | 'to-year'
  | 'to-month'
  | 'seats'
  | 'cancel'
  | 'current'
  | 'contact'
  | 'ask-owner'
  | 'pay-first'
  | 'unavailable'

/** What the reader has: `null` for somebody who is not signed in. */
export interface Present {
  plan: Pick<Plan, 'id' | 'position'>
  subscription: Pick<Subscription, 'status' | 'interval' | 'currency' | 'seats' | 'past_due_since'> | null
  /** Whether they may change it. */
  mayManage: boolean
  /** Whether a trial can still begin. */
  mayTry: boolean
}

export interface PlanChoice {
  plan: Pick<Plan, 'id' | 'position' | 'available' | 'body'>
  interval: PlanInterval
  currency: string
  /** As many as were chosen on the page. */
  seats: number
  mode: BillingMode
  present: Present | null
}

const over: readonly Subscription['status'][] = ['canceled', 'incomplete_expired']

/** A subscription that still is one. */
export const runs = (subscription: Pick<Subscription, 'status'> | null): boolean =>
  subscription !== null && !over.includes(subscription.status)

export function planAction(choice: PlanChoice): PlanAction {
  const { plan, present } = choice
  const isPresent = present?.plan.id === plan.id
  if (plan.body.kind === 'contract') return isPresent ? 'current' : 'contact'
  if (!present) return visitorAction(choice)
  const subscription = runs(present.subscription) ? present.subscription : null
  if (isPresent && isUnchanged(choice, subscription)) return 'current'
  if (!present.mayManage) return 'ask-owner'
  if (plan.body.kind === 'free') return subscription ? 'cancel' : 'current'
  if (!isSold(choice)) return 'unavailable'
  if (!subscription) return plan.body.trial && present.mayTry ? 'trial' : 'subscribe'
  if (subscription.past_due_since !== null) return 'pay-first'
  if (isPresent && subscription.interval === choice.interval) return 'seats'
  if (isPresent) return choice.interval === 'year' ? 'to-year' : 'to-month'
  return plan.position > present.plan.position ? 'upgrade' : 'downgrade'
}

function isUnchanged({ plan, interval, seats }: PlanChoice, subscription: Present['subscription']): boolean {
  if (!subscription) return true
  return subscription.interval === interval && (plan.body.kind !== 'per_seat' || subscription.seats === seats)
}

function visitorAction(choice: PlanChoice): PlanAction {
  if (choice.plan.body.kind === 'free') return 'start-free'
  if (!isSold(choice)) return 'unavailable'
  return choice.plan.body.trial ? 'start-trial' : 'start'
}

const isSold = ({ plan, interval, currency, mode }: PlanChoice): boolean =>
  mode === 'stripe' && plan.available && priceOf(plan.body, interval, currency) !== null
