import type Stripe from 'stripe'
import { isMissing } from '../stripe.ts'
import type { Coupon } from './catalogue.ts'
import { write, type SyncContext } from './context.ts'

async function presentCoupon(id: string, { stripe }: SyncContext): Promise<Stripe.Coupon | null> {
  try {
    return await stripe.coupons.retrieve(id)
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

const toCoupon = (coupon: Coupon): Stripe.CouponCreateParams => ({
  id: coupon.id,
  name: coupon.name,
  duration: coupon.duration,
  ...(coupon.duration_in_months !== undefined && { duration_in_months: coupon.duration_in_months }),
  ...(coupon.percent_off !== undefined && { percent_off: coupon.percent_off }),
  ...(coupon.amount_off && { amount_off: coupon.amount_off.amount_minor, currency: coupon.amount_off.currency }),
  ...(coupon.max_redemptions !== undefined && { max_redemptions: coupon.max_redemptions }),
  metadata: { riwaq_kind: 'coupon' },
})

const same = (coupon: Coupon, present: Stripe.Coupon): boolean =>
  present.percent_off === (coupon.percent_off ?? null) &&
  present.amount_off === (coupon.amount_off?.amount_minor ?? null) &&
  (present.currency ?? null) === (coupon.amount_off?.currency ?? null) &&
  present.duration === coupon.duration &&
  (present.duration_in_months ?? null) === (coupon.duration_in_months ?? null)

async function syncCodes({ id, codes }: Coupon, ctx: SyncContext): Promise<void> {
  for (const code of codes) {
    const { data } = await ctx.stripe.promotionCodes.list({ code, limit: 100 })
    const active = data.find((each) => each.active)
    if (!active)
      await write(ctx, { kind: 'promotion_code', name: code, action: 'create', fields: [] }, (options) =>
        ctx.stripe.promotionCodes.create({ code, promotion: { type: 'coupon', coupon: id } }, options),
      )
  }
}

export async function syncCoupons(coupons: Coupon[], ctx: SyncContext): Promise<void> {
  for (const coupon of coupons) {
    const present = await presentCoupon(coupon.id, ctx)
    if (present && !same(coupon, present))
      ctx.warn(`The coupon ${coupon.id} gives something else at Stripe, where a coupon never changes: take another id.`)
    if (present && present.name !== coupon.name)
      await write(ctx, { kind: 'coupon', name: coupon.id, action: 'update', fields: ['name'] }, (options) =>
        ctx.stripe.coupons.update(coupon.id, { name: coupon.name }, options),
      )
    if (!present)
      await write(ctx, { kind: 'coupon', name: coupon.id, action: 'create', fields: [] }, (options) =>
        ctx.stripe.coupons.create(toCoupon(coupon), options),
      )
    await syncCodes(coupon, ctx)
  }
}
