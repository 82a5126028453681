import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import type { Coupon, Customer, Discount, Subscription } from '../tables.ts'
import { discountEnd, type DiscountTerms } from './discounts.ts'

export interface DiscountParam {
  coupon?: string
  discount?: string
  promotion_code?: string
}

export interface DiscountHolder {
  customer: string | null
  subscription?: string | null
  invoice?: string | null
  checkoutSession?: string | null
}

function couponOf(engine: Engine, given: DiscountParam): { coupon: Coupon; promotionCode: string | null } {
  if (given.promotion_code === undefined) {
    return { coupon: engine.need('coupon', given.coupon ?? '', 'coupon'), promotionCode: null }
  }
  const code = engine.need('promotion_code', given.promotion_code, 'promotion_code')
  const id = code.promotion.coupon
  if (!code.active || !id) throw invalid('This promotion code is inactive.', { param: 'discounts[0][promotion_code]' })
  return { coupon: engine.need('coupon', id, 'coupon'), promotionCode: code.id }
}

/** Makes the discount that a coupon or a promotion code gives to its holder; nothing is stored yet. */
export function newDiscount(
  engine: Engine,
  { given, holder, now }: { given: DiscountParam; holder: DiscountHolder; now: number },
): Discount {
  const known = given.discount === undefined ? undefined : engine.store.get('discount', given.discount)
  if (known) return known
  const { coupon, promotionCode } = couponOf(engine, given)
  const isOver = coupon.redeem_by !== null && coupon.redeem_by <= now
  if (!coupon.valid || isOver)
    throw invalid(`Coupon ${coupon.id} is expired.`, { code: 'coupon_expired', param: 'coupon' })
  const months = coupon.duration_in_months
  return {
    id: engine.id('di'),
    object: 'discount',
    checkout_session: holder.checkoutSession ?? null,
    customer: holder.customer,
    customer_account: null,
    end: discountEnd({ coupon: { duration: coupon.duration, durationInMonths: months }, start: now }),
    invoice: holder.invoice ?? null,
    invoice_item: null,
    promotion_code: promotionCode,
    source: { coupon: coupon.id, type: 'coupon' },
    start: now,
    subscription: holder.subscription ?? null,
    subscription_item: null,
  }
}

/** Stores discounts that are new, counts the coupon's uses and tells it. */
export function keepDiscounts(engine: Engine, discounts: Discount[]): string[] {
  for (const discount of discounts) {
    if (engine.store.get('discount', discount.id)) continue
    engine.store.put('discount', discount)
    countUse(engine, discount)
    if (discount.invoice === null) engine.emit('customer.discount.created', discount)
  }
  return discounts.map(({ id }) => id)
}

function countUse(engine: Engine, discount: Discount): void {
  const coupon = discount.source.coupon ? engine.store.get('coupon', discount.source.coupon) : undefined
  if (coupon) {
    const times = coupon.times_redeemed + 1
    const isUsedUp = coupon.max_redemptions !== null && times >= coupon.max_redemptions
    engine.store.put('coupon', { ...coupon, times_redeemed: times, valid: coupon.valid && !isUsedUp })
  }
  const code = discount.promotion_code ? engine.store.get('promotion_code', discount.promotion_code) : undefined
  if (!code) return
  const times = code.times_redeemed + 1
  const isUsedUp = code.max_redemptions !== null && times >= code.max_redemptions
  engine.store.put('promotion_code', { ...code, times_redeemed: times, active: code.active && !isUsedUp })
}

export function endDiscount(engine: Engine, discount: Discount): void {
  engine.emit('customer.discount.deleted', discount)
}

/** The terms of those that hold at an instant, in their order. */
export function termsOf(
  engine: Engine,
  { discounts, at, currency }: { discounts: Discount[]; at: number; currency: string },
): DiscountTerms[] {
  return discounts.flatMap((discount) => {
    const coupon = discount.source.coupon ? engine.store.get('coupon', discount.source.coupon) : undefined
    if (!coupon || (discount.end !== null && discount.end <= at)) return []
    const amountOff =
      coupon.currency === currency ? coupon.amount_off : (coupon.currency_options?.[currency]?.amount_off ?? null)
    if (coupon.percent_off === null && amountOff === null) return []
    const products = coupon.applies_to?.products ?? null
    return [{ id: discount.id, percentOff: coupon.percent_off, amountOff, products }]
  })
}

const stored = (engine: Engine, ids: string[]) =>
  ids.map((id) => engine.store.get('discount', id)).filter((found): found is Discount => found !== undefined)

/** A subscription's own discounts go before those of its customer, they are not added to each other. */
export function discountsFor(
  engine: Engine,
  { customer, subscription }: { customer: Customer; subscription: Subscription | null },
): Discount[] {
  if (subscription && subscription.discounts.length > 0) return stored(engine, subscription.discounts)
  const own = customer.discount
  return own ? [own] : []
}

export function isOnce(engine: Engine, discount: Discount): boolean {
  const coupon = discount.source.coupon ? engine.store.get('coupon', discount.source.coupon) : undefined
  return coupon?.duration === 'once'
}
