// What a call that has ended is charged: the provider's count where there is one, else what was delivered.
import { priceOf, unitPricesFor, type Price, type UnitPrices, type Usage } from '../lib/money.ts'
import { priceableUsage } from './hold.ts'
import { withoutPaid } from './paid-before.ts'

/** complete: the whole answer came. cut: the provider broke off. left: the caller went away. failed: no answer at all. */
export type Ending = 'complete' | 'cut' | 'left' | 'failed'

/** What is known of an answer at any moment of its life. */
export interface Tally {
  /** The provider's own count of the whole answer. */
  usage: Usage | null
  /** That count is ours: the provider was stopped before it gave one. */
  estimated?: boolean
  /** The provider's count of the prompt alone, where it says so before it answers. */
  promptUsage: Usage | null
  /** Our count of what was passed on. */
  outputTokens: number
  /** Whether anything of the answer was passed on. */
  delivered: boolean
  /** Whether the provider has the prompt, be it without a word so far. */
  begun: boolean
}

export const nothingYet: Tally = { usage: null, promptUsage: null, outputTokens: 0, delivered: false, begun: false }

export interface Charge {
  amountMicros: number
  /** What the provider takes for it at its list price, whoever has paid for a part of it. */
  costMicros: number
  usage: Usage
  price: UnitPrices
  estimated: boolean
  /** What the provider counted costs more than was held: the rest is the operator's loss, and a fault to find. */
  underheld: boolean
}

function countedUsage({
  ending,
  tally,
  promptTokens,
}: {
  ending: Ending
  tally: Tally
  promptTokens: number
}): { usage: Usage; estimated: boolean } | null {
  if (tally.usage) return { usage: tally.usage, estimated: tally.estimated ?? false }
  if (ending === 'failed') return null
  if (tally.delivered || ending === 'complete') {
    return {
      usage: { ...(tally.promptUsage ?? { input_tokens: promptTokens }), output_tokens: tally.outputTokens },
      estimated: true,
    }
  }
  // The caller left before a word came (a model that reasons unseen says none for minutes), but the prompt was sent.
  // A provider that fails by itself before its first byte costs nothing: that is its own doing.
  if (ending !== 'left' || !(tally.promptUsage || tally.begun)) return null
  return { usage: tally.promptUsage ?? { input_tokens: promptTokens }, estimated: true }
}

/** In whole, also where the hold or an earlier payment makes the charge smaller: the provider knows of neither. */
export const costAt = (listPrice: Price | null, usage: Usage): number =>
  listPrice ? priceOf(listPrice, priceableUsage(listPrice, usage)) : 0

/** Null where nothing is charged. */
export function chargeFor(input: {
  ending: Ending
  tally: Tally
  price: Price
  /** What the provider takes; null where nobody is asked who takes anything. */
  listPrice: Price | null
  promptTokens: number
  heldMicros: number
  /** What an earlier request with the same Idempotency-Key has paid for and not been given. */
  paidBefore?: Usage
}): Charge | null {
  const counted = countedUsage(input)
  if (!counted) return null
  const whole = priceableUsage(input.price, counted.usage)
  // The size of the call decides its prices, whoever has paid for a part of it.
  const prices = unitPricesFor(input.price, whole)
  const usage = input.paidBefore ? withoutPaid(whole, input.paidBefore) : whole
  const cost = priceOf({ prices }, usage)
  return {
    amountMicros: Math.min(cost, input.heldMicros),
    costMicros: costAt(input.listPrice, counted.usage),
    usage,
    price: prices,
    estimated: counted.estimated,
    underheld: cost > input.heldMicros && !counted.estimated,
  }
}
