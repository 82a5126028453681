import { discountOfLines, type DiscountTerms } from './discounts.ts'
import { roundedQuotient } from './rounding.ts'
import type { TaxDecision } from './tax.ts'

export interface TotalledLine {
  amount: number
  discountable: boolean
  product: string | null
  taxBehavior: 'inclusive' | 'exclusive'
}

export interface LineTotals {
  discounts: { discount: string; amount: number }[]
  taxableAmount: number
  tax: number
}

export interface Totals {
  lines: LineTotals[]
  subtotal: number
  discounts: { discount: string; amount: number }[]
  inclusiveTax: number
  exclusiveTax: number
  total: number
  totalExcludingTax: number
  subtotalExcludingTax: number
}

const sum = (values: number[]) => values.reduce((all, value) => all + value, 0)

function taxOfLine({ net, inclusive, rate }: { net: number; inclusive: boolean; rate: number }) {
  const denominator = inclusive ? 10_000 + rate : 10_000
  const tax = roundedQuotient({ numerator: BigInt(net) * BigInt(rate), denominator: BigInt(denominator) })
  return { tax, taxableAmount: inclusive ? net - tax : net }
}

/** The sums of an invoice: discounts in their order, then tax on what is left of each line. */
export function totals({
  lines,
  discounts,
  tax,
}: {
  lines: TotalledLine[]
  discounts: DiscountTerms[]
  tax: TaxDecision | null
}): Totals {
  const taken = lines.map(() => [] as { discount: string; amount: number }[])
  let left = lines.map((line) => line.amount)
  for (const terms of discounts) {
    const parts = discountOfLines({ terms, lines: lines.map((line, index) => ({ ...line, amount: left[index] ?? 0 })) })
    parts.forEach((amount, index) => taken[index]?.push({ discount: terms.id, amount }))
    left = left.map((amount, index) => amount - (parts[index] ?? 0))
  }
  const taxed = lines.map((line, index) =>
    taxOfLine({ net: left[index] ?? 0, inclusive: line.taxBehavior === 'inclusive', rate: tax?.rate ?? 0 }),
  )
  const taxOf = (behavior: 'inclusive' | 'exclusive') =>
    sum(taxed.map(({ tax: amount }, index) => (lines[index]?.taxBehavior === behavior ? amount : 0)))
  const subtotal = sum(lines.map((line) => line.amount))
  const inclusiveTax = taxOf('inclusive')
  const exclusiveTax = taxOf('exclusive')
  const net = sum(left)
  return {
    lines: taxed.map((amounts, index) => ({ ...amounts, discounts: taken[index] ?? [] })),
    subtotal,
    discounts: discounts.map(({ id }) => ({
      discount: id,
      amount: sum(taken.flat().map((entry) => (entry.discount === id ? entry.amount : 0))),
    })),
    inclusiveTax,
    exclusiveTax,
    total: net + exclusiveTax,
    totalExcludingTax: net - inclusiveTax,
    subtotalExcludingTax: subtotal - inclusiveTax,
  }
}

const smallestCharges: Record<string, number> = { usd: 50, eur: 50, gbp: 30, aed: 200 }

/**
 * What is asked of the customer after the balance: a credit is used up first, a negative total becomes credit, and an
 * amount too small for a card is carried over to the next invoice.
 */
export function settlement({ total, balance, currency }: { total: number; balance: number; currency: string }) {
  const owed = total + balance
  if (owed <= 0) return { amountDue: 0, startingBalance: balance, endingBalance: owed }
  if (owed < (smallestCharges[currency] ?? 1)) return { amountDue: 0, startingBalance: balance, endingBalance: owed }
  return { amountDue: owed, startingBalance: balance, endingBalance: 0 }
}
