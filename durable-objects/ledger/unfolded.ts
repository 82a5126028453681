// What has happened since the tables were last written: the log has it on disk, this in memory. It answers for
// the requests, answers and grants of that time, and knows which rows the next fold must write.
import type { BudgetAccount } from '#shared/contracts/ledger'
import { accountsOf, type LimitAccount } from './accounts.ts'
import { lotBeforeLots } from './lots.ts'
import type { EndedRequest } from './settlement.ts'
import {
  idempotencyName,
  type Change,
  type EntryAdded,
  type EntryRow,
  type Hold,
  type KeptAnswer,
  type LotOrigin,
  type TakeBackRecord,
} from './state.ts'

export interface NewEntry {
  entry: EntryRow
  grantId: string | null
  /** What a grant gave. */
  lot: LotOrigin | null
  balanceAfter: number
}

/** An older version's entry does not say it. */
const lotGranted = ({ entry, into }: EntryAdded): LotOrigin =>
  into?.[0]?.lot ?? lotBeforeLots(entry.amountMicros, entry.at)

export type Ended = EndedRequest & { endedAt: number }

export class Unfolded {
  changes = 0
  readonly entries: NewEntry[] = []
  readonly grants = new Map<string, NewEntry>()
  readonly takeBacks = new Map<string, TakeBackRecord>()
  /** What the end of a series let expire, by the name that it was asked by. */
  /** Lots that are good no longer than this. */
  readonly endedLots = new Map<string, number>()
  readonly seriesEnds = new Map<string, number>()
  readonly answers = new Map<string, KeptAnswer>()
  readonly ended = new Map<string, Ended>()
  /** Requests whose hold or whose end must be written down. */
  readonly requests = new Set<string>()
  /** Requests that were charged after their end had been written down as something else. */
  readonly late = new Set<string>()
  /** Their totals and limits per minute. */
  readonly accounts = new Set<LimitAccount>()
  readonly keys = new Set<string>()
  readonly budgets = new Set<BudgetAccount>()
  readonly limits = new Set<BudgetAccount>()
  readonly notices = new Set<string>()
  policy = false
  /** The plan's terms, what overage it has seen, what is owed. */
  plan = false
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
      case 'lots-ended':
        for (const id of change.ids) this.endedLots.set(id, change.at)
        return void (change.end && this.seriesEnds.set(change.end.id, change.end.expiredMicros))
      case 'credit-taken-back':
      case 'credit-given-back':
        this.plan = true
        return void this.takeBacks.set(change.takeBack.id, change.takeBack)
      case 'plan-set':
        this.plan = true
        this.told = true
        return
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

  overageSince(since: number): number {
    const granted = this.entries.filter(({ entry, lot }) => lot?.source === 'overage' && entry.at >= since)
    return granted.reduce((sum, { entry }) => sum + entry.amountMicros, 0)
  }

  #noteHold(hold: Hold): void {
    this.requests.add(hold.requestId)
    this.#touch(accountsOf(hold))
  }

  #touch(accounts: LimitAccount[]): void {
    for (const account of accounts) this.accounts.add(account)
    this.accounts.add('plan')
  }

  #end(requestId: string, ended: Ended): void {
    this.ended.set(requestId, ended)
    this.requests.add(requestId)
  }

  #noteEntry(change: EntryAdded, hold: Hold | undefined, balanceAfter: number) {
    const { entry, grantId, answer, abandoned, corrects, from, paid } = change
    const lot = grantId === null || entry.amountMicros <= 0 ? null : lotGranted(change)
    const added = { entry, grantId, lot, balanceAfter }
    this.entries.push(added)
    if (grantId !== null) this.grants.set(grantId, added)
    if (entry.amountMicros > 0) this.told = true
    if (paid || lot?.source === 'overage') this.plan = true
    if (answer) this.answers.set(idempotencyName(answer.payer, answer.key), answer)
    if (entry.requestId === null) return
    this.#touch(accountsOf(entry))
    if (!hold) this.late.add(entry.requestId)
    const { at, usage, costMicros } = entry
    const { amountMicros, entryId } = corrects ?? { amountMicros: 0 - entry.amountMicros, entryId: entry.id }
    const charged = { amountMicros, entryId, endedAt: at }
    this.#end(
      entry.requestId,
      abandoned && hold
        ? {
            state: 'abandoned',
            hold,
            usage: usage ?? {},
            at,
            drawn: from,
            costMicros: costMicros ?? undefined,
            ...charged,
          }
        : { state: 'settled', ...charged },
    )
  }
}
