// Copies entries to the book's queue: in order, at least once. How far it came is on disk; the consumer
// drops what it has seen. A chunk at a time, so that ten entries and ten million need the same memory.
import type { PublishedEntries } from '#shared/contracts/ledger'
import type { Logger } from '#shared/http/log'
import type { EntryRow } from './state.ts'
import type { LedgerStore } from './store.ts'

/** What one message carries: at most 128 kB, of which an entry takes one at the very most. */
const CHUNK = 100
/** Entries that memory keeps for it. */
const FRESH = 2_000

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
  /** What has come to the tables of late, so that it need not be read from there again. */
  #fresh: EntryRow[] = []

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

  /** Entries that have come to the tables. Those that do not follow the last ones begin anew: the rest is read. */
  keep(entries: EntryRow[]): void {
    const follows = this.#fresh.at(-1)?.sequence === (entries[0]?.sequence ?? 0) - 1
    if (!follows || this.#fresh.length + entries.length > FRESH) this.#fresh = []
    this.#fresh.push(...entries)
  }

  /** True when everything is out. One run at a time, or the order would be lost. */
  publish(): Promise<boolean> {
    this.#running ??= this.#run().finally(() => (this.#running = null))
    return this.#running
  }

  /**
   * What came since then goes out again: a queue that was cut off with the object may have lost it (a local one keeps its
   * messages in memory), and the book drops what it has.
   */
  recall(since: number): void {
    const { store } = this.#options
    const published = this.publishedSequence
    if (published === 0) return
    const before = store.lastSequenceBefore(since)
    if (before < published) store.set('published_sequence', before)
  }

  /** Everything again, from the first entry. */
  async republish(): Promise<boolean> {
    await this.#running
    this.#options.store.set('published_sequence', 0)
    return this.publish()
  }

  async #run(): Promise<boolean> {
    const { store, queue, organizationId, logger } = this.#options
    try {
      let published = this.publishedSequence
      for (;;) {
        const entries = this.#next(published)
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

  #next(published: number): EntryRow[] {
    const first = this.#fresh[0]?.sequence ?? Number.POSITIVE_INFINITY
    const place = published + 1 - first
    if (place < 0) return this.#options.store.entriesAfter(published, CHUNK)
    this.#fresh = this.#fresh.slice(place)
    return this.#fresh.length > 0 ? this.#fresh.slice(0, CHUNK) : this.#options.store.entriesAfter(published, CHUNK)
  }
}
