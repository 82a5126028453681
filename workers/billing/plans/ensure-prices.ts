// Prices at Stripe for what is sold here: found by their lookup key, or made, when something is first sold. The same again
// changes nothing. `npm run stripe:sync` makes all of them at once, under the same names.
import type Stripe from 'stripe'
import type { LocalText } from '#shared/contracts/plans'
import { Problem } from '#shared/http/problems'
import type { BillingSystem } from '../context.ts'
import { stripeOf } from '../stripe-of.ts'
import { lookupKeyOf as nameKey, priceMetadata, productIdOf, type PriceName } from '../stripe-sync/price-names.ts'
import { askStripe, expectObject, isMissing, refusalOf } from '../stripe.ts'
import { findPriceOf, savePrice, type PricedItem, type StripePrice } from './prices-repository.ts'
import type { StoredPack, StoredPlan } from './stored-plan.ts'

export type PricesContext = Pick<BillingSystem, 'db' | 'clock' | 'stripe' | 'settings' | 'logger'>

/** What Stripe Tax takes it for: software as a service, for business. */
const TAX_CODE = 'txcd_10103001'

const nameOf = ({ itemId: item, ...rest }: PricedItem): PriceName => ({ ...rest, item })

export const lookupKeyOf = (item: PricedItem): string => nameKey(nameOf(item))

export interface Wanted {
  item: PricedItem
  name: LocalText
  /** In the smallest unit. */
  amountMinor: number
}

export async function ensureProduct({ wanted, ctx }: { wanted: Wanted; ctx: PricesContext }): Promise<string> {
  const stripe = stripeOf(ctx)
  const id = productIdOf(nameOf(wanted.item))
  const { name } = wanted
  try {
    const found = expectObject(await askStripe(() => stripe.products.retrieve(id)), 'product')
    if (found.active && found.name === name.en) return id
    // The name is only what invoices say from now on.
    await askStripe(() => stripe.products.update(id, { name: name.en, active: true }))
    return id
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  try {
    const { kind, itemId } = wanted.item
    const made = await askStripe(() =>
      stripe.products.create(
        { id, name: name.en, tax_code: TAX_CODE, metadata: { riwaq_kind: kind, riwaq_item: itemId, name_ar: name.ar } },
        { idempotencyKey: `product:${id}:${name.en}` },
      ),
    )
    return expectObject(made, 'product').id
  } catch (error) {
    // Another made it meanwhile.
    if (refusalOf(error) === 'resource_already_exists') return id
    throw error
  }
}

const fits = (price: Stripe.Price, { item, amountMinor }: Wanted): boolean =>
  price.active &&
  price.currency === item.currency &&
  price.unit_amount === amountMinor &&
  (price.recurring?.interval ?? 'once') === item.interval

async function retrieveFitting(id: string, { wanted, ctx }: { wanted: Wanted; ctx: PricesContext }) {
  try {
    const price = expectObject(await askStripe(() => stripeOf(ctx).prices.retrieve(id)), 'price')
    return fits(price, wanted) ? price : null
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

const toRow = (price: Stripe.Price, { item, amountMinor }: Wanted): StripePrice => ({
  ...item,
  id: price.id,
  productId: typeof price.product === 'string' ? price.product : price.product.id,
  amountMinor,
  active: true,
})

async function makePrice({ wanted, ctx, replaces }: { wanted: Wanted; ctx: PricesContext; replaces: string }) {
  const { item, amountMinor } = wanted
  const product = await ensureProduct({ wanted, ctx })
  const price = await askStripe(() =>
    stripeOf(ctx).prices.create(
      {
        product,
        currency: item.currency,
        unit_amount: amountMinor,
        tax_behavior: 'exclusive',
        lookup_key: lookupKeyOf(item),
        transfer_lookup_key: true,
        metadata: priceMetadata(nameOf(item)),
        ...(item.interval !== 'once' && { recurring: { interval: item.interval } }),
      },
      { idempotencyKey: `price:${lookupKeyOf(item)}:${amountMinor}:${replaces}` },
    ),
  )
  return expectObject(price, 'price')
}

/** The price's id at Stripe. */
export async function ensurePrice({ wanted, ctx }: { wanted: Wanted; ctx: PricesContext }): Promise<string> {
  const { item } = wanted
  const known = await findPriceOf({ item, ctx })
  if (known && (await retrieveFitting(known.id, { wanted, ctx }))) return known.id
  try {
    const lookupKey = lookupKeyOf(item)
    const listed = expectObject(
      await askStripe(() => stripeOf(ctx).prices.list({ lookup_keys: [lookupKey], limit: 1 })),
      'list',
    )
    const found = listed.data[0]
    const isUsable = found !== undefined && fits(found, wanted)
    const replaces = found?.id ?? known?.id ?? 'none'
    if (!isUsable && replaces !== 'none')
      ctx.logger.warn('stripe-price-replaced', { lookup_key: lookupKey, price_id: replaces })
    const price = isUsable ? found : await makePrice({ wanted, ctx, replaces })
    await savePrice({ price: toRow(price, wanted), ctx })
    return price.id
  } catch (error) {
    if (refusalOf(error) === null) throw error
    throw new Problem('conflict', 'The payment service does not sell this right now. Nothing was charged.', {
      internal: error instanceof Error ? error.message : String(error),
    })
  }
}

/** Everything that the sold version of a plan is sold for. */
export const wantedOfPlan = ({ id, version, body }: StoredPlan): Wanted[] =>
  body.prices.map(({ interval, currency, amount_minor: amountMinor }) => ({
    item: { kind: 'plan', itemId: id, version, interval, currency },
    name: body.name,
    amountMinor,
  }))

export const wantedOfPack = ({ id, version, body }: StoredPack): Wanted[] =>
  body.prices.map(({ currency, amount_minor: amountMinor }) => ({
    item: { kind: 'credit_pack', itemId: id, version, interval: 'once', currency },
    name: body.name,
    amountMinor,
  }))
