// Hands notices to the queue: oldest first, at least once. One that the queue has taken is forgotten with the
// next write; where that is lost, it is sent again under the same id.
import type { NoticeQueue } from '#shared/contracts/notices'
import type { Logger } from '#shared/http/log'
import type { Teller } from './teller.ts'

const RETRY_MS = 5_000

export interface NoticeSenderOptions {
  teller: Teller
  queue: NoticeQueue
  logger: Logger
}

export class NoticeSender {
  readonly #options: NoticeSenderOptions
  #failures = 0

  constructor(options: NoticeSenderOptions) {
    this.#options = options
  }

  /** Longer after each attempt that failed, at most five minutes. */
  get retryMs(): number {
    return Math.min(300_000, RETRY_MS * 2 ** this.#failures)
  }

  /** True when none is left. */
  async send(): Promise<boolean> {
    const { teller, queue, logger } = this.#options
    for (const notice of teller.notices()) {
      try {
        await queue.send(notice)
      } catch (error) {
        this.#failures += 1
        logger.error('ledger-notice-not-sent', { failures: this.#failures, error: String(error) })
        return false
      }
      teller.noticesSent([notice.id])
    }
    this.#failures = 0
    return true
  }
}
