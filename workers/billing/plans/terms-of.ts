// What a plan gives, in the words of the ledger. Pure.
import type { BillingMode } from '#shared/contracts/billing'
import type { PlanTerms } from '#shared/contracts/ledger'
import type { BillingCustomer } from '../customers/customers-repository.ts'
import type { CurrentPlan, SubscriptionRow } from './current-plan.ts'
import type { StoredPlan } from './stored-plan.ts'

/** The most that the plan lets an organization spend beyond its credit in a period. */
export const overageCapOf = (plan: StoredPlan, seats: number): number =>
  plan.body.overage.policy === 'metered'
    ? plan.body.overage.cap_micros * (plan.body.kind === 'per_seat' ? seats : 1)
    : 0

function overdraftOf({
  plan,
  subscription,
  customer,
  mode,
}: {
  plan: StoredPlan
  subscription: SubscriptionRow | null
  customer: BillingCustomer | null
  mode: BillingMode
}): PlanTerms['overdraft'] {
  if (mode === 'unlimited') return { kind: 'unlimited', capMicros: null, since: 0 }
  // What is used beyond credit is billed at the end of a period: only to whom such a period is paid for.
  if (!subscription || subscription.status !== 'active' || !customer?.overageEnabled) return null
  const capMicros = Math.min(customer.overageCapMicros, overageCapOf(plan, subscription.seats))
  return capMicros > 0 ? { kind: 'metered', capMicros, since: subscription.currentPeriodStart } : null
}

export function termsOf({
  plan,
  subscription,
  customer,
  readOnly,
  mode,
  asOf,
}: CurrentPlan & { mode: BillingMode; asOf: number }): PlanTerms {
  return {
    planId: plan.id,
    planVersion: plan.version,
    asOf,
    requestsPerMinute: plan.body.requests_per_minute,
    tokensPerMinute: plan.body.tokens_per_minute,
    parallelRequests: plan.body.parallel_requests,
    models: plan.body.models,
    readOnly,
    overdraft: overdraftOf({ plan, subscription, customer, mode }),
  }
}
