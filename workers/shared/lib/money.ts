// Money is an integer of one millionth of a US dollar (micros), everywhere. Prices are integers too:
// micros per one million units, so 0.1 dollar per million tokens is 100_000. The only rounding in the
// house is `priceOf`: up, once, at settlement.

/** What is counted. The units of one usage are disjoint: a cached token is not also an input token. */
export const units = [
  'input_tokens',
  'cached_input_tokens',
  'cache_write_tokens',
  /** Written to a cache that lasts an hour: dearer than the usual five minutes. */
  'cache_write_1h_tokens',
  /** Sound in the prompt. */
  'audio_input_tokens',
  'output_tokens',
  'reasoning_tokens',
  /** Pictures in the prompt, and pictures that were made, where a vendor counts them in tokens. */
  'image_input_tokens',
  'image_output_tokens',
  /** Pictures that were made, where each has a price. */
  'images',
  /** The same by their size: every begun million of pixels. */
  'megapixels',
  'input_megapixels',
  /** Every begun square of 512 × 512 pixels, and the rounds of a diffusion model. */
  'image_tiles',
  'input_image_tiles',
  'image_steps',
] as const

export type Unit = (typeof units)[number]

/** Raw units as the provider counted them. */
export type Usage = Partial<Record<Unit, number>>

/** Micros per one million units. A unit that is absent here cannot be sold. */
export type UnitPrices = Partial<Record<Unit, number>>

export interface Price {
  prices: UnitPrices
  /** Dearer (or cheaper) prices for the whole call, once its prompt is longer than `inputTokensAbove`. */
  tiers?: { inputTokensAbove: number; prices: UnitPrices }[]
}

/** Whatever is counted costs nothing. */
export const freePrice: Price = { prices: Object.fromEntries(units.map((unit) => [unit, 0])) as UnitPrices }

export const promptTokens = (usage: Usage): number =>
  (usage.input_tokens ?? 0) +
  (usage.cached_input_tokens ?? 0) +
  (usage.cache_write_tokens ?? 0) +
  (usage.cache_write_1h_tokens ?? 0) +
  (usage.audio_input_tokens ?? 0)

/** A count of nothing at all: no call has an empty prompt, so it was not counted. */
export const countsNothing = (usage: Usage): boolean => units.every((unit) => (usage[unit] ?? 0) === 0)

/** The unit prices that apply to a call of this size. */
export function unitPricesFor(price: Price, usage: Usage): UnitPrices {
  const prompt = promptTokens(usage)
  let chosen = price.prices
  let above = -1
  for (const tier of price.tiers ?? []) {
    if (prompt > tier.inputTokensAbove && tier.inputTokensAbove > above) {
      chosen = tier.prices
      above = tier.inputTokensAbove
    }
  }
  return chosen
}

function requirePriced(unit: Unit, count: number, prices: UnitPrices): number {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`${unit} is not a count: ${count}`)
  const each = prices[unit]
  if (each === undefined) throw new RangeError(`no price for ${unit}`)
  return each
}

/** Sums that plain numbers cannot hold exactly. */
function priceOfMuch(prices: UnitPrices, usage: Usage): number {
  let total = 0n
  for (const unit of units) {
    const count = usage[unit] ?? 0
    if (count !== 0) total += BigInt(count) * BigInt(prices[unit]!)
  }
  return Number((total + 999_999n) / 1_000_000n)
}

/** Price × usage in micros, rounded up once. Throws where a counted unit has no price: it is refused, never guessed. */
export function priceOf(price: Price, usage: Usage): number {
  const prices = unitPricesFor(price, usage)
  let total = 0
  for (const unit of units) {
    const count = usage[unit] ?? 0
    if (count !== 0) total += count * requirePriced(unit, count, prices)
  }
  // Every product of the sum is exact where the sum is: none of them is negative.
  if (total > Number.MAX_SAFE_INTEGER) return priceOfMuch(prices, usage)
  const rest = total % 1_000_000
  return (total - rest) / 1_000_000 + (rest > 0 ? 1 : 0)
}

/**
 * Dollars per million units, as price lists write them → micros per million units. A price finer than a micro
 * is rounded up, so that nothing is sold below its price; what floating point adds to a whole number is not a price.
 */
export function microsPerMillion(dollars: number): number {
  const micros = dollars * 1_000_000
  const whole = Math.round(micros)
  return Math.abs(micros - whole) < 1e-6 && whole > 0 ? whole : Math.ceil(micros)
}
