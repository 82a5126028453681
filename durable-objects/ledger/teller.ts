// Answers every question from memory and records what follows from it. It knows no platform, so that a test can
// run it, drop it between any two steps and wake another from the same rows.
import type { AdmitInput, Admission, Balance, LedgerRpc, SettleInput, Settlement } from '#shared/contracts/ledger'
import type { Notice } from '#shared/contracts/notices'
import type { PolicySnapshot } from '#shared/contracts/policy'
import { withLimits } from '#shared/metering/account-limits'
import { decideAdmission } from './admission.ts'
import { decideAmendment } from './amendment.ts'
import { recountExpiry } from './apply-change.ts'
import { balanceOf } from './balance.ts'
import { listBudgets } from './budgets.ts'
import { CreditDesk } from './credit-desk.ts'
import { KeyDesk } from './key-desk.ts'
import { limitsOf, listLimits } from './limits.ts'
import { newsOfRefusal } from './notices.ts'
import { requireMicros } from './require-micros.ts'
import { tightestWindow } from './rate-window.ts'
import { Recorder, type RecorderOptions } from './recorder.ts'
import { listEntries, summarize } from './reports.ts'
import { decideRelease, decideSettlement } from './settlement.ts'
import type { EntryRow, LedgerState } from './state.ts'
import type { LedgerStore } from './store.ts'

type Input<Method extends keyof LedgerRpc> = Parameters<LedgerRpc[Method]>[0]

/** A row of the disk takes two million bytes; an Arabic letter is two. */
const POLICY_LENGTH = 500_000

const extrasOf = ({ tokens = 0, abandoned }: Pick<AdmitInput, 'tokens' | 'abandoned'>): number[] => [
  tokens,
  abandoned?.amountMicros ?? 0,
  abandoned?.costMicros ?? 0,
]

export class Teller {
  readonly #recorder: Recorder
  readonly #keys: KeyDesk
  readonly #credit: CreditDesk

  constructor(options: RecorderOptions) {
    this.#recorder = new Recorder(options)
    this.#keys = new KeyDesk(this.#recorder)
    this.#credit = new CreditDesk(this.#recorder)
  }

  get state(): LedgerState {
    return this.#recorder.state
  }

  get #moment() {
    return { now: this.#recorder.begin(), entryId: this.#recorder.entryId }
  }

