import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import type { Price } from '../tables.ts'

export interface PriceData {
  currency: string
  product: string
  recurring?: { interval: 'day' | 'week' | 'month' | 'year'; interval_count?: number }
  tax_behavior?: 'inclusive' | 'exclusive' | 'unspecified'
  unit_amount?: number
  unit_amount_decimal?: string
}

/** A price that was described instead of named: it exists, but cannot be used again. */
export function inlinePrice(engine: Engine, data: PriceData): Price {
  engine.need('product', data.product, 'price_data[product]')
  const amount = data.unit_amount_decimal ?? (data.unit_amount === undefined ? null : String(data.unit_amount))
  if (amount === null) throw invalid('Missing required param: price_data[unit_amount].', { param: 'price_data' })
  const price: Price = {
    id: engine.id('price'),
    object: 'price',
    active: true,
    billing_scheme: 'per_unit',
    created: engine.now(),
    currency: data.currency.toLowerCase(),
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product: data.product,
    recurring: data.recurring
      ? {
          interval: data.recurring.interval,
          interval_count: data.recurring.interval_count ?? 1,
          meter: null,
          trial_period_days: null,
          usage_type: 'licensed',
        }
      : null,
    tax_behavior: data.tax_behavior ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: data.recurring ? 'recurring' : 'one_time',
    unit_amount: /^-?\d+$/.test(amount) ? Number(amount) : null,
    unit_amount_decimal: amount,
  }
  engine.store.put('price', price)
  return price
}

interface WithInlinePrice {
  price?: string
  plan?: string
  price_data?: PriceData
}

/** Items that describe their price get one with a name. */
export const named = <T extends WithInlinePrice>(engine: Engine, item: T): Omit<T, 'price_data' | 'plan'> => {
  const { price_data: data, plan, ...rest } = item
  const price = data ? inlinePrice(engine, data).id : (item.price ?? plan)
  return { ...rest, ...(price !== undefined && { price }) }
}
