// Memory and what is on its way to the disk: every change goes through here, be it decided now or read from the
// log by an object that wakes.
import type { Clock } from '#shared/lib/clock'
import type { CreateId } from '#shared/lib/ids'
import { expiredParts } from '#shared/metering/credit-rules'
import type { PastRequests } from './admission.ts'
import { applyChange, recountExpiry } from './apply-change.ts'
import { accountsOf } from './accounts.ts'
import { decideCreditExpiry, type PastCredit } from './credit.ts'
import { grantedLot, overageFrom, seriesEnd, takeBackOf, takeBacksOf } from './credit-rows.ts'
import type { Journal } from './journal.ts'
import { creditExamined, lotBeforeLots } from './lots.ts'
import type { Moment } from './new-entry.ts'
import { firstSince } from './reports.ts'
import { newsOfSpending, noticeChange, type News } from './notices.ts'
import { decideExpiry, expiredHolds, type PastSettlements } from './settlement.ts'
import { idempotencyName, type Change, type EntryRow, type LedgerState, type LotOrigin } from './state.ts'
import type { LedgerStore } from './store.ts'
import { Unfolded } from './unfolded.ts'

export interface RecorderOptions {
  store: LedgerStore
  journal: Journal
  clock: Clock
  ids: CreateId
  organizationId: () => string
  onEnded?: (requestId: string, outcome: 'settled' | 'released') => void
}

/** Often enough that nobody waits for more than a moment's work, seldom enough that it is done in bulk. */
const FOLD_AFTER_CHANGES = 256

const requestOf = (change: Change): string | null =>
  change.type === 'entry-added' ? change.entry.requestId : 'requestId' in change ? change.requestId : null

export class Recorder {
  readonly state: LedgerState
  readonly options: RecorderOptions
  #unfolded = new Unfolded()

  constructor(options: RecorderOptions) {
    this.options = options
    this.state = options.store.load()
    for (const change of options.store.log()) this.#apply(change)
  }

  #apply(change: Change): void {
    const requestId = requestOf(change)
    const hold = requestId === null ? undefined : this.state.holds.get(requestId)
    applyChange(this.state, change)
    this.#unfolded.note(change, { hold, balanceMicros: this.state.balanceMicros })
  }

  record(change: Change): void {
    this.#apply(change)
    this.options.journal.add(change)
    if (change.type === 'entry-added') {
      const { entry } = change
      if (entry.requestId === null) return
      this.options.onEnded?.(entry.requestId, 'settled')
      if (entry.amountMicros < 0) this.tell(newsOfSpending(this.state, accountsOf(entry), entry.at), entry.at)
    } else if (change.type === 'hold-expired' || change.type === 'hold-released')
      this.options.onEnded?.(change.requestId, 'released')
  }

  tell(news: News[], now: number): void {
    const { ids, organizationId } = this.options
    for (const each of news)
      this.record(noticeChange(each, { id: ids('event'), organizationId: organizationId(), at: now }))
  }

  readonly entryId = () => this.options.ids('entry')

  /** The time of this step, with every hold ended that has run out by then. */
  begin(): number {
    const { state } = this
    const now = Math.max(this.options.clock(), state.latestAt)
    if (now >= state.nextExpiry) {
      for (const hold of expiredHolds(state, now)) this.recordAll(decideExpiry(state, hold, this.#moment(now)))
      recountExpiry(state)
    }
    this.expireCredit(now)
    return now
  }

  #moment = (now: number): Moment => ({ now, entryId: this.entryId })

  recordAll(changes: readonly Change[]): void {
    for (const change of changes) this.record(change)
  }

  /** Lets go of credit whose time is over, but for what requests in flight hold: when they end, this is asked again. */
  expireCredit(now: number): void {
    const { state } = this
    if (!state.creditFreed && now < state.nextCreditExpiry) return
    for (const part of expiredParts(state.lots, state.holds.values(), now))
      this.record(decideCreditExpiry(state, part, this.#moment(now)))
    creditExamined(state, now)
  }

  /** Memory first: it has what the tables do not have yet. */
  readonly past: PastRequests & PastSettlements & PastCredit = {
    hasEnded: (requestId) => this.#unfolded.ended.has(requestId) || this.options.store.hasEnded(requestId),
    endedRequest: (requestId) => this.#unfolded.ended.get(requestId) ?? this.options.store.endedRequest(requestId),
    answerOf: (payer, key) =>
      this.#unfolded.answers.get(idempotencyName(payer, key)) ?? this.options.store.answerOf(payer, key),
    lotOf: (id) => this.state.lots.find((lot) => lot.id === id) ?? this.#grantedLot(id) ?? lotBeforeLots(0, 0),
    grantedLot: (id) => this.#grantedLot(id),
    takeBackOf: (id) => this.#unfolded.takeBacks.get(id) ?? takeBackOf(this.options.store, id),
    takeBacksOf: (grantId) => {
      const known = new Map(takeBacksOf(this.options.store, grantId).map((each) => [each.id, each]))
      for (const each of this.#unfolded.takeBacks.values()) if (each.grantId === grantId) known.set(each.id, each)
      return [...known.values()]
    },
    seriesEnd: (id) => this.#unfolded.seriesEnds.get(id) ?? seriesEnd(this.options.store, id),
    overageSince: (since) => {
      const { store } = this.options
      return overageFrom(store, firstSince(store, since)) + this.#unfolded.overageSince(since)
    },
  }

  #grantedLot(grantId: string): LotOrigin | null {
    const { grants, endedLots } = this.#unfolded
    const added = grants.get(grantId)
    const lot = added ? added.lot : grantedLot(this.options.store, grantId)
    const expiresAt = endedLots.get(grantId)
    return lot && expiresAt !== undefined ? { ...lot, expiresAt, ended: true } : lot
  }

  grantOf(id: string): EntryRow | null {
    return this.#unfolded.grants.get(id)?.entry ?? this.options.store.grantOf(id)
  }

  /** No change tells of it: it is written down with the next fold, or forgotten. */
  useKey(keyId: string | null, now: number): void {
    const key = keyId === null ? undefined : this.state.keys.get(keyId)
    if (!key) return
    key.lastUsedAt = now
    this.#unfolded.useKey(key.record.id)
  }

  get hasLoose(): boolean {
    return this.#unfolded.hasLoose
  }

  get wantsFold(): boolean {
    return this.#unfolded.changes >= FOLD_AFTER_CHANGES
  }

  /** Everything so far is in the tables. Answers with the entries that have come there by this. */
  fold(): EntryRow[] {
    const { journal, store } = this.options
    journal.flush()
    const unfolded = this.#unfolded
    if (unfolded.changes === 0 && !unfolded.hasLoose) return []
    try {
      store.fold(this.state, unfolded)
    } catch (error) {
      journal.fail(error)
      throw error
    }
    this.#unfolded = new Unfolded()
    this.state.changedLots.clear()
    return unfolded.entries.map(({ entry }) => entry)
  }

  /** Drops what is remembered of requests that ended before. */
  forget(before: number): void {
    this.fold()
    this.options.store.forget(before, [...this.state.holds.values()])
  }
}
