// The organization's customer at Stripe: found, or made. One that was deleted there is replaced, and that is told.
import { asc, eq } from 'drizzle-orm'
import type Stripe from 'stripe'
import { subscriptions } from '#db/schema/billing'
import type { BillingDetails } from '#shared/contracts/billing'
import type { BillingSystem } from '../context.ts'
import { noteRepair } from '../reconciliation/discrepancies.ts'
import { stripeOf } from '../stripe-of.ts'
import { askStripe, expectObject, isMissing, tellStripe } from '../stripe.ts'
import { fold } from '../sync/fold.ts'
import { createSubscriptionRows } from '../sync/subscription-repository.ts'
import { syncSubscription } from '../sync/sync-subscription.ts'
import { findCustomer, updateCustomer, type BillingCustomer } from './customers-repository.ts'
import { detailsOf } from './default-details.ts'

interface Asked {
  organizationId: string
  ctx: BillingSystem
}

export interface KnownCustomer {
  id: string
  /** Once it has paid in one, Stripe takes no other. */
  currency: string | null
}

async function retrieve(id: string, ctx: BillingSystem): Promise<Stripe.Customer | null> {
  try {
    const found = expectObject(await askStripe(() => stripeOf(ctx).customers.retrieve(id)), 'customer')
    return found.deleted ? null : found
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

export const addressParams = ({ address }: BillingDetails): Stripe.AddressParam | undefined =>
  address
    ? {
        country: address.country,
        line1: address.line1 ?? '',
        line2: address.line2 ?? '',
        city: address.city ?? '',
        state: address.state ?? '',
        postal_code: address.postal_code ?? '',
      }
    : undefined

async function createCustomer({
  organizationId,
  row,
  ctx,
}: Asked & { row: BillingCustomer | null }): Promise<Stripe.Customer> {
  const details = await detailsOf({ organizationId, customer: row, ctx })
  const params: Stripe.CustomerCreateParams = {
    metadata: { organization_id: organizationId },
    preferred_locales: [details.locale],
    ...(details.name !== null && { name: details.name }),
    ...(details.email !== null && { email: details.email }),
    ...(details.address && { address: addressParams(details) }),
    ...(details.tax_id && {
      tax_id_data: [details.tax_id as Stripe.CustomerCreateParams.TaxIdDatum],
    }),
  }
  const after = row?.stripeCustomerId ?? 'none'
  const idempotencyKey = `customer:${organizationId}:${after}:${await fold(JSON.stringify(params))}`
  const made = await tellStripe(() => stripeOf(ctx).customers.create(params, { idempotencyKey }))
  return expectObject(made, 'customer')
}

async function tellDeleted({ organizationId, id, ctx }: Asked & { id: string }): Promise<void> {
  ctx.logger.warn('stripe-customer-deleted', { organization_id: organizationId, customer_id: id })
  await noteRepair(
    {
      kind: 'customer_deleted',
      organizationId,
      subjectId: id,
      expected: 'a customer',
      actual: 'deleted at Stripe; another was made',
    },
    ctx,
  )
  // What it had subscribed to has ended with it.
  const live = await createSubscriptionRows(ctx.db).liveOf({ organizationId })
  for (const subscription of live) await syncSubscription({ id: subscription.id, ctx: ctx })
}

/** Of its first subscription: from then on Stripe holds it to that, also where it does not say so. */
async function currencyPaid({ stripeCustomerId, ctx }: { stripeCustomerId: string; ctx: BillingSystem }) {
  const [first] = await ctx.db
    .select({ currency: subscriptions.currency })
    .from(subscriptions)
    .where(eq(subscriptions.stripeCustomerId, stripeCustomerId))
    .orderBy(asc(subscriptions.createdAt))
    .limit(1)
  return first?.currency ?? null
}

export async function ensureCustomer({ organizationId, ctx }: Asked): Promise<KnownCustomer> {
  const row = await findCustomer({ organizationId, ctx })
  const id = row?.stripeCustomerId ?? null
  const found = id !== null && row?.deletedAt === null ? await retrieve(id, ctx) : null
  if (found) {
    const currency = found.currency ?? row?.currency ?? (await currencyPaid({ stripeCustomerId: found.id, ctx }))
    if (currency !== row?.currency) await updateCustomer({ organizationId, change: { currency }, ctx })
    return { id: found.id, currency }
  }
  const made = await createCustomer({ organizationId, row, ctx })
  const change = {
    stripeCustomerId: made.id,
    currency: null,
    paymentMethod: null,
    deletedAt: null,
    syncedAt: ctx.clock(),
  }
  await updateCustomer({ organizationId, change, ctx })
  if (id !== null) await tellDeleted({ organizationId, id, ctx })
  return { id: made.id, currency: null }
}
