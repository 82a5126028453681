// Holds that live across a fold, many to a row: most end soon after, and a row each would cost more than the rest
// of their requests do. A pack is never rewritten; it goes when the last of its holds has ended or has moved on to a
// newer pack. So a row may still name a hold that has ended: whoever reads it asks what is known of its end.
import type { Hold } from './state.ts'
import type { LedgerStorage } from './storage.ts'

/** Far below what a row may be (two million bytes). */
const HOLDS_PER_PACK = 500

export class HoldPacks {
  readonly #storage: LedgerStorage
  readonly #packOf = new Map<string, number>()
  /** How many of a pack's holds live, and are in no newer one. */
  readonly #living = new Map<number, number>()
  #newest = 0

  constructor(storage: LedgerStorage) {
    this.#storage = storage
  }

  load(hasEnded: (requestId: string) => boolean): Hold[] {
    const live = new Map<string, Hold>()
    const rows = this.#storage.sql<{ pack: number; holds: string }>('SELECT pack, holds FROM held ORDER BY pack')
    for (const { pack, holds } of rows) {
      const present = (JSON.parse(holds) as Hold[]).filter(({ requestId }) => !hasEnded(requestId))
      this.#fill(pack, present)
      for (const hold of present) live.set(hold.requestId, hold)
    }
    return [...live.values()]
  }

  /** `live`: new since the last time, or changed. `ended`: since the last time. In one transaction with what says so. */
  write({ live, ended }: { live: Hold[]; ended: string[] }): void {
    for (const requestId of ended) this.#leave(requestId)
    for (let at = 0; at < live.length; at += HOLDS_PER_PACK) {
      const holds = live.slice(at, at + HOLDS_PER_PACK)
      const pack = this.#newest + 1
      this.#storage.sql('INSERT INTO held VALUES (?, ?)', pack, JSON.stringify(holds))
      this.#fill(pack, holds)
    }
    for (const [pack, living] of this.#living) {
      if (living > 0) continue
      this.#storage.sql('DELETE FROM held WHERE pack = ?', pack)
      this.#living.delete(pack)
    }
  }

  /** Only what lives is left, so that what is known of ends may be forgotten. */
  rewrite(live: Hold[]): void {
    this.write({ live, ended: [] })
  }

  #fill(pack: number, holds: Hold[]): void {
    this.#newest = pack
    this.#living.set(pack, 0)
    for (const { requestId } of holds) {
      this.#leave(requestId)
      this.#packOf.set(requestId, pack)
    }
    this.#living.set(pack, holds.length)
  }

  #leave(requestId: string): void {
    const pack = this.#packOf.get(requestId)
    if (pack === undefined) return
    this.#packOf.delete(requestId)
    this.#living.set(pack, this.#living.get(pack)! - 1)
  }
}
