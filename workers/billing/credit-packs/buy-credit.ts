// Credit bought once, on Stripe's page. Whoever has the free plan may as well.
import type Stripe from 'stripe'
import type { BuyCredit, Redirect } from '#shared/contracts/billing'
import { notFound, Problem } from '#shared/http/problems'
import { openSession } from '../checkout/open-session.ts'
import { sessionParams } from '../checkout/session-params.ts'
import type { BillingContext } from '../context.ts'
import { ensureCustomer } from '../customers/ensure-customer.ts'
import { paymentOverdue, requireCurrency } from '../plans/choose-plan.ts'
import { findLiveSubscription } from '../plans/current-plan.ts'
import { ensurePrice } from '../plans/ensure-prices.ts'
import { findPack } from '../plans/packs-repository.ts'
import type { StoredPack } from '../plans/stored-plan.ts'
import { requireBuyer } from '../require-buyer.ts'

export function packPriceOf({ pack, currency }: { pack: StoredPack; currency: string }): number {
  const price = pack.body.prices.find((each) => each.currency === currency)
  if (price) return price.amount_minor
  const currencies = pack.body.prices.map((each) => each.currency)
  throw new Problem('invalid_request', `currency: this credit is sold in ${currencies.join(', ')}`, {
    param: 'currency',
    facts: { currencies: currencies.join(' ') },
  })
}

export async function buyCredit({
  packId,
  input,
  ctx,
}: {
  packId: string
  input: BuyCredit
  ctx: BillingContext
}): Promise<Redirect> {
  const { organizationId } = requireBuyer(ctx)
  const { currency, quantity } = input
  const pack = await findPack({ packId, ctx })
  if (!pack || pack.archived) throw notFound('credit pack')
  const amountMinor = packPriceOf({ pack, currency })
  const live = await findLiveSubscription({ organizationId, ctx })
  if (live && (live.status === 'past_due' || live.status === 'unpaid')) throw paymentOverdue(live.payUrl)
  const customer = await ensureCustomer({ organizationId, ctx })
  requireCurrency({ currency, fixed: customer.currency })
  const item = { kind: 'credit_pack', itemId: pack.id, version: pack.version, interval: 'once', currency } as const
  const priceId = await ensurePrice({ wanted: { item, name: pack.body.name, amountMinor }, ctx })
  const metadata = {
    organization_id: organizationId,
    purpose: 'credit_pack',
    pack_id: pack.id,
    pack_version: String(pack.version),
    quantity: String(quantity),
  }
  const params: Stripe.Checkout.SessionCreateParams = {
    ...sessionParams({ organizationId, customerId: customer.id, input, ctx }),
    mode: 'payment',
    metadata,
    line_items: [{ price: priceId, quantity }],
    invoice_creation: { enabled: true, invoice_data: { metadata } },
    payment_intent_data: { metadata: { organization_id: organizationId } },
    allow_promotion_codes: true,
  }
  return openSession({ organizationId, kind: 'credit_pack', params, ctx })
}
