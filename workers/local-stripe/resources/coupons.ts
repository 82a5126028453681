// Coupons: what is taken off, and for how long.
import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import { pageOf } from '../lists.ts'
import { mergeMetadata } from '../metadata.ts'
import {
  emptyable,
  integer,
  list,
  listParams,
  metadata,
  number,
  object,
  oneOf,
  string,
  type Values,
} from '../params.ts'
import { route, type Resource } from '../resource.ts'
import type { Coupon } from '../tables.ts'
import { save } from './saved.ts'

const creatable = {
  amount_off: integer({ min: 1 }),
  applies_to: object({ products: list(string()) }),
  currency: string(),
  duration: oneOf('forever', 'once', 'repeating'),
  duration_in_months: integer({ min: 1 }),
  id: string(),
  max_redemptions: integer({ min: 1 }),
  metadata: metadata(),
  name: string(),
  percent_off: number(),
  redeem_by: integer(),
}

function check(engine: Engine, given: Values<typeof creatable>): void {
  if ((given.amount_off === undefined) === (given.percent_off === undefined))
    throw invalid('Must provide either percent_off or amount_off', { param: 'percent_off' })
  if (given.amount_off !== undefined && !given.currency)
    throw invalid('Missing required param: currency.', { code: 'parameter_missing', param: 'currency' })
  if (given.percent_off !== undefined && (given.percent_off <= 0 || given.percent_off > 100))
    throw invalid('Invalid percent_off: must be greater than 0 and at most 100', { param: 'percent_off' })
  if ((given.duration === 'repeating') !== (given.duration_in_months !== undefined))
    throw invalid('You must pass duration_in_months exactly when duration is repeating', {
      param: 'duration_in_months',
    })
  if (given.id && engine.store.get('coupon', given.id))
    throw invalid('Coupon already exists.', { code: 'resource_already_exists', param: 'id' })
  for (const product of given.applies_to?.products ?? []) engine.need('product', product, 'applies_to[products]')
}

/** Whether it may still be redeemed. */
export const isRedeemable = (coupon: Coupon, now: number): boolean =>
  (coupon.max_redemptions === null || coupon.times_redeemed < coupon.max_redemptions) &&
  (coupon.redeem_by === null || coupon.redeem_by > now)

function addCoupon(engine: Engine, given: Values<typeof creatable>): Coupon {
  check(engine, given)
  const coupon: Coupon = {
    id: given.id ?? engine.config.random(8),
    object: 'coupon',
    amount_off: given.amount_off ?? null,
    ...(given.applies_to?.products && { applies_to: { products: given.applies_to.products } }),
    created: engine.now(),
    currency: given.amount_off === undefined ? null : (given.currency ?? '').toLowerCase(),
    duration: given.duration ?? 'once',
    duration_in_months: given.duration_in_months ?? null,
    livemode: false,
    max_redemptions: given.max_redemptions ?? null,
    metadata: mergeMetadata(null, given.metadata),
    name: given.name ?? null,
    percent_off: given.percent_off ?? null,
    redeem_by: given.redeem_by ?? null,
    times_redeemed: 0,
    valid: true,
  }
  engine.store.put('coupon', coupon)
  engine.emit('coupon.created', coupon)
  return coupon
}

/** Somebody uses it: it is counted, and what has been used up is no longer valid. */
export function redeemCoupon(engine: Engine, id: string): Coupon {
  const coupon = engine.need('coupon', id, 'coupon')
  if (!isRedeemable(coupon, engine.now()))
    throw invalid(`Coupon expired: ${id}`, { code: 'coupon_expired', param: 'coupon' })
  const counted = { ...coupon, times_redeemed: coupon.times_redeemed + 1 }
  const redeemed = { ...counted, valid: isRedeemable(counted, engine.now()) }
  engine.store.put('coupon', redeemed)
  return redeemed
}

export const coupons: Resource = {
  routes: [
    route({
      method: 'POST',
      path: '/v1/coupons',
      params: creatable,
      handler: ({ engine, params }) => addCoupon(engine, params),
    }),
    route({
      method: 'GET',
      path: '/v1/coupons',
      params: listParams,
      handler: ({ engine, params, url }) => pageOf({ items: engine.store.list('coupon'), query: params, url }),
    }),
    route({
      method: 'GET',
      path: '/v1/coupons/:id',
      params: {},
      handler({ engine, path }) {
        const coupon = engine.need('coupon', path.id)
        return { ...coupon, valid: isRedeemable(coupon, engine.now()) }
      },
    }),
    route({
      method: 'POST',
      path: '/v1/coupons/:id',
      params: { metadata: metadata(), name: emptyable(string()) },
      handler({ engine, path, params }) {
        const before = engine.need('coupon', path.id)
        const name = params.name === undefined ? before.name : params.name || null
        const after = { ...before, name, metadata: mergeMetadata(before.metadata, params.metadata) }
        return save({ engine, type: 'coupon', event: 'coupon.updated', before, after })
      },
    }),
    route({
      method: 'DELETE',
      path: '/v1/coupons/:id',
      params: {},
      handler({ engine, path }) {
        const coupon = engine.need('coupon', path.id)
        engine.store.remove('coupon', coupon.id)
        engine.emit('coupon.deleted', { ...coupon, valid: false })
        return { id: coupon.id, object: 'coupon', deleted: true }
      },
    }),
  ],
}
