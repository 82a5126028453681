// What Stripe knows of a customer now: its currency, how it pays, and whether it still exists.
import { and, eq, sql } from 'drizzle-orm'
import type Stripe from 'stripe'
import { billingCustomers } from '#db/schema/billing'
import type { PaymentMethod } from '#shared/contracts/billing'
import { detailsAtStripe } from '../customers/details-at-stripe.ts'
import { closeDiscrepancy, raise } from '../reconciliation/discrepancies.ts'
import { stripeOf } from '../stripe-of.ts'
import { lookUp } from './look-up.ts'
import type { Looked, MoneyContext } from './money-context.ts'
import { createSubscriptionRows } from './subscription-repository.ts'

const methodOf = (method: string | Stripe.PaymentMethod | null | undefined): PaymentMethod | null => {
  if (!method || typeof method === 'string') return null
  const { type, card } = method
  return {
    type,
    brand: card?.brand ?? null,
    last4: card?.last4 ?? null,
    exp_month: card?.exp_month ?? null,
    exp_year: card?.exp_year ?? null,
  }
}

/** What it pays with: its own default, else what it has. */
async function paymentMethodOf(customer: Stripe.Customer, ctx: MoneyContext): Promise<PaymentMethod | null> {
  const own = customer.invoice_settings.default_payment_method
  if (own) return methodOf(own)
  const stripe = stripeOf(ctx)
  const { data } = await stripe.paymentMethods.list({ customer: customer.id, limit: 1 })
  return methodOf(data[0])
}

/** A customer that is gone is paid for by nobody; what still lives of it is for somebody to look at. */
async function noteDeletion({ organizationId, id, ctx }: Looked & { organizationId: string }): Promise<void> {
  const live = await createSubscriptionRows(ctx.db).liveOf({ organizationId })
  if (live.length === 0) return closeDiscrepancy({ kind: 'customer_deleted', subjectId: id }, ctx)
  await raise(
    {
      kind: 'customer_deleted',
      organizationId,
      subjectId: id,
      expected: 'a customer at Stripe',
      actual: `deleted, with the subscription ${live.map((row) => row.id).join(', ')} here`,
    },
    ctx,
  )
}

/** The organization that it is; null where it is none of ours. */
export async function syncCustomer({ id, ctx }: Looked): Promise<string | null> {
  const { db } = ctx
  const syncedAt = ctx.clock()
  const [row] = await db.select().from(billingCustomers).where(eq(billingCustomers.stripeCustomerId, id)).limit(1)
  const found = await lookUp<Stripe.Customer | Stripe.DeletedCustomer>({ id, object: 'customer' }, () =>
    stripeOf(ctx).customers.retrieve(id, { expand: ['invoice_settings.default_payment_method', 'tax_ids'] }),
  )
  if (!row || row.erasedAt !== null) return null
  const { organizationId } = row
  const mine = and(
    eq(billingCustomers.organizationId, organizationId),
    eq(billingCustomers.stripeCustomerId, id),
    sql`${billingCustomers.syncedAt} <= ${syncedAt}`,
  )
  if (!found || found.deleted) {
    await db
      .update(billingCustomers)
      .set({ deletedAt: sql`COALESCE(${billingCustomers.deletedAt}, ${syncedAt})`, paymentMethod: null, syncedAt })
      .where(mine)
    await noteDeletion({ organizationId, id, ctx })
    return organizationId
  }
  const paymentMethod = await paymentMethodOf(found, ctx)
  const details = detailsAtStripe(found)
  await db
    .update(billingCustomers)
    .set({
      ...(found.currency && { currency: found.currency }),
      ...(details && { details }),
      paymentMethod,
      deletedAt: null,
      syncedAt,
    })
    .where(mine)
  return organizationId
}
