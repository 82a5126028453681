// Why an answer cost what it cost: the ledger's own arithmetic, written out. Amounts between the lines are
// finer than a micro, so they are kept as whole millionths of a micro until the one rounding at the end.
import { units } from '#shared/lib/money'
import type { UnitPrices, Unit, Usage } from '#shared/lib/money'

export interface PriceLine {
  unit: Unit
  count: number
  /** Micros per million units. */
  pricePerMillion: number
  /** Millionths of a micro: count × price, exactly. */
  picos: bigint
}

export interface PriceExplanation {
  lines: PriceLine[]
  picos: bigint
  /** The sum, rounded up once to a whole micro. */
  totalMicros: number
  /** Whether the rounding changed anything. */
  rounded: boolean
  /** What was charged; less than the total where less was held. */
  chargedMicros: number
  capped: boolean
}

export const PICOS_PER_MICRO = 1_000_000n

/** Null where the entry has nothing to multiply: a grant, or a charge whose counts were not kept. */
export function explainPrice(entry: {
  amount_micros: number
  usage: Usage | null
  price: UnitPrices | null
}): PriceExplanation | null {
  const { usage, price } = entry
  if (!usage || !price) return null
  const lines = units.flatMap((unit) => {
    const count = usage[unit] ?? 0
    const pricePerMillion = price[unit]
    return count === 0 || pricePerMillion === undefined
      ? []
      : [{ unit, count, pricePerMillion, picos: BigInt(count) * BigInt(pricePerMillion) }]
  })
  if (lines.length === 0) return null
  const picos = lines.reduce((sum, line) => sum + line.picos, 0n)
  const totalMicros = Number((picos + PICOS_PER_MICRO - 1n) / PICOS_PER_MICRO)
  const chargedMicros = Math.abs(entry.amount_micros)
  return {
    lines,
    picos,
    totalMicros,
    rounded: picos % PICOS_PER_MICRO !== 0n,
    chargedMicros,
    capped: chargedMicros < totalMicros,
  }
}

/** 1234567n → "0.000001234567" dollars, without the zeros at its end. */
export function picosToDecimal(picos: bigint): string {
  const digits = picos.toString().padStart(13, '0')
  const fraction = digits.slice(-12).replace(/0+$/, '')
  return `${digits.slice(0, -12)}${fraction === '' ? '' : `.${fraction}`}`
}
