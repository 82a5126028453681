// What somebody wants to buy, against what is sold and who would use it.
import type { OrganizationFacts } from '#shared/contracts/account'
import type { PlanInterval, PlanPrice } from '#shared/contracts/plans'
import { conflict, invalidRequest, notFound, Problem } from '#shared/http/problems'
import { ask } from '../ask.ts'
import type { BillingSystem } from '../context.ts'
import { findPlan } from './plans-repository.ts'
import type { StoredPlan } from './stored-plan.ts'

/** A plan that is sold to whoever wants it. */
export async function requireSoldPlan({ planId, ctx }: { planId: string; ctx: BillingSystem }): Promise<StoredPlan> {
  const plan = await findPlan({ planId, ctx })
  if (!plan || plan.archived) throw notFound('plan')
  const { kind } = plan.body
  if (kind === 'free')
    throw invalidRequest('plan_id: the free plan is not bought; cancel the subscription instead', 'plan_id')
  if (kind === 'contract')
    throw invalidRequest('plan_id: this plan is sold by contract; talk to whoever runs this platform', 'plan_id')
  return plan
}

type Priced = Pick<StoredPlan, 'body'>

export function priceOf({
  plan,
  interval,
  currency,
}: {
  plan: Priced
  interval: PlanInterval
  currency: string
}): PlanPrice {
  const ofInterval = plan.body.prices.filter((price) => price.interval === interval)
  if (ofInterval.length === 0) throw invalidRequest(`interval: this plan is not sold by the ${interval}`, 'interval')
  const price = ofInterval.find((each) => each.currency === currency)
  if (price) return price
  const currencies = ofInterval.map((each) => each.currency)
  throw new Problem('invalid_request', `currency: this plan is sold in ${currencies.join(', ')}`, {
    param: 'currency',
    facts: { currencies: currencies.join(' ') },
  })
}

/** Once an organization has paid in one currency, Stripe takes no other. */
export function requireCurrency({ currency, fixed }: { currency: string; fixed: string | null }): void {
  if (fixed === null || fixed === currency) return
  throw new Problem(
    'conflict',
    `Your organization pays in ${fixed.toUpperCase()}, and cannot change that. Choose ${fixed.toUpperCase()}.`,
    { param: 'currency', facts: { currency: fixed } },
  )
}

function requireRoom({ plan, members, seats }: { plan: Priced; members: number; seats: number | null }): void {
  if (seats === null || members <= seats) return
  throw new Problem(
    'seats_exhausted',
    plan.body.kind === 'per_seat'
      ? `Your organization has ${members} members: buy at least ${members} seats, or remove members first.`
      : `This plan has room for ${seats} members, and your organization has ${members}. Choose a larger plan, or remove members first.`,
    { param: plan.body.kind === 'per_seat' ? 'seats' : 'plan_id', facts: { members, seats } },
  )
}

/** How many are bought: one for a plan that is not sold by the seat. */
export function seatsWanted({
  plan,
  seats,
  facts,
}: {
  plan: Priced
  seats: number
  facts: Pick<OrganizationFacts, 'members'>
}): number {
  const { kind, seats: room } = plan.body
  if (kind !== 'per_seat') {
    requireRoom({ plan, members: facts.members, seats: room.maximum })
    return 1
  }
  if (seats < room.minimum) throw invalidRequest(`seats: at least ${room.minimum} for this plan`, 'seats')
  if (room.maximum !== null && seats > room.maximum)
    throw invalidRequest(`seats: at most ${room.maximum} for this plan`, 'seats')
  requireRoom({ plan, members: facts.members, seats })
  return seats
}

export async function organizationFacts({
  organizationId,
  ctx,
}: {
  organizationId: string
  ctx: BillingSystem
}): Promise<OrganizationFacts> {
  const facts = await ask('The accounts service', () => ctx.organizationOf({ organizationId }))
  if (!facts) throw notFound('organization')
  return facts
}

export const paymentOverdue = (payUrl: string | null) =>
  new Problem('conflict', 'A payment is overdue. Pay the open invoice first; nothing else can be changed until then.', {
    facts: { pay_url: payUrl },
  })

export const alreadySubscribed = () =>
  conflict('Your organization has a subscription already. Change its plan instead of buying another.')
