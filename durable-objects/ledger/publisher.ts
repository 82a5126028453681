// Copies entries to the book's queue: in order, at least once. How far it came is on disk; the consumer
// drops what it has seen. A chunk at a time, so that ten entries and ten million need the same memory.
import type { PublishedEntries } from '#shared/contracts/ledger'
import type { Logger } from '#shared/http/log'
import type { EntryRow } from './state.ts'
import type { LedgerStore } from './store.ts'

/** What one message carries: at most 128 kB, of which an entry takes one at the very most. */
const CHUNK = 100

export interface EntryQueue {
  send(message: PublishedEntries): Promise<unknown>
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

  /** True when everything is out. One run at a time, or the order would be lost. `fresh`: what has just come to the tables. */
  publish(fresh: EntryRow[] = []): Promise<boolean> {
    this.#running ??= this.#run(fresh).finally(() => (this.#running = null))
    return this.#running
  }

  /** Everything again, from the first entry. */
  async republish(): Promise<boolean> {
    await this.#running
    this.#options.store.set('published_sequence', 0)
    return this.publish()
  }

  async #run(fresh: EntryRow[]): Promise<boolean> {
    const { store, queue, organizationId, logger } = this.#options
    try {
      let published = this.publishedSequence
      for (;;) {
        const entries = this.#next(published, fresh)
        const last = entries.at(-1)
        if (!last) break
        await queue.send({ organizationId: organizationId(), entries })
        published = last.sequence
        store.set('published_sequence', published)
      }
      this.#failures = 0
      return true
    } catch (error) {
      this.#failures += 1
      logger.error('ledger-publishing-failed', { failures: this.#failures, error: String(error) })
      return false
    }
  }

  /** What memory still has need not be read again. */
  #next(published: number, fresh: EntryRow[]): EntryRow[] {
    const first = fresh[0]?.sequence
    if (first === undefined || first > published + 1) return this.#options.store.entriesAfter(published, CHUNK)
    const at = published + 1 - first
    return at < fresh.length ? fresh.slice(at, at + CHUNK) : this.#options.store.entriesAfter(published, CHUNK)
  }
}
