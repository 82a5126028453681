// What a micro of credit costs in a currency, for use beyond credit. Pure.
import type { CreditPackBody } from '#shared/contracts/plans'

/** A US dollar of credit is a US dollar. */
const DOLLAR = { currency: 'usd', centsPerDollar: 100 }
const MICROS = 1_000_000n
const DECIMALS = 12n

/**
 * Smallest units for a micro, as a decimal with twelve places. In another currency than the dollar, what credit costs
 * in the smallest pack that is sold in it; null where none is.
 */
export function overageRate({ currency, packs }: { currency: string; packs: CreditPackBody[] }): string | null {
  if (currency === DOLLAR.currency) return decimalOf(BigInt(DOLLAR.centsPerDollar), MICROS)
  const sold = packs
    .flatMap(({ credit_micros: micros, prices }) =>
      prices.filter((price) => price.currency === currency).map(({ amount_minor: minor }) => ({ micros, minor })),
    )
    .toSorted((a, b) => a.micros - b.micros)
  const [smallest] = sold
  return smallest ? decimalOf(BigInt(smallest.minor), BigInt(smallest.micros)) : null
}

/** Rounded down: nobody pays more than the pack says. */
function decimalOf(top: bigint, bottom: bigint): string {
  const scale = 10n ** DECIMALS
  const scaled = (top * scale) / bottom
  const rest = String(scaled % scale)
    .padStart(Number(DECIMALS), '0')
    .replace(/0+$/, '')
  return rest === '' ? String(scaled / scale) : `${scaled / scale}.${rest}`
}
