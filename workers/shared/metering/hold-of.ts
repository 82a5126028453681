import type { AmendInput } from '../contracts/ledger.ts'
import { costAt } from './charge.ts'
import { holdFor, priceablePrompt } from './hold.ts'
import type { CallTarget } from './metered-call.ts'

/** What the ledger is told of whoever is to be asked. */
export function holdOf({ model, size }: CallTarget): Omit<AmendInput, 'requestId'> {
  const { usage, price, amountMicros } = priceablePrompt(model.price, size)
  return {
    model: model.id,
    provider: model.vendor,
    ...holdFor({ price: model.price, size }),
    // What it may reach, as with money: a limit that a vendor's own count can pass is none.
    tokens: size.promptTokensCeiling + (size.audioTokensCeiling ?? 0) + size.maxOutputTokens * size.answers,
    // Should this Worker be lost, the prompt has probably been read.
    abandoned: { amountMicros, usage, price, costMicros: costAt(model.listPrice ?? model.price, usage) },
  }
}
