// `expand[]`: an id in the answer becomes its object, and fields that are left out otherwise appear.
import type { Engine } from './engine.ts'
import { invalid } from './errors.ts'
import type { Include, Resource } from './resource.ts'
import type { TypeName } from './tables.ts'

const byPrefix: Record<string, TypeName> = {
  cus: 'customer',
  txi: 'tax_id',
  prod: 'product',
  price: 'price',
  promo: 'promotion_code',
  pm: 'payment_method',
  pi: 'payment_intent',
  seti: 'setup_intent',
  ch: 'charge',
  cs: 'checkout.session',
  bpc: 'billing_portal.configuration',
  in: 'invoice',
  ii: 'invoiceitem',
  inpay: 'invoice_payment',
  sub: 'subscription',
  si: 'subscription_item',
  sub_sched: 'subscription_schedule',
  cn: 'credit_note',
  re: 'refund',
  du: 'dispute',
  mtr: 'billing.meter',
  txr: 'tax_rate',
  di: 'discount',
  clock: 'test_helpers.test_clock',
}

/** Products and coupons may have ids that their maker chose: the field says what they are. */
const byField: Record<string, TypeName> = { product: 'product', coupon: 'coupon' }

function find(engine: Engine, field: string, id: string): object | undefined {
  const prefix = /^(.*)_[^_]*$/.exec(id.replace(/^cs_test_/, 'cs_'))?.[1] ?? ''
  const type = byField[field] ?? byPrefix[prefix]
  return type && engine.store.get(type, id)
}

type Fields = Record<string, unknown>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function refuse(path: string): never {
  throw invalid(
    `This property cannot be expanded (${path}). You may want to try expanding 'data.${path}' instead, or the property does not exist.`,
    { param: 'expand' },
  )
}

export class Expander {
  readonly #includes = new Map<string, Include>()

  constructor(resources: Resource[]) {
    for (const { includes = {} } of resources)
      for (const [name, include] of Object.entries(includes)) this.#includes.set(name, include)
  }

  expand(engine: Engine, answer: object, paths: string[]): object {
    const copy = structuredClone(answer) as Fields
    // Nothing is left to expand of what was deleted.
    if (copy.deleted === true) return copy
    // What is deleted has nothing left to expand, and that is no fault of who asks.
    if (copy['deleted'] === true) return copy
    for (const path of paths) this.#walk(engine, copy, path.split('.'), path)
    return copy
  }

  #walk(engine: Engine, holder: Fields, [field, ...rest]: string[], path: string): void {
    if (field === undefined) return
    const value = this.#open(engine, holder, field, path)
    holder[field] = value
    for (const each of Array.isArray(value) ? value : [value]) if (isFields(each)) this.#walk(engine, each, rest, path)
  }

  #open(engine: Engine, holder: Fields, field: string, path: string): unknown {
    const value = holder[field]
    if (typeof value === 'string') return find(engine, field, value) ?? refuse(path)
    if (Array.isArray(value))
      return value.map((each: unknown) => (typeof each === 'string' ? (find(engine, field, each) ?? each) : each))
    const include = this.#includes.get(`${String(holder.object)}.${field}`)
    if (value === undefined && include && typeof holder.id === 'string')
      return include(holder as Fields & { id: string }, engine)
    if (value === undefined) refuse(path)
    return value
  }
}
