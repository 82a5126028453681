// One thing at Stripe, looked at. Answers whose it is; null where it is none of ours.
import { and, eq } from 'drizzle-orm'
import { billingActions, stripePrices } from '#db/schema/billing'
import { raise } from '../reconciliation/discrepancies.ts'
import { stripeOf } from '../stripe-of.ts'
import { lookUp } from '../sync/look-up.ts'
import type { Looked } from '../sync/money-context.ts'
import { syncCharge, syncDispute, syncPayment, syncRefund } from '../sync/sync-charge.ts'
import { syncCustomer } from '../sync/sync-customer.ts'
import { syncInvoice } from '../sync/sync-invoice.ts'
import { syncSubscription } from '../sync/sync-subscription.ts'
import type { Target } from './targets-of.ts'

type Look = (looked: Looked) => Promise<string | null>

const ownerOf = (row: { organizationId: string } | null): string | null => row?.organizationId ?? null

/** A session that is over is no action that runs any more: the next click makes another. */
const lookAtCheckout: Look = async ({ id, ctx }) => {
  const session = await lookUp({ id, object: 'checkout.session' }, () => stripeOf(ctx).checkout.sessions.retrieve(id))
  if (session?.status === 'open') return session.client_reference_id
  const [action] = await ctx.db.delete(billingActions).where(eq(billingActions.objectId, id)).returning()
  return action?.organizationId ?? session?.client_reference_id ?? null
}

/** A price that is gone sells nothing any more. Who bought by it keeps what they bought. */
const lookAtPrice: Look = async ({ id, ctx }) => {
  const [row] = await ctx.db.select().from(stripePrices).where(eq(stripePrices.id, id)).limit(1)
  if (!row) return null
  const price = await lookUp({ id, object: 'price' }, () => stripeOf(ctx).prices.retrieve(id))
  const active = price?.active === true
  await ctx.db.update(stripePrices).set({ active }).where(eq(stripePrices.id, id))
  if (!price)
    await raise(
      {
        kind: 'price_missing',
        organizationId: null,
        subjectId: id,
        expected: `the price of ${row.kind} ${row.itemId}, version ${row.version}`,
        actual: 'no such price at Stripe',
      },
      ctx,
    )
  return null
}

const lookAtProduct: Look = async ({ id, ctx }) => {
  const product = await lookUp({ id, object: 'product' }, () => stripeOf(ctx).products.retrieve(id))
  if (product?.active === true) return null
  await ctx.db
    .update(stripePrices)
    .set({ active: false })
    .where(and(eq(stripePrices.productId, id), eq(stripePrices.active, true)))
  return null
}

/** Stripe could not bill what it was told was used. Nobody but a person can say why. */
const lookAtMeter: Look = async ({ id, ctx }) => {
  await raise(
    {
      kind: 'overage_unreported',
      organizationId: null,
      subjectId: id,
      expected: 'every meter event is taken',
      actual: 'Stripe reports errors with events of this meter',
    },
    ctx,
  )
  return null
}

const looks: Record<Target['kind'], Look> = {
  subscription: async (looked) => ownerOf(await syncSubscription(looked)),
  invoice: async (looked) => ownerOf(await syncInvoice(looked)),
  customer: syncCustomer,
  charge: async (looked) => ownerOf(await syncCharge(looked)),
  payment: async (looked) => ownerOf(await syncPayment(looked)),
  refund: async (looked) => ownerOf(await syncRefund(looked)),
  dispute: async (looked) => ownerOf(await syncDispute(looked)),
  checkout: lookAtCheckout,
  price: lookAtPrice,
  product: lookAtProduct,
  meter: lookAtMeter,
}

export const lookAt = ({ kind, id }: Target, ctx: Looked['ctx']): Promise<string | null> => looks[kind]({ id, ctx })
