import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import { mergeMetadata } from '../metadata.ts'
import { boolean, decimal, integer, metadata, object, oneOf, required, string, type Values } from '../params.ts'
import type { Price } from '../tables.ts'

export const taxBehaviour = () => oneOf('exclusive', 'inclusive', 'unspecified')

export const recurring = () =>
  object({
    interval: required(oneOf('day', 'month', 'week', 'year')),
    interval_count: integer({ min: 1, max: 36 }),
    meter: string(),
    trial_period_days: integer({ min: 1 }),
    usage_type: oneOf('licensed', 'metered'),
  })

/** A price that is described in place, as lines of a checkout session and a product's default do. */
export const priceData = {
  currency: required(string()),
  metadata: metadata(),
  recurring: recurring(),
  tax_behavior: taxBehaviour(),
  unit_amount: integer(),
  unit_amount_decimal: decimal(),
}

export const creatable = {
  ...priceData,
  active: boolean(),
  billing_scheme: oneOf('per_unit'),
  lookup_key: string(),
  nickname: string(),
  product: required(string()),
  transfer_lookup_key: boolean(),
  transform_quantity: object({
    divide_by: required(integer({ min: 1 })),
    round: required(oneOf('down', 'up')),
  }),
}

export type PriceGiven = Values<typeof creatable>

/** A key names one price: it is taken from the other only where that is asked for. */
export function claimLookupKey(
  engine: Engine,
  key: string | undefined,
  { transfer, by }: { transfer: boolean; by?: string },
) {
  if (!key) return
  const holder = engine.store.list('price').find((price) => price.lookup_key === key && price.id !== by)
  if (!holder) return
  if (!transfer)
    throw invalid(`A price (${holder.id}) already uses that lookup key.`, {
      param: 'lookup_key',
      code: 'resource_already_exists',
    })
  engine.store.put('price', { ...holder, lookup_key: null })
}

/** Whole cents have both forms; parts of a cent only the decimal one. */
function amountsOf({ unit_amount, unit_amount_decimal }: PriceGiven) {
  if (unit_amount !== undefined && unit_amount_decimal !== undefined)
    throw invalid('You may only specify one of these parameters: unit_amount, unit_amount_decimal.')
  if (unit_amount !== undefined) return { unit_amount, unit_amount_decimal: String(unit_amount) }
  if (unit_amount_decimal === undefined)
    throw invalid('Prices require an `unit_amount` or `unit_amount_decimal` parameter to be set.', {
      code: 'parameter_missing',
      param: 'unit_amount',
    })
  const [whole = '0', part = ''] = unit_amount_decimal.split('.')
  const digits = part.replace(/0+$/, '')
  return { unit_amount: digits ? null : Number(whole), unit_amount_decimal: digits ? `${whole}.${digits}` : whole }
}

function recurringOf(engine: Engine, given: PriceGiven['recurring']): Price['recurring'] {
  if (!given) return null
  const usage = given.usage_type ?? 'licensed'
  if (given.meter) engine.need('billing.meter', given.meter, 'recurring[meter]')
  if (usage === 'metered' && !given.meter)
    throw invalid('Metered prices must be backed by a meter: give `recurring[meter]`.', {
      param: 'recurring[meter]',
      code: 'parameter_missing',
    })
  if (usage === 'licensed' && given.meter)
    throw invalid('A price with a meter must have `recurring[usage_type]` metered.', { param: 'recurring[usage_type]' })
  return {
    interval: given.interval,
    interval_count: given.interval_count ?? 1,
    meter: given.meter ?? null,
    trial_period_days: given.trial_period_days ?? null,
    usage_type: usage,
  }
}

export function addPrice(engine: Engine, given: PriceGiven): Price {
  const currency = given.currency.toLowerCase()
  if (!/^[a-z]{3}$/.test(currency)) throw invalid(`Invalid currency: ${given.currency}`, { param: 'currency' })
  const product = engine.need('product', given.product, 'product')
  claimLookupKey(engine, given.lookup_key, { transfer: given.transfer_lookup_key === true })
  const price: Price = {
    id: engine.id('price'),
    object: 'price',
    active: given.active !== false,
    billing_scheme: 'per_unit',
    created: engine.now(),
    currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: given.lookup_key ?? null,
    metadata: mergeMetadata(null, given.metadata),
    nickname: given.nickname ?? null,
    product: product.id,
    recurring: recurringOf(engine, given.recurring),
    tax_behavior: given.tax_behavior ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: given.transform_quantity ?? null,
    type: given.recurring ? 'recurring' : 'one_time',
    ...amountsOf(given),
  }
  engine.store.put('price', price)
  engine.emit('price.created', price)
  return price
}
