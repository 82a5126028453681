// The products and prices that a catalogue needs at Stripe. Pure: what there is, is looked at elsewhere.
import type { PlanInterval } from '#shared/contracts/plans'
import type { Catalogue } from './catalogue.ts'
import { lookupKeyOf, METER_PRODUCT, productIdOf, type PriceName } from './price-names.ts'

export interface WantedProduct {
  id: string
  name: string
  description: string
  metadata: Record<string, string>
}

export interface WantedPrice extends PriceName {
  product: string
  lookupKey: string
  /** Whole smallest units, or (for what is metered) a part of one. */
  amount: { minor: number } | { decimal: string }
  nickname: string
}

/** Stripe takes a price and its product by our own names, so that a second run finds what the first has made. */
const priced = (name: PriceName, amount: WantedPrice['amount'], nickname: string): WantedPrice => ({
  ...name,
  product: name.kind === 'overage' ? METER_PRODUCT : productIdOf(name),
  lookupKey: lookupKeyOf(name),
  amount,
  nickname,
})

export const overageProduct: WantedProduct = {
  id: METER_PRODUCT,
  name: 'Overage',
  description: 'Credit that was used beyond what the plan includes.',
  metadata: { riwaq_kind: 'overage', riwaq_item: 'overage' },
}

export function wantedProducts({ plans, creditPacks }: Catalogue): WantedProduct[] {
  return [
    ...plans
      .filter(({ body }) => body.kind !== 'free')
      .map(({ id, body }) => ({
        id: productIdOf({ kind: 'plan', item: id }),
        name: body.name.en,
        description: body.description.en,
        metadata: { riwaq_kind: 'plan', riwaq_item: id, name_ar: body.name.ar },
      })),
    ...creditPacks.map(({ id, body }) => ({
      id: productIdOf({ kind: 'credit_pack', item: id }),
      name: body.name.en,
      description: body.name.en,
      metadata: { riwaq_kind: 'credit_pack', riwaq_item: id, name_ar: body.name.ar },
    })),
    overageProduct,
  ]
}

export function wantedPrices({ plans, creditPacks }: Catalogue): WantedPrice[] {
  const ofPlans = plans.flatMap(({ id, version, body }) =>
    body.prices.map(({ interval, currency, amount_minor }) =>
      priced(
        { kind: 'plan', item: id, version, interval, currency },
        { minor: amount_minor },
        `${body.name.en} ${interval} ${currency} v${version}`,
      ),
    ),
  )
  const ofPacks = creditPacks.flatMap(({ id, version, body }) =>
    body.prices.map(({ currency, amount_minor }) =>
      priced(
        { kind: 'credit_pack', item: id, version, interval: 'once', currency },
        { minor: amount_minor },
        `${body.name.en} ${currency} v${version}`,
      ),
    ),
  )
  return [...ofPlans, ...ofPacks]
}

export const overagePrices = (rates: Record<string, string>): WantedPrice[] =>
  Object.entries(rates).flatMap(([currency, decimal]) =>
    (['month', 'year'] as const satisfies readonly PlanInterval[]).map((interval) =>
      priced(
        { kind: 'overage', item: 'overage', version: 1, interval, currency },
        { decimal },
        `Overage ${interval} ${currency}`,
      ),
    ),
  )
