// Changes on their way to disk. A change is applied in memory at once; its rows are written together with
// those of every other request of the same moment, in one transaction. An answer waits for that write, so
// nothing leaves the object that a crash could take back.
import type { Change } from './state.ts'

export interface JournalOptions {
  /** All of them or none of them. */
  write(changes: readonly Change[]): void
  /** Runs something a moment later, after the requests that are at the door. */
  soon(run: () => void): void
  /** Memory now says more than the disk: whoever owns both must forget the memory. */
  onFailure(error: unknown): void
}

export class Journal {
  readonly #options: JournalOptions
  #changes: Change[] = []
  #written: PromiseWithResolvers<void> | null = null
  #failure: { error: unknown } | null = null

  constructor(options: JournalOptions) {
    this.#options = options
  }

  add(change: Change): void {
    this.#changes.push(change)
    if (this.#written) return
    this.#written = Promise.withResolvers()
    this.#written.promise.catch(() => {})
    this.#options.soon(() => {
      if (this.#failure === null && this.#changes.length > 0) this.#write()
    })
  }

  /** Resolves when everything that was added has been written; null where that is so already. */
  durable(): Promise<void> | null {
    return this.#written?.promise ?? null
  }

  /** Writes now: before rows are read that may be among the changes. */
  flush(): void {
    if (this.#failure) throw this.#failure.error
    if (this.#changes.length > 0) this.#write()
    if (this.#failure) throw (this.#failure as { error: unknown }).error
  }

  #write(): void {
    const changes = this.#changes
    const written = this.#written
    this.#changes = []
    this.#written = null
    try {
      this.#options.write(changes)
      written?.resolve()
    } catch (error) {
      this.#failure = { error }
      written?.reject(error)
      this.#options.onFailure(error)
    }
  }
}
