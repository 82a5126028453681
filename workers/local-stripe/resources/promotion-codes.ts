// Promotion codes: the words that customers type for a coupon.
import type { Engine } from '../engine.ts'
import { invalid, missingParameter } from '../errors.ts'
import { pageOf } from '../lists.ts'
import { mergeMetadata } from '../metadata.ts'
import { boolean, integer, listParams, metadata, object, oneOf, required, string, type Values } from '../params.ts'
import { route, type Resource } from '../resource.ts'
import type { PromotionCode } from '../tables.ts'
import { isRedeemable } from './coupons.ts'
import { save } from './saved.ts'

const creatable = {
  active: boolean(),
  code: string(),
  customer: string(),
  expires_at: integer(),
  max_redemptions: integer({ min: 1 }),
  metadata: metadata(),
  promotion: object({ coupon: string(), type: required(oneOf('coupon')) }),
  restrictions: object({
    first_time_transaction: boolean(),
    minimum_amount: integer({ min: 1 }),
    minimum_amount_currency: string(),
  }),
}

/** Coupons are one kind of promotion since. */
const legacy = { coupon: string() }

const sameCode = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()

function addPromotionCode(engine: Engine, given: Values<typeof creatable>, named?: string): PromotionCode {
  const coupon = given.promotion?.coupon ?? named
  if (!coupon) throw missingParameter('promotion')
  engine.need('coupon', coupon, 'promotion[coupon]')
  if (given.customer) engine.need('customer', given.customer, 'customer')
  const code = given.code ?? engine.config.random(8).toUpperCase()
  if (!/^[\w-]{1,100}$/.test(code))
    throw invalid('Promotion codes consist of letters, digits and dashes.', { param: 'code' })
  if (engine.store.list('promotion_code').some((each) => each.active && sameCode(each.code, code)))
    throw invalid(`An active promotion code with \`code: ${code}\` already exists.`, {
      param: 'code',
      code: 'resource_already_exists',
    })
  const promotionCode: PromotionCode = {
    id: engine.id('promo'),
    object: 'promotion_code',
    active: given.active ?? true,
    code,
    created: engine.now(),
    customer: given.customer ?? null,
    customer_account: null,
    expires_at: given.expires_at ?? null,
    livemode: false,
    max_redemptions: given.max_redemptions ?? null,
    metadata: mergeMetadata(null, given.metadata),
    promotion: { coupon, type: 'coupon' },
    restrictions: {
      first_time_transaction: given.restrictions?.first_time_transaction ?? false,
      minimum_amount: given.restrictions?.minimum_amount ?? null,
      minimum_amount_currency: given.restrictions?.minimum_amount_currency?.toLowerCase() ?? null,
    },
    times_redeemed: 0,
  }
  engine.store.put('promotion_code', promotionCode)
  engine.emit('promotion_code.created', promotionCode)
  return promotionCode
}

/** The code that a customer typed, where it may be used for that. */
export function usableCode(
  engine: Engine,
  { code, customer, amount, currency }: { code: string; customer: string | null; amount: number; currency: string },
): PromotionCode | null {
  const now = engine.now({ customer })
  const found = engine.store.list('promotion_code').find((each) => each.active && sameCode(each.code, code.trim()))
  const coupon = found?.promotion.coupon ? engine.store.get('coupon', found.promotion.coupon) : undefined
  if (!found || !coupon || !isRedeemable(coupon, now)) return null
  if (coupon.currency !== null && coupon.currency !== currency) return null
  if (found.customer !== null && found.customer !== customer) return null
  if (found.expires_at !== null && found.expires_at <= now) return null
  if (found.max_redemptions !== null && found.times_redeemed >= found.max_redemptions) return null
  const { minimum_amount: minimum, first_time_transaction: isFirstOnly } = found.restrictions
  if (minimum !== null && amount < minimum) return null
  if (isFirstOnly && customer && engine.store.list('charge', { customer }).some(({ paid }) => paid)) return null
  return found
}

export function redeemPromotionCode(engine: Engine, id: string): void {
  const code = engine.need('promotion_code', id, 'promotion_code')
  const times = code.times_redeemed + 1
  const isUsedUp = code.max_redemptions !== null && times >= code.max_redemptions
  engine.store.put('promotion_code', { ...code, times_redeemed: times, active: code.active && !isUsedUp })
}

export const promotionCodes: Resource = {
  routes: [
    route({
      method: 'POST',
      path: '/v1/promotion_codes',
      params: creatable,
      legacy,
      handler: ({ engine, params: { coupon, ...params } }) => addPromotionCode(engine, params, coupon),
    }),
    route({
      method: 'GET',
      path: '/v1/promotion_codes',
      params: { ...listParams, active: boolean(), code: string(), coupon: string(), customer: string() },
      handler: ({ engine, params, url }) =>
        pageOf({
          items: engine.store
            .list('promotion_code', { customer: params.customer })
            .filter(({ active }) => params.active === undefined || active === params.active)
            .filter(({ code }) => params.code === undefined || sameCode(code, params.code))
            .filter(({ promotion }) => params.coupon === undefined || promotion.coupon === params.coupon),
          query: params,
          url,
        }),
    }),
    route({
      method: 'GET',
      path: '/v1/promotion_codes/:id',
      params: {},
      handler: ({ engine, path }) => engine.need('promotion_code', path.id),
    }),
    route({
      method: 'POST',
      path: '/v1/promotion_codes/:id',
      params: { active: boolean(), metadata: metadata() },
      handler({ engine, path, params }) {
        const before = engine.need('promotion_code', path.id)
        const after = {
          ...before,
          active: params.active ?? before.active,
          metadata: mergeMetadata(before.metadata, params.metadata),
        }
        return save({ engine, type: 'promotion_code', event: 'promotion_code.updated', before, after })
      },
    }),
  ],
}
