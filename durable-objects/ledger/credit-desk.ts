// Credit as billing knows it: granted, listed, taken back, given back and ended; and the plan that it comes with.
import type { Credits, GrantInput, LedgerEntry, LedgerRpc, PlanTerms, TakeBack } from '#shared/contracts/ledger'
import { toCreditLot } from '#shared/metering/credit-rules'
import { decideGiveBack, decideGrant, decidePayment, decideSeriesEnd, decideTakeBack } from './credit.ts'
import { toLedgerEntry } from './entry-rows.ts'
import type { Moment } from './new-entry.ts'
import type { Recorder } from './recorder.ts'
import { requireMicros } from './require-micros.ts'
import type { EntryAdded } from './state.ts'

type Input<Method extends keyof LedgerRpc> = Parameters<LedgerRpc[Method]>[0]

export class CreditDesk {
  readonly #recorder: Recorder

  constructor(recorder: Recorder) {
    this.#recorder = recorder
  }

  get #state() {
    return this.#recorder.state
  }

  #begin(): Moment {
    return { now: this.#recorder.begin(), entryId: this.#recorder.entryId }
  }

  grant(input: GrantInput): { entry: LedgerEntry; repeated: boolean } {
    const { id, amountMicros, kind, expiresAt, series, replacesSeries } = input
    if (!Number.isSafeInteger(amountMicros) || (kind !== 'adjustment' && amountMicros < 0))
      throw new RangeError(`not an amount to grant: ${amountMicros}`)
    requireMicros(expiresAt ?? 0)
    const moment = this.#begin()
    const known = this.#recorder.grantOf(id)
    if (known) return { entry: toLedgerEntry(known), repeated: true }
    if (replacesSeries && series !== undefined) this.#endSeries(series, null, moment.now)
    const granted = decideGrant(this.#state, input, moment)
    this.#add(granted, moment)
    return { entry: toLedgerEntry(granted.entry), repeated: false }
  }

  /** What is owed is paid in the same moment, and what expired before it came goes. */
  #add(granted: EntryAdded, moment: Moment): void {
    this.#recorder.record(granted)
    const payment = decidePayment(this.#state, granted, moment)
    if (payment) this.#recorder.record(payment)
    this.#recorder.expireCredit(moment.now)
  }

  #endSeries(series: string, id: string | null, now: number): number {
    const change = decideSeriesEnd(this.#state, { series, id }, now)
    if (change.ids.length > 0 || change.end) this.#recorder.record(change)
    this.#recorder.expireCredit(now)
    return change.end?.expiredMicros ?? 0
  }

  expireSeries({ id, series }: Input<'expireSeries'>): { expiredMicros: number } {
    const { now } = this.#begin()
    const known = this.#recorder.past.seriesEnd(id)
    return { expiredMicros: known ?? this.#endSeries(series, id, now) }
  }

  list(): Credits {
    this.#recorder.begin()
    const { lots, owed, overageMicros } = this.#state
    const owedMicros = owed.reduce((sum, { micros }) => sum + micros, 0)
    return { lots: lots.map(toCreditLot), owedMicros, overageMicros }
  }

  takeBack(input: Input<'takeBack'>): TakeBack {
    requireMicros(input.amountMicros)
    const moment = this.#begin()
    const { past } = this.#recorder
    const known = past.takeBackOf(input.id)
    if (known) {
      const { takenMicros, owedMicros } = known
      return { ok: true, takenMicros, owedMicros, repeated: true }
    }
    const decided = decideTakeBack(this.#state, past, input, moment)
    if (!decided) return { ok: false, code: 'unknown_grant' }
    this.#recorder.recordAll(decided.changes)
    const { takenMicros, owedMicros } = decided.takeBack
    return { ok: true, takenMicros, owedMicros, repeated: false }
  }

  giveBack({ takeBackId }: Input<'giveBack'>): Awaited<ReturnType<LedgerRpc['giveBack']>> {
    const moment = this.#begin()
    const { past } = this.#recorder
    const known = past.takeBackOf(takeBackId)
    if (!known) return { givenMicros: 0, forgivenMicros: 0, repeated: false }
    if (known.givenBack) return { ...known.givenBack, repeated: true }
    const { takeBack, changes } = decideGiveBack(this.#state, past, known, moment)
    const [told, given] = changes
    this.#recorder.record(told)
    if (given) this.#add(given, moment)
    return { ...takeBack.givenBack!, repeated: false }
  }

  plan(): PlanTerms | null {
    this.#recorder.begin()
    return this.#state.plan
  }

  setPlan(terms: PlanTerms): { applied: boolean } {
    const { asOf, requestsPerMinute, tokensPerMinute, parallelRequests, overdraft } = terms
    requireMicros(asOf, requestsPerMinute ?? 0, tokensPerMinute ?? 0, parallelRequests ?? 0)
    requireMicros(overdraft?.capMicros ?? 0, overdraft?.since ?? 0)
    this.#recorder.begin()
    const { plan, overageMicros } = this.#state
    if (plan && asOf < plan.asOf) return { applied: false }
    const same = overdraft && plan?.overdraft?.since === overdraft.since
    const used = same ? overageMicros : overdraft ? this.#recorder.past.overageSince(overdraft.since) : 0
    this.#recorder.record({ type: 'plan-set', terms, overageMicros: used })
    return { applied: true }
  }
}
