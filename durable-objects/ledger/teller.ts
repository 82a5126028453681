// Answers every question from memory and hands each change to the journal. It knows no platform, so that a
// test can run it, drop it between any two steps and wake another from the same rows.
import type {
  AdmitInput,
  Admission,
  Balance,
  BudgetAccount,
  GrantInput,
  KeyRecord,
  KeyState,
  KeyVerdict,
  LedgerEntry,
  LedgerRpc,
  SettleInput,
  Settlement,
} from '#shared/contracts/ledger'
import type { PolicySnapshot } from '#shared/contracts/policy'
import { invalidCursor } from '#shared/http/problems'
import type { Clock } from '#shared/lib/clock'
import { decodeCursor, encodeCursor } from '#shared/lib/cursor'
import type { CreateId } from '#shared/lib/ids'
import { withLimits } from '#shared/metering/account-limits'
import { decideAmendment } from './amendment.ts'
import { decideAdmission, type PastRequests } from './admission.ts'
import { balanceOf } from './balance.ts'
import { accountsOf, listBudgets } from './budgets.ts'
import { toLedgerEntry } from './entry-rows.ts'
import { decideGrant } from './grants.ts'
import type { Journal } from './journal.ts'
import { checkKey, keyState } from './keys.ts'
import { limitsOf, listLimits } from './limits.ts'
import { keyWindows, refuseTooFast, takeFromWindows, tightestWindow, type RateWindow } from './rate-window.ts'
import { listEntries, summarize } from './reports.ts'
import { decideExpiries, decideRelease, decideSettlement, type PastSettlements } from './settlement.ts'
import { applyChange, idempotencyName, recountExpiry, type Change, type LedgerState } from './state.ts'
import type { LedgerStore } from './store.ts'

type Input<Method extends keyof LedgerRpc> = Parameters<LedgerRpc[Method]>[0]

export interface TellerOptions {
  store: LedgerStore
  journal: Journal
  clock: Clock
  ids: CreateId
  onEnded?: (requestId: string, outcome: 'settled' | 'released') => void
}

function requireMicros(...amounts: number[]): void {
  for (const amount of amounts)
    if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError(`not an amount of micros: ${amount}`)
}

export class Teller {
  readonly state: LedgerState
  readonly #options: TellerOptions
  /** Requests and answers whose rows may still be in the journal. */
  readonly #unwritten = new Set<string>()
  /** What has changed since the last checkpoint. */
  readonly #touched = { accounts: new Set<BudgetAccount>(), keys: new Set<string>(), buckets: new Set<string>() }

  constructor(options: TellerOptions) {
    this.#options = options
    const { state, recounted } = options.store.load()
    this.state = state
    for (const account of recounted) this.#touched.accounts.add(account)
  }

