// Begins a subscription on Stripe's page.
import type Stripe from 'stripe'
import type { Redirect, StartCheckout } from '#shared/contracts/billing'
import { conflict, invalidRequest } from '#shared/http/problems'
import type { BillingContext, BillingSystem } from '../context.ts'
import { findCustomer } from '../customers/customers-repository.ts'
import { ensureCustomer } from '../customers/ensure-customer.ts'
import {
  alreadySubscribed,
  organizationFacts,
  paymentOverdue,
  priceOf,
  requireCurrency,
  requireSoldPlan,
  seatsWanted,
} from '../plans/choose-plan.ts'
import { findLiveSubscription } from '../plans/current-plan.ts'
import { ensurePrice } from '../plans/ensure-prices.ts'
import type { StoredPlan } from '../plans/stored-plan.ts'
import { requireBuyer } from '../require-buyer.ts'
import { stripeOf } from '../stripe-of.ts'
import { askStripe, expectObject } from '../stripe.ts'
import { isLive } from '../sync/subscription-repository.ts'
import { syncSubscription } from '../sync/sync-subscription.ts'
import { openSession } from './open-session.ts'
import { sessionParams } from './session-params.ts'

interface Asked {
  organizationId: string
  ctx: BillingSystem
}

const isOverdue = (status: string) => status === 'past_due' || status === 'unpaid'

/** By our own rows, before anything is asked or made at Stripe. */
async function requireNoSubscription({ organizationId, ctx }: Asked): Promise<void> {
  const live = await findLiveSubscription({ organizationId, ctx })
  if (!live) return
  throw isOverdue(live.status) ? paymentOverdue(live.payUrl) : alreadySubscribed()
}

/** By Stripe's own: a subscription whose webhook is still on its way is one all the same. */
async function requireNoneAtStripe({ customerId, ctx }: { customerId: string; ctx: BillingSystem }): Promise<void> {
  const { data } = expectObject(
    await askStripe(() => stripeOf(ctx).subscriptions.list({ customer: customerId, limit: 10 })),
    'list',
  )
  const live = data.filter(({ status }) => isLive(status))
  for (const { id } of live) await syncSubscription({ id, ctx: ctx })
  if (live.length > 0) throw alreadySubscribed()
  if (data.some(({ status }) => status === 'incomplete'))
    throw conflict('A first payment of your organization has not been finished. Finish it, or try again in a day.')
}

async function promotionOf({ code, ctx }: { code: string; ctx: BillingSystem }): Promise<string> {
  const { data } = expectObject(
    await askStripe(() => stripeOf(ctx).promotionCodes.list({ code, active: true, limit: 1 })),
    'list',
  )
  const [found] = data
  if (!found) throw invalidRequest('promotion_code: there is no such code, or it has ended', 'promotion_code')
  return found.id
}

/** Once for an organization, whatever it subscribes to afterwards. */
async function trialParams({ plan, organizationId, ctx }: Asked & { plan: StoredPlan }): Promise<
  Pick<Stripe.Checkout.SessionCreateParams, 'payment_method_collection'> & {
    trial: Stripe.Checkout.SessionCreateParams.SubscriptionData
  }
> {
  const { trial } = plan.body
  const customer = await findCustomer({ organizationId, ctx })
  if (!trial || (customer?.trialUsedAt ?? null) !== null) return { trial: {} }
  return {
    trial: {
      trial_period_days: trial.days,
      trial_settings: { end_behavior: { missing_payment_method: 'cancel' } },
    },
    payment_method_collection: trial.needs_payment_method ? 'always' : 'if_required',
  }
}

export async function startCheckout({ input, ctx }: { input: StartCheckout; ctx: BillingContext }): Promise<Redirect> {
  const { organizationId } = requireBuyer(ctx)
  const { interval, currency } = input
  const plan = await requireSoldPlan({ planId: input.plan_id, ctx })
  const price = priceOf({ plan, interval, currency })
  await requireNoSubscription({ organizationId, ctx })
  const facts = await organizationFacts({ organizationId, ctx })
  const quantity = seatsWanted({ plan, seats: input.seats, facts })
  const customer = await ensureCustomer({ organizationId, ctx })
  requireCurrency({ currency, fixed: customer.currency })
  await requireNoneAtStripe({ customerId: customer.id, ctx })
  const item = { kind: 'plan' as const, itemId: plan.id, version: plan.version, interval, currency }
  const wanted = { item, name: plan.body.name, amountMinor: price.amount_minor }
  const priceId = await ensurePrice({ wanted, ctx })
  const { trial, ...collection } = await trialParams({ plan, organizationId, ctx })
  const code = input.promotion_code
  const metadata = { organization_id: organizationId, purpose: 'subscription', plan_id: plan.id }
  const params: Stripe.Checkout.SessionCreateParams = {
    ...sessionParams({ organizationId, customerId: customer.id, input, ctx }),
    ...collection,
    mode: 'subscription',
    metadata,
    line_items: [{ price: priceId, quantity }],
    subscription_data: { metadata: { organization_id: organizationId }, ...trial },
    ...(code === undefined
      ? { allow_promotion_codes: true }
      : { discounts: [{ promotion_code: await promotionOf({ code, ctx }) }] }),
  }
  return openSession({ organizationId, kind: 'checkout', params, ctx })
}