  #refuse(admission: Admission, now: number): Admission {
    this.#recorder.tell(newsOfRefusal(this.state, admission, now), now)
    return admission
  }

  admit(input: AdmitInput): Admission {
    requireMicros(input.ceilingMicros, input.floorMicros, input.ttlMs, ...extrasOf(input))
    const now = this.#recorder.begin()
    const { admission, change, windows, keyId } = decideAdmission(this.state, this.#recorder.past, input, now)
    if (change) this.#recorder.record(change)
    else this.#recorder.useKey(keyId, now)
    if (!admission.ok) return this.#refuse(admission, now)
    return { ...admission, rateLimit: tightestWindow(this.state, windows, now) }
  }

  amend(input: Input<'amend'>): Admission {
    requireMicros(input.ceilingMicros, input.floorMicros, ...extrasOf(input))
    const now = this.#recorder.begin()
    const { admission, change } = decideAmendment(this.state, input, now)
    if (change) this.#recorder.record(change)
    this.#recorder.expireCredit(now)
    return this.#refuse(admission, now)
  }

  renew({ requestId, ttlMs }: Input<'renew'>): void {
    requireMicros(ttlMs)
    const expiresAt = this.#recorder.begin() + ttlMs
    const hold = this.state.holds.get(requestId)
    if (hold && hold.expiresAt < expiresAt) this.#recorder.record({ type: 'hold-renewed', requestId, expiresAt })
  }

  settle(input: SettleInput): Settlement {
    requireMicros(input.amountMicros, input.costMicros ?? 0)
    const moment = this.#moment
    const { settlement, changes } = decideSettlement(this.state, this.#recorder.past, input, moment)
    this.#recorder.recordAll(changes)
    this.#recorder.expireCredit(moment.now)
    return settlement
  }

  release({ requestId }: Input<'release'>): void {
    const moment = this.#moment
    const change = decideRelease(this.state, this.#recorder.past, requestId, moment)
    if (change) this.#recorder.record(change)
    this.#recorder.expireCredit(moment.now)
  }

  /** How a request stands. One that was never admitted has nothing to wait for, as if it were released. */
  standing(requestId: string): 'settled' | 'released' | 'running' {
    this.#recorder.begin()
    if (this.state.holds.has(requestId)) return 'running'
    const ended = this.#recorder.past.endedRequest(requestId)?.state
    return ended === 'settled' || ended === 'abandoned' ? 'settled' : 'released'
  }

  grant = (input: Input<'grant'>) => this.#credit.grant(input)
  credits = () => this.#credit.list()
  takeBack = (input: Input<'takeBack'>) => this.#credit.takeBack(input)
  giveBack = (input: Input<'giveBack'>) => this.#credit.giveBack(input)
  expireSeries = (input: Input<'expireSeries'>) => this.#credit.expireSeries(input)
  plan = () => this.#credit.plan()
  setPlan = (input: Input<'setPlan'>) => this.#credit.setPlan(input)

  balance(): Balance {
    this.#recorder.begin()
    return balanceOf(this.state)
  }

  #rows(): LedgerStore {
    this.#recorder.begin()
    this.fold()
    return this.#recorder.options.store
  }

  entries = (input: Input<'entries'>) => listEntries(this.#rows(), input)
  summary = (input: Input<'summary'>) => summarize(this.#rows(), input)

  createKey = (input: Input<'createKey'>) => this.#keys.create(input)
  updateKey = (input: Input<'updateKey'>) => this.#keys.update(input)
  revokeKey = (input: Input<'revokeKey'>) => this.#keys.revoke(input)
  revokeKeysOf = (input: Input<'revokeKeysOf'>) => this.#keys.revokeAllOf(input)
  keys = (input: Input<'keys'>) => this.#keys.list(input)
  verifyKey = (input: Input<'verifyKey'>) => this.#keys.verify(input)

  setBudget({ account, budget }: Input<'setBudget'>): void {
    if (budget) requireMicros(budget.limitMicros)
    this.#recorder.begin()
    this.#recorder.record({ type: 'budget-set', account, budget })
  }

  budgets = () => listBudgets(this.state, this.#recorder.begin())

  setLimits({ account, limits }: Input<'setLimits'>): void {
    const { requestsPerMinute, tokensPerMinute, parallelRequests, alertPercents = [] } = limits
    requireMicros(requestsPerMinute ?? 0, tokensPerMinute ?? 0, parallelRequests ?? 0, ...alertPercents)
    this.#recorder.begin()
    this.#recorder.record({ type: 'limits-set', account, limits: withLimits(limitsOf(this.state, account), limits) })
  }

  limits() {
    this.#recorder.begin()
    return listLimits(this.state)
  }

  setRateLimit({ requestsPerMinute }: Input<'setRateLimit'>): void {
    this.setLimits({ account: 'organization', limits: { requestsPerMinute } })
  }

  policy(): PolicySnapshot {
    this.#recorder.begin()
    return this.state.policy
  }

  setPolicy(change: Input<'setPolicy'>): PolicySnapshot & { conflict?: true } {
    this.#recorder.begin()
    const { version, policy, providerKeys } = this.state.policy
    if (change.ifVersion !== undefined && change.ifVersion !== version) return { ...this.state.policy, conflict: true }
    const snapshot = {
      version: version + 1,
      policy: change.policy ?? policy,
      providerKeys: change.providerKeys ?? providerKeys,
    }
    if (JSON.stringify(snapshot).length > POLICY_LENGTH) throw new RangeError('a policy of this size cannot be kept')
    this.#recorder.record({ type: 'policy-set', snapshot })
    return snapshot
  }

  /** What the queue does not have yet. */
  notices = (): Notice[] => [...this.state.outbox.values()]

  noticesSent(ids: string[]): void {
    this.#recorder.record({ type: 'notices-sent', ids })
  }

  /** Ends the holds that have run out, and says when the next one does. */
  expire(): number {
    this.#recorder.begin()
    return recountExpiry(this.state)
  }

  /** Something was used that the log does not tell of. */
  get hasLoose(): boolean {
    return this.#recorder.hasLoose
  }

  get wantsFold(): boolean {
    return this.#recorder.wantsFold
  }

  fold = (): EntryRow[] => this.#recorder.fold()
  forget = (before: number): void => this.#recorder.forget(before)
}
