// The discount that a customer has itself, for everything that it is billed.
import type { Engine } from '../engine.ts'
import { noSuch } from '../errors.ts'
import { redeemCoupon } from '../resources/coupons.ts'
import type { Customer, Discount } from '../tables.ts'
import { endDiscount, keepDiscounts, newDiscount } from './customer-discounts.ts'

/** A discount belongs to one thing at a time: what was there before gives way. */
function replaced(engine: Engine, before: Discount, discount: Discount, coupon: string): void {
  engine.store.put('discount', discount)
  redeemCoupon(engine, coupon)
  engine.emit('customer.discount.updated', discount, before)
}

/** An empty text takes the discount away. */
export function withCoupon(engine: Engine, customer: Customer, coupon: string | undefined): Customer {
  const before = customer.discount ?? null
  if (coupon === undefined) return customer
  if (coupon === '') return before ? withoutDiscount(engine, customer) : customer
  const now = engine.now(customer)
  const discount = newDiscount(engine, { given: { coupon }, holder: { customer: customer.id }, now })
  if (before) replaced(engine, before, discount, coupon)
  else keepDiscounts(engine, [discount])
  return { ...customer, discount }
}

export function withoutDiscount(engine: Engine, customer: Customer): Customer {
  if (!customer.discount) throw noSuch('discount for customer', customer.id)
  endDiscount(engine, customer.discount)
  return { ...customer, discount: null }
}
