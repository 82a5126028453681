// Copies entries to the book's queue: in order, at least once. How far it came is on disk; the consumer
// drops what it has seen. A chunk at a time, so that ten entries and ten million need the same memory.
import type { PublishedEntry } from '#shared/contracts/ledger'
import type { Logger } from '#shared/http/log'
import type { EntryRow } from './state.ts'
import type { LedgerStore } from './store.ts'

/** What one `sendBatch` may carry. */
const CHUNK = 100

export interface EntryQueue {
  sendBatch(messages: { body: PublishedEntry }[]): Promise<unknown>
}

export interface PublisherOptions {
  store: LedgerStore
  queue: EntryQueue
  organizationId: () => string
  logger: Logger
}

export class Publisher {
  readonly #options: PublisherOptions
  #running: Promise<boolean> | null = null
  #failures = 0

  constructor(options: PublisherOptions) {
    this.#options = options
  }

  /** How long to wait before the next attempt: longer after each that failed, at most five minutes. */
  get retryMs(): number {
    return Math.min(300_000, 1_000 * 2 ** this.#failures)
  }

  get publishedSequence(): number {
    return this.#options.store.setting('published_sequence') ?? 0
  }

  /** True when everything is out. One run at a time, or the order would be lost. */
  publish(): Promise<boolean> {
    this.#running ??= this.#run().finally(() => (this.#running = null))
    return this.#running
  }

  /** Everything again, from the first entry. */
  async republish(): Promise<boolean> {
    await this.#running
    this.#options.store.set('published_sequence', 0)
    return this.publish()
  }

  async #run(): Promise<boolean> {
    const { store, logger } = this.#options
    try {
      for (;;) {
        const entries = store.entriesAfter(this.publishedSequence, CHUNK)
        const last = entries.at(-1)
        if (!last) break
        await this.#send(entries)
        store.set('published_sequence', last.sequence)
      }
      this.#failures = 0
      return true
    } catch (error) {
      this.#failures += 1
      logger.error('ledger-publishing-failed', { failures: this.#failures, error: String(error) })
      return false
    }
  }

  async #send(entries: EntryRow[]): Promise<void> {
    const organizationId = this.#options.organizationId()
    await this.#options.queue.sendBatch(entries.map((entry) => ({ body: { ...entry, organizationId } })))
  }
}
