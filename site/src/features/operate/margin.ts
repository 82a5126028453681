// What is left of what was charged when the providers are paid. Charges whose cost is not known count on neither side.
export interface Earned {
  charged_micros: number
  cost_micros: number
}

export const marginMicros = ({ charged_micros, cost_micros }: Earned): number => charged_micros - cost_micros

/** In thousandths, rounded towards zero; null where nothing was charged. */
export const marginPerMille = (earned: Earned): number | null =>
  earned.charged_micros === 0 ? null : Math.trunc((marginMicros(earned) / earned.charged_micros) * 1_000)

export interface Money {
  currency: string
  purpose: string
  paid_minor: number
  refunded_minor: number
}

/** Of each currency what came in, what went back, and what is left. Currencies are never added to each other. */
export function byCurrency(revenue: readonly Money[]): (Omit<Money, 'purpose'> & { net_minor: number })[] {
  const sums = new Map<string, { currency: string; paid_minor: number; refunded_minor: number; net_minor: number }>()
  for (const { currency, paid_minor, refunded_minor } of revenue) {
    const sum = sums.get(currency) ?? { currency, paid_minor: 0, refunded_minor: 0, net_minor: 0 }
    sum.paid_minor += paid_minor
    sum.refunded_minor += refunded_minor
    sum.net_minor += paid_minor - refunded_minor
    sums.set(currency, sum)
  }
  return [...sums.values()].toSorted((a, b) => a.currency.localeCompare(b.currency))
}
