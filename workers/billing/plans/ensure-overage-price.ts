// The price of use beyond credit: what the meter has counted, micro for micro. Found, or made when an organization first
// allows itself such use; the one that is there is kept, whatever packs cost since.
import Stripe from 'stripe'
import type { PlanInterval } from '#shared/contracts/plans'
import { conflict } from '#shared/http/problems'
import type { BillingSystem } from '../context.ts'
import { lookupKeyOf, METER_EVENT, METER_PRODUCT, priceMetadata } from '../stripe-sync/price-names.ts'
import { stripeOf } from '../stripe-of.ts'
import { expectObject, isMissing, refusalOf, tellStripe, askStripe } from '../stripe.ts'
import { idOf } from '../sync/organization-of.ts'
import { overageRate } from './overage-rate.ts'
import { listPacks } from './packs-repository.ts'
import { savePrice } from './prices-repository.ts'

interface Asked {
  interval: PlanInterval
  currency: string
  ctx: BillingSystem
}

async function ensureMeter(ctx: BillingSystem): Promise<string> {
  const { meters } = stripeOf(ctx).billing
  const listed = expectObject(await askStripe(() => meters.list({ status: 'active', limit: 100 })), 'list')
  const found = listed.data.find(({ event_name: name }) => name === METER_EVENT)
  if (found) return found.id
  const made = await tellStripe(() =>
    meters.create(
      {
        display_name: 'Riwaq overage (micros)',
        event_name: METER_EVENT,
        default_aggregation: { formula: 'sum' },
        customer_mapping: { type: 'by_id', event_payload_key: 'stripe_customer_id' },
        value_settings: { event_payload_key: 'value' },
      },
      { idempotencyKey: `meter:${METER_EVENT}` },
    ),
  )
  return expectObject(made, 'billing.meter').id
}

async function ensureMeterProduct(ctx: BillingSystem): Promise<void> {
  const { products } = stripeOf(ctx)
  try {
    expectObject(await askStripe(() => products.retrieve(METER_PRODUCT)), 'product')
    return
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  try {
    const metadata = { riwaq_kind: 'overage', riwaq_item: 'overage' }
    const params = { id: METER_PRODUCT, name: 'Overage', metadata }
    await askStripe(() => products.create(params, { idempotencyKey: `product:${METER_PRODUCT}` }))
  } catch (error) {
    if (refusalOf(error) !== 'resource_already_exists') throw error
  }
}

async function make({ interval, currency, ctx }: Asked): Promise<Stripe.Price> {
  const rate = overageRate({ currency, packs: (await listPacks({ ctx })).map(({ body }) => body) })
  if (rate === null)
    throw conflict('What is used beyond credit is not billed in the currency of your subscription. Buy credit instead.')
  const meter = await ensureMeter(ctx)
  await ensureMeterProduct(ctx)
  const name = { kind: 'overage', item: 'overage', version: 1, interval, currency } as const
  const made = await tellStripe(() =>
    stripeOf(ctx).prices.create(
      {
        product: METER_PRODUCT,
        currency,
        unit_amount_decimal: Stripe.Decimal.from(rate),
        recurring: { interval, usage_type: 'metered', meter },
        tax_behavior: 'exclusive',
        lookup_key: lookupKeyOf(name),
        transfer_lookup_key: true,
        metadata: priceMetadata(name),
      },
      { idempotencyKey: `price:${lookupKeyOf(name)}:${rate}:${meter}` },
    ),
  )
  return expectObject(made, 'price')
}

/** In its own row the amount is that of a million micros. */
const amountOf = ({ unit_amount_decimal: decimal }: Stripe.Price): number =>
  Math.round(Number(String(decimal ?? 0)) * 1e6)

export async function ensureOveragePrice(asked: Asked): Promise<string> {
  const { interval, currency, ctx } = asked
  const name = { kind: 'overage', item: 'overage', version: 1, interval, currency } as const
  const listed = await askStripe(() =>
    stripeOf(ctx).prices.list({ lookup_keys: [lookupKeyOf(name)], active: true, limit: 1 }),
  )
  const price = expectObject(listed, 'list').data[0] ?? (await make(asked))
  const row = {
    id: price.id,
    productId: idOf(price.product) ?? METER_PRODUCT,
    kind: 'overage' as const,
    itemId: 'overage',
    version: 1,
    interval,
    currency,
    amountMinor: amountOf(price),
    active: true,
  }
  await savePrice({ price: row, ctx })
  return price.id
}
