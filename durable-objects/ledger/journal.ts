// Changes on their way to disk. A change is applied in memory at once. Where nothing is being written, it is
// written at once as well; while a write is on its way, the changes of every request that comes meanwhile gather
// and share the next one. What nobody waits for (a settlement) lingers for company first: a write costs the same
// for one change and for many. An answer waits until its changes are written (and the platform holds it back
// until they are on disk), so nothing leaves that a crash could take back.
import type { Change } from './state.ts'

export interface JournalOptions {
  /** All of them or none of them. */
  write(changes: readonly Change[]): void
  /** Resolves when everything that was written is on disk. */
  synced(): Promise<unknown>
  /** Memory now says more than the disk: whoever owns both must forget the memory. */
  onFailure(error: unknown): void
  /** Runs `callback` a moment later. */
  linger(callback: () => void): void
}

export class Journal {
  readonly #options: JournalOptions
  #changes: Change[] = []
  #onItsWay = false
  #lingering = false
  /** Somebody waits who does not linger. */
  #urgent = false
  /** The write that those wait for who came while another was on its way, or who linger. */
  #next: PromiseWithResolvers<void> | null = null
  #failure: { error: unknown } | null = null

  constructor(options: JournalOptions) {
    this.#options = options
  }

  add(change: Change): void {
    this.#changes.push(change)
  }

  /** Null where everything that was added has been written; else a promise of that. */
  commit(): Promise<void> | null {
    if (this.#failure) throw this.#failure.error
    if (this.#changes.length === 0) return null
    if (!this.#onItsWay) {
      this.#write()
      return null
    }
    this.#urgent = true
    return this.#nextWrite()
  }

  /** The same, for what can wait a moment for others to write with. */
  commitSoon(): Promise<void> | null {
    if (this.#failure) throw this.#failure.error
    if (this.#changes.length === 0) return null
    if (!this.#lingering) {
      this.#lingering = true
      this.#options.linger(() => this.#lingered())
    }
    return this.#nextWrite()
  }

  /** Writes now, whatever is on its way: before the tables are brought up to date. */
  flush(): void {
    if (this.#failure) throw this.#failure.error
    if (this.#changes.length > 0) this.#write()
  }

  #nextWrite(): Promise<void> {
    return (this.#next ??= Promise.withResolvers()).promise
  }

  #write(): void {
    const changes = this.#changes
    const waiting = this.#next
    this.#changes = []
    this.#next = null
    this.#urgent = false
    try {
      this.#options.write(changes)
    } catch (error) {
      waiting?.reject(error)
      this.fail(error)
      throw error
    }
    waiting?.resolve()
    this.#onItsWay = true
    this.#options.synced().then(
      () => this.#arrived(),
      (error) => this.fail(error),
    )
  }

  #lingered(): void {
    this.#lingering = false
    if (this.#onItsWay) this.#urgent = true
    else this.#writeForOthers()
  }

  #arrived(): void {
    this.#onItsWay = false
    if (this.#urgent) this.#writeForOthers()
  }

  #writeForOthers(): void {
    if (this.#changes.length === 0 || this.#failure) return
    try {
      this.#write()
    } catch {
      // Those who wait have been told.
    }
  }

  /** The disk can no longer be written: nothing is answered from here on. */
  fail(error: unknown): void {
    this.#failure = { error }
    this.#options.onFailure(error)
  }
}
