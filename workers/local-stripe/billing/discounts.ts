import { boundary } from './periods.ts'
import { roundedQuotient } from './rounding.ts'

export interface DiscountTerms {
  id: string
  percentOff: number | null
  amountOff: number | null
  /** Products the coupon is limited to; null is everything. */
  products: string[] | null
}

export interface CouponDuration {
  duration: string
  durationInMonths: number | null
}

/** When a discount that starts now ends: `once` at the first invoice it was used on, so it has no date of its own. */
export function discountEnd({ coupon, start }: { coupon: CouponDuration; start: number }): number | null {
  if (coupon.duration !== 'repeating' || coupon.durationInMonths === null) return null
  return boundary({ anchor: start, interval: 'month', intervalCount: 1 }, coupon.durationInMonths)
}

/** Parts that add up to exactly the whole; what rounding leaves goes to the parts that lost the most. */
export function distribute({ total, weights }: { total: number; weights: number[] }): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0)
  if (sum === 0) return weights.map(() => 0)
  const exact = weights.map((weight) => (total * weight) / sum)
  const parts = exact.map((value) => Math.floor(value))
  const order = exact.map((value, index) => ({ index, loss: value - Math.floor(value) }))
  order.sort((left, right) => right.loss - left.loss || left.index - right.index)
  let missing = total - parts.reduce((all, part) => all + part, 0)
  for (const { index } of order) {
    if (missing <= 0) break
    parts[index] = (parts[index] ?? 0) + 1
    missing -= 1
  }
  return parts
}

/** What one discount takes off each line, given what earlier discounts have left of it. */
export function discountOfLines({
  terms,
  lines,
}: {
  terms: DiscountTerms
  lines: { amount: number; discountable: boolean; product: string | null }[]
}): number[] {
  const weights = lines.map(({ amount, discountable, product }) => {
    const meant = terms.products === null || (product !== null && terms.products.includes(product))
    return discountable && meant ? Math.max(0, amount) : 0
  })
  const base = weights.reduce((all, weight) => all + weight, 0)
  const wanted =
    terms.percentOff === null ? (terms.amountOff ?? 0) : percentOf({ amount: base, percent: terms.percentOff })
  return distribute({ total: Math.min(wanted, base), weights })
}

/** Percentages have up to two decimals. */
export function percentOf({ amount, percent }: { amount: number; percent: number }): number {
  return roundedQuotient({ numerator: BigInt(amount) * BigInt(Math.round(percent * 100)), denominator: 10_000n })
}
