// The charge must reach the ledger: settling is idempotent by the request's id, so it is asked again.
import type { LedgerRpc, SettleInput } from '../contracts/ledger.ts'
import type { Logger } from '../http/log.ts'
import type { Timers } from './timers.ts'

/** In all under ten seconds: a Worker lives some thirty after its client has left. */
const BACKOFF_MS = [50, 200, 800, 2_000, 5_000]

interface Retrying {
  logger: Logger
  timers: Timers
}

/** False where every attempt failed: the hold then ends by itself, and the log says what was lost. */
export async function withRetries(
  what: string,
  attempt: () => Promise<unknown>,
  { logger, timers }: Retrying,
): Promise<boolean> {
  for (let tries = 0; ; tries++) {
    try {
      await attempt()
      return true
    } catch (error) {
      const wait = BACKOFF_MS[tries]
      const cause = error instanceof Error ? error.message : String(error)
      if (wait === undefined) {
        logger.error(`${what}-lost`, { cause, attempts: tries + 1 })
        return false
      }
      logger.warn(`${what}-retried`, { cause, attempts: tries + 1 })
      await timers.wait(wait)
    }
  }
}

export async function settleWithRetries(
  ledger: Pick<LedgerRpc, 'settle'>,
  input: SettleInput,
  retrying: Retrying,
): Promise<boolean> {
  return withRetries(
    'settlement',
    async () => {
      const settlement = await ledger.settle(input)
      if (!settlement.ok) retrying.logger.error('settlement-without-hold', { amount_micros: input.amountMicros })
    },
    retrying,
  )
}
