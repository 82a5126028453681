// What has happened since the tables were last written: the log has it on disk, this in memory. It answers for
// the requests, answers and grants of that time, and knows which rows the next fold must write.
import type { BudgetAccount } from '#shared/contracts/ledger'
import { accountsOf } from './accounts.ts'
import type { EndedRequest } from './settlement.ts'
import { idempotencyName, type Change, type EntryAdded, type EntryRow, type Hold, type KeptAnswer } from './state.ts'

export interface NewEntry {
  entry: EntryRow
  grantId: string | null
  balanceAfter: number
}

export type Ended = EndedRequest & { endedAt: number }

export class Unfolded {
  changes = 0
  readonly entries: NewEntry[] = []
  readonly grants = new Map<string, EntryRow>()
  readonly answers = new Map<string, KeptAnswer>()
  readonly ended = new Map<string, Ended>()
  /** Requests whose hold or whose end must be written down. */
  readonly requests = new Set<string>()
  /** Requests that were charged after their end had been written down as something else. */
  readonly late = new Set<string>()
  /** Their totals and limits per minute. */
  readonly accounts = new Set<BudgetAccount>()
  readonly keys = new Set<string>()
  readonly budgets = new Set<BudgetAccount>()
  readonly limits = new Set<BudgetAccount>()
  readonly notices = new Set<string>()
  policy = false
  /** Marks of what was told: few enough to be written all. */
  told = false

  /** A key was used in a way that the log does not tell of. */
  hasLoose = false

  useKey(id: string): void {
    this.keys.add(id)
    this.hasLoose = true
  }

  /** `hold`: the request's hold as it was before the change; `balanceMicros`: as it is after it. */
  note(change: Change, { hold, balanceMicros }: { hold: Hold | undefined; balanceMicros: number }): void {
    this.changes += 1
    switch (change.type) {
      case 'hold-taken':
        if (change.hold.keyId !== null) this.keys.add(change.hold.keyId)
        return this.#noteHold(change.hold)
      case 'hold-amended':
        return this.#noteHold(change.hold)
      case 'hold-renewed':
        return void this.requests.add(change.requestId)
      case 'hold-expired':
        if (hold) this.#end(change.requestId, { state: 'expired', hold, endedAt: change.at })
        return
      case 'hold-released':
        return this.#end(change.requestId, { state: 'released', endedAt: change.at })
      case 'entry-added':
        return this.#noteEntry(change, hold, balanceMicros)
      case 'requests-counted':
        if (change.keyId !== null) this.keys.add(change.keyId)
        return this.#touch(change.accounts)
      case 'key-written':
        this.told = true
        return void this.keys.add(change.key.id)
      case 'budget-set':
        this.told = true
        return void this.budgets.add(change.account)
      case 'limits-set':
        return void this.limits.add(change.account)
      case 'policy-set':
        this.policy = true
        return
      case 'notice-due':
        this.told = true
        return void this.notices.add(change.notice.id)
      case 'notices-sent':
        for (const id of change.ids) this.notices.add(id)
    }
  }

  #noteHold(hold: Hold): void {
    this.requests.add(hold.requestId)
    this.#touch(accountsOf(hold))
  }

  #touch(accounts: BudgetAccount[]): void {
    for (const account of accounts) this.accounts.add(account)
  }

  #end(requestId: string, ended: Ended): void {
    this.ended.set(requestId, ended)
    this.requests.add(requestId)
  }

  #noteEntry({ entry, grantId, answer, abandoned, corrects }: EntryAdded, hold: Hold | undefined, balance: number) {
    this.entries.push({ entry, grantId, balanceAfter: balance })
    if (grantId !== null) this.grants.set(grantId, entry)
    if (entry.amountMicros > 0) this.told = true
    if (answer) this.answers.set(idempotencyName(answer.payer, answer.key), answer)
    if (entry.requestId === null) return
    this.#touch(accountsOf(entry))
    if (!hold) this.late.add(entry.requestId)
    const { at, usage } = entry
    const { amountMicros, entryId } = corrects ?? { amountMicros: 0 - entry.amountMicros, entryId: entry.id }
    const charged = { amountMicros, entryId, endedAt: at }
    this.#end(
      entry.requestId,
      abandoned && hold
        ? { state: 'abandoned', hold, usage: usage ?? {}, at, ...charged }
        : { state: 'settled', ...charged },
    )
  }
}
