import type { Engine } from '../engine.ts'
import type { Meter, Usage } from '../tables.ts'
import { scaledDecimal } from './rounding.ts'

const decimals = 10n ** 12n

const valueOf = (usages: Usage[]): number => {
  const sum = usages.reduce((all, { value }) => all + scaledDecimal(value), 0n)
  return sum % decimals === 0n ? Number(sum / decimals) : Number(sum) / Number(decimals)
}

const formulas: Record<string, (usages: Usage[]) => number> = {
  sum: valueOf,
  count: (usages) => usages.length,
  last: (usages) => valueOf(usages.toSorted((left, right) => left.timestamp - right.timestamp).slice(-1)),
}

/** What a meter says of a customer between two instants; the second belongs to the next period. */
export function aggregatedUsage(
  engine: Engine,
  { meter, customer, start, end }: { meter: Meter; customer: string; start: number; end: number },
): number {
  const usages = engine.store
    .list('_usage', { customer })
    .toReversed()
    .filter(({ eventName, timestamp }) => eventName === meter.event_name && timestamp >= start && timestamp < end)
  return (formulas[meter.default_aggregation.formula] ?? valueOf)(usages)
}
