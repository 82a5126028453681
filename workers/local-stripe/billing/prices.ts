import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import type { Price } from '../tables.ts'
import { moneyText } from './money-text.ts'
import type { BillingInterval } from './periods.ts'
import { amountOf } from './rounding.ts'

export const productOf = (price: Price): string =>
  typeof price.product === 'string' ? price.product : String(price.product)

export const isMetered = (price: Price): boolean => price.recurring?.usage_type === 'metered'

export const taxBehaviorOf = (price: Price): 'inclusive' | 'exclusive' =>
  price.tax_behavior === 'inclusive' ? 'inclusive' : 'exclusive'

export const unitAmountOf = (price: Price): string => String(price.unit_amount_decimal ?? price.unit_amount ?? 0)

function billedQuantity({ price, quantity }: { price: Price; quantity: number }): number {
  const transform = price.transform_quantity
  if (!transform) return quantity
  const parts = quantity / transform.divide_by
  return transform.round === 'up' ? Math.ceil(parts) : Math.floor(parts)
}

export function priceAmount({ price, quantity }: { price: Price; quantity: number }): number {
  if (price.billing_scheme === 'tiered') throw invalid('Tiered prices are not offered by this local stand-in.')
  return amountOf({ unitAmountDecimal: unitAmountOf(price), quantity: billedQuantity({ price, quantity }) })
}

export function intervalOf(price: Price): { interval: BillingInterval; intervalCount: number } {
  const interval = (['day', 'week', 'month', 'year'] as const).find((known) => known === price.recurring?.interval)
  if (!price.recurring || !interval) {
    throw invalid(
      `The price specified is set to \`type=one_time\` but this field only accepts prices with \`type=recurring\`.`,
      { param: 'items[0][price]' },
    )
  }
  return { interval, intervalCount: price.recurring.interval_count }
}

export function productName(engine: Engine, price: Price): string {
  return engine.store.get('product', productOf(price))?.name ?? productOf(price)
}

/** `2 × Team (at $25.00 / month)` */
export function priceText({ engine, price, quantity }: { engine: Engine; price: Price; quantity: number }): string {
  const each = moneyText({ amount: Number(unitAmountOf(price)), currency: price.currency })
  const every = price.recurring
  const span =
    every && (every.interval_count === 1 ? every.interval : `every ${every.interval_count} ${every.interval}s`)
  return `${quantity} × ${productName(engine, price)} (at ${each}${span ? ` / ${span}` : ''})`
}

/** A price that may be subscribed to. */
export function recurringPrice(engine: Engine, id: string, param: string): Price {
  const price = engine.need('price', id, param)
  intervalOf(price)
  if (!price.active) {
    throw invalid(`The price specified is inactive. This field only accepts active prices.`, { param })
  }
  return price
}
