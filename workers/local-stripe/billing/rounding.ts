/** Halves go away from zero, as Stripe rounds money: -0.5 becomes -1. */
export function roundedQuotient({ numerator, denominator }: { numerator: bigint; denominator: bigint }): number {
  const negative = numerator < 0n !== denominator < 0n
  const dividend = numerator < 0n ? -numerator : numerator
  const divisor = denominator < 0n ? -denominator : denominator
  const rounded = (dividend * 2n + divisor) / (divisor * 2n)
  return Number(negative ? -rounded : rounded)
}

const decimalScale = 12

/** A decimal text such as `0.0001` as an integer of 10⁻¹², the finest step Stripe takes. */
export function scaledDecimal(text: string): bigint {
  const match = /^(-?)(\d*)(?:\.(\d*))?$/.exec(text)
  if (!match) throw new RangeError(`Not a decimal: ${text}`)
  const fraction = (match[3] ?? '').slice(0, decimalScale).padEnd(decimalScale, '0')
  const value = BigInt(`${match[2] || '0'}${fraction}`)
  return match[1] ? -value : value
}

/** What a quantity of something costs in minor units; the unit may cost a fraction of one. */
export function amountOf({ unitAmountDecimal, quantity }: { unitAmountDecimal: string; quantity: number }): number {
  const scaledQuantity = scaledDecimal(String(quantity))
  const denominator = 10n ** BigInt(decimalScale * 2)
  return roundedQuotient({ numerator: scaledDecimal(unitAmountDecimal) * scaledQuantity, denominator })
}
