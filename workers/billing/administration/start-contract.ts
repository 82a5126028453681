// A subscription by contract: the price is what was agreed, an invoice is sent for it, and no card is charged.
import { and, count, eq, notInArray } from 'drizzle-orm'
import type Stripe from 'stripe'
import { subscriptions } from '#db/schema/billing'
import type { StartContract } from '#shared/contracts/billing-administration'
import type { LocalText } from '#shared/contracts/plans'
import { conflict, invalidRequest, notFound, Problem } from '#shared/http/problems'
import { requirePlatformAdmin } from '#shared/http/require-permission'
import type { BillingContext } from '../context.ts'
import { findCustomer } from '../customers/customers-repository.ts'
import { detailsOf } from '../customers/default-details.ts'
import { ensureCustomer } from '../customers/ensure-customer.ts'
import { findLiveSubscription } from '../plans/current-plan.ts'
import { ensureProduct } from '../plans/ensure-prices.ts'
import { findPlan } from '../plans/plans-repository.ts'
import type { StoredPlan } from '../plans/stored-plan.ts'
import { stripeOf } from '../stripe-of.ts'
import { expectObject, refusalOf, tellStripe } from '../stripe.ts'
import { fold } from '../sync/fold.ts'
import { liveStatuses } from '../sync/subscription-repository.ts'
import { syncSubscription } from '../sync/sync-subscription.ts'

interface Contract {
  input: StartContract
  plan: StoredPlan
  ctx: BillingContext
}

/** Names this contract among those that the organization has had: the same click twice makes one. */
async function nameOf({ input, plan, ctx }: Contract): Promise<string> {
  const [row] = await ctx.db
    .select({ ended: count() })
    .from(subscriptions)
    .where(
      and(eq(subscriptions.organizationId, input.organization_id), notInArray(subscriptions.status, [...liveStatuses])),
    )
  const { organization_id, interval, currency, amount_minor, seats, days_until_due } = input
  return [
    'contract',
    organization_id,
    plan.id,
    plan.version,
    interval,
    currency,
    amount_minor,
    seats,
    days_until_due,
    row?.ended ?? 0,
  ].join(':')
}

async function makePrice({ input, plan, ctx }: Contract, name: string): Promise<string> {
  const { interval, currency, amount_minor: amountMinor, seats } = input
  const item = { kind: 'plan' as const, itemId: plan.id, version: plan.version, interval, currency }
  const label: LocalText = plan.body.name
  const product = await ensureProduct({ wanted: { item, name: label, amountMinor }, ctx })
  const price = await tellStripe(() =>
    stripeOf(ctx).prices.create(
      {
        product,
        currency,
        unit_amount: amountMinor,
        tax_behavior: 'exclusive',
        recurring: { interval },
        // What was agreed is for all the seats together.
        ...(seats > 1 && { transform_quantity: { divide_by: seats, round: 'up' as const } }),
        metadata: {
          riwaq_kind: 'plan',
          riwaq_item: plan.id,
          riwaq_version: String(plan.version),
          riwaq_contract: input.organization_id,
        },
      },
      { idempotencyKey: `${name}:price` },
    ),
  )
  return expectObject(price, 'price').id
}

const needsAddress = () =>
  new Problem('conflict', 'Tax cannot be computed: the billing details of this organization have no address yet.', {
    facts: { reason: 'address_missing' },
  })

async function subscribe(
  { input, ctx }: Contract,
  { customer, price, name }: { customer: string; price: string; name: string },
): Promise<Stripe.Subscription> {
  const params: Stripe.SubscriptionCreateParams = {
    customer,
    items: [{ price, quantity: input.seats }],
    collection_method: 'send_invoice',
    days_until_due: input.days_until_due,
    ...(ctx.settings.hasTax && { automatic_tax: { enabled: true } }),
    metadata: { organization_id: input.organization_id, riwaq_contract: '1' },
  }
  // Stripe answers a name with what it answered before, refusals too: with an address it is another request.
  const { address } = await detailsOf({
    organizationId: input.organization_id,
    customer: await findCustomer({ organizationId: input.organization_id, ctx }),
    ctx,
  })
  const idempotencyKey = `${name}:${await fold(JSON.stringify(address))}`
  return tellStripe(async () => {
    try {
      return await stripeOf(ctx).subscriptions.create(params, { idempotencyKey })
    } catch (error) {
      if (refusalOf(error) === 'customer_tax_location_invalid') throw needsAddress()
      throw error
    }
  })
}

/** The subscription's id at Stripe. */
export async function startContract({
  input,
  ctx,
}: {
  input: StartContract
  ctx: BillingContext
}): Promise<{ subscriptionId: string }> {
  const { userId } = requirePlatformAdmin(ctx.principal)
  stripeOf(ctx)
  const organizationId = input.organization_id
  const plan = await findPlan({ planId: input.plan_id, ctx })
  if (!plan) throw notFound('plan')
  if (plan.body.kind !== 'contract') throw invalidRequest('plan_id: is no plan by contract', 'plan_id')
  if (!(await ctx.organizationOf({ organizationId }))) throw notFound('organization')
  if (await findLiveSubscription({ organizationId, ctx }))
    throw conflict('This organization has a subscription already. It has to end before another begins.')
  const customer = await ensureCustomer({ organizationId, ctx })
  if (customer.currency !== null && customer.currency !== input.currency)
    throw conflict(
      `This organization has paid in ${customer.currency.toUpperCase()}, and Stripe takes no other from it.`,
    )
  const name = await nameOf({ input, plan, ctx })
  await ctx.audit({
    organizationId,
    actor: { userId, keyId: null },
    action: 'subscription.changed',
    targetId: plan.id,
    facts: { contract: true, seats: input.seats, amount_minor: input.amount_minor, currency: input.currency },
  })
  const price = await makePrice({ input, plan, ctx }, name)
  const subscription = await subscribe({ input, plan, ctx }, { customer: customer.id, price, name })
  const { id } = expectObject(subscription, 'subscription')
  await syncSubscription({ id, ctx: ctx })
  return { subscriptionId: id }
}
