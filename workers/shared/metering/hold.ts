// How much a call can cost at the most, how little it can be for an answer to be of use, and how long an
// answer the credit that was held pays for.
import { priceOf, promptTokens, unitPricesFor, type Price, type UnitPrices, type Usage } from '../lib/money.ts'

/** An answer shorter than this helps nobody; below it a call is refused instead of shortened. */
const USEFUL_TOKENS = 32

export interface CallSize {
  /** What the prompt is likely to count, for an answer that the provider does not count. */
  promptTokens: number
  /** What it cannot exceed, its sound apart. */
  promptTokensCeiling: number
  /** What the sound in it cannot exceed. */
  audioTokensCeiling?: number
  /** Whether it may be written to a cache that lasts an hour. */
  longCache?: boolean
  /** Tokens of one answer: what the caller asked for or the model's own maximum, whichever is less. */
  maxOutputTokens: number
  /** Answers in one call (`n`). */
  answers: number
}

interface DearestPrices {
  prompt: number
  audio: number
  output: number
}

/** Some vendors write their cache unasked, so its price counts for every prompt; the one of an hour is always asked for. */
function dearer(prices: UnitPrices, longCache: boolean): DearestPrices {
  const prompt = Math.max(
    prices.input_tokens ?? 0,
    prices.cached_input_tokens ?? 0,
    prices.cache_write_tokens ?? 0,
    longCache ? (prices.cache_write_1h_tokens ?? 0) : 0,
  )
  return {
    prompt,
    audio: Math.max(prompt, prices.audio_input_tokens ?? 0),
    output: Math.max(prices.output_tokens ?? 0, prices.reasoning_tokens ?? 0),
  }
}

/** The dearest of every tier that a prompt of up to this size may fall into. */
function dearestPrices(price: Price, size: CallSize): DearestPrices {
  const reachable = (price.tiers ?? [])
    .filter((tier) => tier.inputTokensAbove < size.promptTokensCeiling + (size.audioTokensCeiling ?? 0))
    .map((tier) => tier.prices)
  const all = [price.prices, ...reachable].map((prices) => dearer(prices, size.longCache ?? false))
  return {
    prompt: Math.max(...all.map((each) => each.prompt)),
    audio: Math.max(...all.map((each) => each.audio)),
    output: Math.max(...all.map((each) => each.output)),
  }
}

const costOf = (dearest: DearestPrices, size: CallSize, outputTokens: number): number =>
  priceOf(
    {
      prices: { input_tokens: dearest.prompt, audio_input_tokens: dearest.audio, output_tokens: dearest.output },
    },
    {
      input_tokens: size.promptTokensCeiling,
      audio_input_tokens: size.audioTokensCeiling ?? 0,
      output_tokens: outputTokens * size.answers,
    },
  )

export function holdFor({ price, size }: { price: Price; size: CallSize }): {
  ceilingMicros: number
  floorMicros: number
} {
  const dearest = dearestPrices(price, size)
  return {
    ceilingMicros: costOf(dearest, size, size.maxOutputTokens),
    floorMicros: costOf(dearest, size, Math.min(size.maxOutputTokens, USEFUL_TOKENS)),
  }
}

/** The prompt at its expected size and price: what is charged of a call that nobody could end. */
export function priceablePrompt(
  price: Price,
  { promptTokens: tokens }: CallSize,
): { usage: Usage; price: UnitPrices; amountMicros: number } {
  const usage: Usage = { input_tokens: tokens }
  return { usage, price: unitPricesFor(price, usage), amountMicros: priceOf(price, usage) }
}

/** How long each answer may be for the whole call to stay within what was held. */
export function affordableOutputTokens({
  price,
  size,
  heldMicros,
}: {
  price: Price
  size: CallSize
  heldMicros: number
}): number {
  const dearest = dearestPrices(price, size)
  if (dearest.output === 0 || heldMicros >= costOf(dearest, size, size.maxOutputTokens)) return size.maxOutputTokens
  const prompt =
    BigInt(size.promptTokensCeiling) * BigInt(dearest.prompt) +
    BigInt(size.audioTokensCeiling ?? 0) * BigInt(dearest.audio)
  const left = BigInt(heldMicros) * 1_000_000n - prompt
  const tokens = Number(left / (BigInt(dearest.output) * BigInt(size.answers)))
  return Math.max(1, Math.min(size.maxOutputTokens, tokens))
}

const standIns = {
  cached_input_tokens: 'input_tokens',
  cache_write_tokens: 'input_tokens',
  cache_write_1h_tokens: 'input_tokens',
  audio_input_tokens: 'input_tokens',
  reasoning_tokens: 'output_tokens',
} as const

/** Units that a model has no price of their own for are counted as the unit they are a kind of. */
export function priceableUsage(price: Price, usage: Usage): Usage {
  const prices = unitPricesFor(price, usage)
  const counted: Usage = { ...usage }
  for (const [unit, standIn] of Object.entries(standIns) as [
    keyof typeof standIns,
    'input_tokens' | 'output_tokens',
  ][]) {
    if (!counted[unit] || prices[unit] !== undefined) continue
    counted[standIn] = (counted[standIn] ?? 0) + counted[unit]
    delete counted[unit]
  }
  return counted
}

export const isEmptyUsage = (usage: Usage): boolean =>
  promptTokens(usage) === 0 && !usage.output_tokens && !usage.reasoning_tokens
