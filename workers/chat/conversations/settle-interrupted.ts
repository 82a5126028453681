// What an answer is charged whose writer died: the prompt and the words that reached the conversation, as an
// estimate, because the provider's own count died as well. Where it was settled before, that charge stands.
import { estimateTextTokens } from '#shared/catalog/estimate-tokens'
import type { ConversationMessage } from '#shared/contracts/conversation'
import type { LedgerRpc } from '#shared/contracts/ledger'
import type { Logger } from '#shared/http/log'
import type { Price, Usage } from '#shared/lib/money'
import { chargeFor } from '#shared/metering/charge'
import { withRetries } from '#shared/metering/settle-with-retries'
import { systemTimers, type Timers } from '#shared/metering/timers'

export interface SettleInterruptedInput {
  requestId: string
  /** Absent where the provider had not been asked yet. */
  promptTokens: number | undefined
  message: Pick<ConversationMessage, 'content' | 'reasoning'>
  price: Price
  listPrice: Price
  ledger: Pick<LedgerRpc, 'settle' | 'release'>
  logger: Logger
  timers?: Timers
}

export interface Charged {
  usage: Usage | null
  /** Null where the ledger could not be told: the hold then ends by itself. */
  costMicros: number | null
}

export async function settleInterrupted(input: SettleInterruptedInput): Promise<Charged> {
  const { requestId, promptTokens, message, price, listPrice, ledger, logger, timers = systemTimers } = input
  const said = message.content + (message.reasoning ?? '')
  const delivered = said !== ''
  const tally = { usage: null, promptUsage: null, outputTokens: estimateTextTokens(said), delivered, begun: delivered }
  const charge =
    promptTokens === undefined
      ? null
      : chargeFor({ ending: 'cut', tally, price, listPrice, promptTokens, heldMicros: Number.MAX_SAFE_INTEGER })
  let charged: Charged = { usage: null, costMicros: 0 }
  const attempt = async () => {
    if (!charge) return ledger.release({ requestId })
    const { amountMicros, costMicros, usage, price: prices } = charge
    const settlement = await ledger.settle({
      requestId,
      amountMicros,
      usage,
      price: prices,
      costMicros,
      estimated: true,
      answerKept: true,
    })
    charged = settlement.ok ? { usage, costMicros: settlement.amountMicros } : { usage: null, costMicros: 0 }
  }
  const told = await withRetries('settlement', attempt, { logger, timers })
  return told ? charged : { usage: null, costMicros: null }
}
