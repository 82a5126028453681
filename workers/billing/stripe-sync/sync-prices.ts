// A price at Stripe is never edited: a plan's next version has prices of its own, and the older ones stay for those who
// pay them.
import Stripe from 'stripe'
import { write, type SyncContext } from './context.ts'
import { priceMetadata } from './price-names.ts'
import type { WantedPrice } from './wanted.ts'

/** As many as Stripe takes in one question. */
const AT_ONCE = 10

async function pricesByName(names: string[], { stripe }: SyncContext): Promise<Map<string, Stripe.Price>> {
  const found = new Map<string, Stripe.Price>()
  for (let at = 0; at < names.length; at += AT_ONCE) {
    const lookup_keys = names.slice(at, at + AT_ONCE)
    const { data } = await stripe.prices.list({ lookup_keys, limit: 100 })
    for (const price of data) if (price.lookup_key) found.set(price.lookup_key, price)
  }
  return found
}

const amountFields = ({ amount }: WantedPrice): Pick<Stripe.PriceCreateParams, 'unit_amount' | 'unit_amount_decimal'> =>
  'minor' in amount ? { unit_amount: amount.minor } : { unit_amount_decimal: Stripe.Decimal.from(amount.decimal) }

const sameAmount = ({ amount }: WantedPrice, price: Stripe.Price): boolean =>
  'minor' in amount
    ? price.unit_amount === amount.minor
    : Number(String(price.unit_amount_decimal)) === Number(amount.decimal)

function toPrice(wanted: WantedPrice, meterId: string | null): Stripe.PriceCreateParams {
  return {
    ...amountFields(wanted),
    currency: wanted.currency,
    product: wanted.product,
    lookup_key: wanted.lookupKey,
    nickname: wanted.nickname,
    tax_behavior: 'exclusive',
    metadata: priceMetadata(wanted),
    ...(wanted.interval !== 'once' && {
      recurring: {
        interval: wanted.interval,
        ...(meterId !== null && { usage_type: 'metered' as const, meter: meterId }),
      },
    }),
  }
}

export interface SyncedPrice {
  id: string
  wanted: WantedPrice
}

export async function syncPrices(
  prices: WantedPrice[],
  { meterId = null, ctx }: { meterId?: string | null; ctx: SyncContext },
): Promise<SyncedPrice[]> {
  const present = await pricesByName(
    prices.map(({ lookupKey }) => lookupKey),
    ctx,
  )
  const synced: SyncedPrice[] = []
  for (const wanted of prices) {
    const name = wanted.lookupKey
    const there = present.get(name)
    if (there && !sameAmount(wanted, there)) {
      ctx.warn(`${name} has another amount at Stripe. Nobody is charged anew for it; write a new version of the plan.`)
      continue
    }
    if (there && !there.active) {
      await write(ctx, { kind: 'price', name, action: 'update', fields: ['active'] }, (options) =>
        ctx.stripe.prices.update(there.id, { active: true }, options),
      )
    }
    const made =
      there ??
      (await write(ctx, { kind: 'price', name, action: 'create', fields: [] }, (options) =>
        ctx.stripe.prices.create(toPrice(wanted, meterId), options),
      ))
    if (made) synced.push({ id: made.id, wanted })
  }
  return synced
}