  readonly #past: PastRequests & PastSettlements = {
    hasEnded: (requestId) => this.#written(requestId).hasEnded(requestId),
    endedRequest: (requestId) => this.#written(requestId).endedRequest(requestId),
    answerOf: (payer, key) => this.#written(idempotencyName(payer, key)).answerOf(payer, key),
  }

  /** The store, once it has the row that is asked for. */
  #written(name: string): LedgerStore {
    if (this.#unwritten.has(name)) this.#flush()
    return this.#options.store
  }

  #flush(): LedgerStore {
    this.#options.journal.flush()
    this.#unwritten.clear()
    return this.#options.store
  }

  /** Called by whoever writes the journal by itself. */
  forgetWritten(): void {
    this.#unwritten.clear()
  }

  #record(change: Change): void {
    applyChange(this.state, change)
    this.#options.journal.add(change)
    if (change.type === 'entry-added') {
      for (const account of accountsOf(change.entry)) this.#touched.accounts.add(account)
      if (change.answer) this.#unwritten.add(idempotencyName(change.answer.payer, change.answer.key))
      if (change.entry.requestId) this.#ended(change.entry.requestId, 'settled')
    } else if (change.type === 'hold-expired' || change.type === 'hold-released')
      this.#ended(change.requestId, 'released')
  }

  #ended(requestId: string, outcome: 'settled' | 'released'): void {
    this.#unwritten.add(requestId)
    this.#options.onEnded?.(requestId, outcome)
  }

  /** The time of this step, with every hold freed that has run out by then. */
  #begin(): number {
    const now = Math.max(this.#options.clock(), this.state.latestAt)
    const expiries = decideExpiries(this.state, now)
    for (const change of expiries) this.#record(change)
    if (now >= this.state.nextExpiry) recountExpiry(this.state)
    return now
  }

  /** Frees the holds that have run out, and says when the next one does. */
  expire(): number {
    this.#begin()
    return recountExpiry(this.state)
  }

  #use(keyId: string | null, windows: RateWindow[], now: number): void {
    takeFromWindows(this.state, windows, now)
    for (const window of windows) this.#touched.buckets.add(window.bucket)
    const key = keyId === null ? undefined : this.state.keys.get(keyId)
    if (!key) return
    key.lastUsedAt = now
    this.#touched.keys.add(key.record.id)
  }

  admit(input: AdmitInput): Admission {
    requireMicros(input.ceilingMicros, input.floorMicros, input.ttlMs, input.tokens ?? 0)
    const now = this.#begin()
    const { admission, hold, windows, keyId } = decideAdmission(this.state, this.#past, input, now)
    this.#use(keyId, windows, now)
    if (!hold) return admission
    this.#record({ type: 'hold-taken', hold })
    return admission.ok ? { ...admission, rateLimit: tightestWindow(this.state, windows, now) } : admission
  }

  settle(input: SettleInput): Settlement {
    requireMicros(input.amountMicros)
    const now = this.#begin()
    const { settlement, change } = decideSettlement(this.state, this.#past, input, { now, entryId: this.#entryId })
    if (change) this.#record(change)
    return settlement
  }

  amend(input: Input<'amend'>): Admission {
    requireMicros(input.ceilingMicros, input.floorMicros, input.tokens ?? 0)
    const { admission, hold } = decideAmendment(this.state, input, this.#begin())
    if (hold) this.#record({ type: 'hold-amended', hold })
    return admission
  }

  renew({ requestId, ttlMs }: Input<'renew'>): void {
    requireMicros(ttlMs)
    const expiresAt = this.#begin() + ttlMs
    const hold = this.state.holds.get(requestId)
    if (hold && hold.expiresAt < expiresAt) this.#record({ type: 'hold-renewed', requestId, expiresAt })
  }

  release({ requestId }: Input<'release'>): void {
    const now = this.#begin()
    const change = decideRelease(this.state, this.#past, requestId, now)
    if (change) this.#record(change)
  }

  /** How a request stands. One that was never admitted has nothing to wait for, as if it were released. */
  standing(requestId: string): 'settled' | 'released' | 'running' {
    this.#begin()
    if (this.state.holds.has(requestId)) return 'running'
    return this.#past.endedRequest(requestId)?.state === 'settled' ? 'settled' : 'released'
  }

  grant(input: GrantInput): { entry: LedgerEntry; repeated: boolean } {
    const now = this.#begin()
    const known = this.#flush().grantOf(input.id)
    if (known) return { entry: toLedgerEntry(known), repeated: true }
    const { entry, change } = decideGrant(this.state, input, { now, entryId: this.#entryId })
    this.#record(change)
    return { entry: toLedgerEntry(entry), repeated: false }
  }

  readonly #entryId = () => this.#options.ids('entry')

  balance(): Balance {
    this.#begin()
    return balanceOf(this.state)
  }

  entries = (input: Input<'entries'>) => listEntries(this.#flush(), input)
  summary = (input: Input<'summary'>) => summarize(this.#flush(), input)

  createKey(record: KeyRecord): void {
    if (!this.state.keys.has(record.id)) this.#record({ type: 'key-written', key: record })
  }

  #keyOf(id: string, userId: string | undefined): KeyRecord | null {
    const key = this.state.keys.get(id)?.record
    return key && (userId === undefined || key.userId === userId) ? key : null
  }

  updateKey({ id, userId, change }: Input<'updateKey'>): KeyState | null {
    const now = this.#begin()
    const key = this.#keyOf(id, userId)
    if (!key) return null
    this.#record({ type: 'key-written', key: { ...key, ...change } })
    return keyState(this.state, id, now)
  }

  revokeKey({ id, userId }: Input<'revokeKey'>): KeyState | null {
    const now = this.#begin()
    const key = this.#keyOf(id, userId)
    if (!key) return null
    if (key.revokedAt === null) this.#record({ type: 'key-written', key: { ...key, revokedAt: now } })
    return keyState(this.state, id, now)
  }

  revokeKeysOf({ userId }: Input<'revokeKeysOf'>): number {
    const working = [...this.state.keys.values()].filter(
      ({ record }) => record.userId === userId && record.revokedAt === null,
    )
    for (const { record } of working) this.revokeKey({ id: record.id })
    return working.length
  }

  keys({ limit, cursor, userId }: Input<'keys'>) {
    const now = this.#begin()
    const before = cursor === undefined ? null : decodeCursor('keys', cursor)
    if (cursor !== undefined && !before) throw invalidCursor()
    const ids = [...this.state.keys.keys()].filter((id) => this.#keyOf(id, userId) && (before === null || id < before))
    const rest = ids.toSorted((a, b) => (a < b ? 1 : -1))
    const shown = rest.slice(0, limit)
    return {
      data: shown.map((id) => keyState(this.state, id, now)!),
      nextCursor: rest.length > limit ? encodeCursor('keys', shown.at(-1)!) : null,
    }
  }

  verifyKey({ keyId, secretHash }: Input<'verifyKey'>): KeyVerdict {
    const now = this.#begin()
    const verdict = checkKey(this.state, keyId, secretHash, now)
    if (!verdict.ok) return verdict
    const windows = keyWindows(verdict.key)
    const tooFast = refuseTooFast(this.state, windows, now)
    if (tooFast) return tooFast
    this.#use(keyId, windows, now)
    const { userId, scopes } = verdict.key
    return { ok: true, keyId, userId, scopes, rateLimit: tightestWindow(this.state, windows, now) }
  }

  setBudget({ account, budget }: Input<'setBudget'>): void {
    if (budget) requireMicros(budget.limitMicros)
    this.#record({ type: 'budget-set', account, budget })
  }

  budgets = () => listBudgets(this.state, this.#begin())

  setLimits({ account, limits }: Input<'setLimits'>): void {
    this.#record({ type: 'limits-set', account, limits: withLimits(limitsOf(this.state, account), limits) })
  }

  limits = () => listLimits(this.state)

  setRateLimit({ requestsPerMinute }: Input<'setRateLimit'>): void {
    this.setLimits({ account: 'organization', limits: { requestsPerMinute } })
  }

  policy = (): PolicySnapshot => this.state.policy

  setPolicy(change: Input<'setPolicy'>): PolicySnapshot & { conflict?: true } {
    const { version, policy, providerKeys } = this.state.policy
    if (change.ifVersion !== undefined && change.ifVersion !== version) return { ...this.state.policy, conflict: true }
    const snapshot = {
      version: version + 1,
      policy: change.policy ?? policy,
      providerKeys: change.providerKeys ?? providerKeys,
    }
    this.#record({ type: 'policy-set', snapshot })
    return snapshot
  }

  hasTouched(): boolean {
    return Object.values(this.#touched).some((names) => names.size > 0)
  }

  checkpoint(): void {
    this.#flush().checkpoint(this.state, this.#touched)
    for (const names of Object.values(this.#touched)) names.clear()
  }
}
