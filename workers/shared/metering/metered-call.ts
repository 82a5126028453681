// One paid call, from the ledger's admission to its settlement: the only caller of admit, amend, renew, settle and
// release. However it ends (complete, cut by the provider, left by its caller, failed), it ends once.
import type { Admission, AdmitInput, LedgerRpc, Payer } from '../contracts/ledger.ts'
import type { CatalogModel } from '../contracts/model.ts'
import type { Scope } from '../contracts/permissions.ts'
import type { Logger } from '../http/log.ts'
import { serviceUnavailable, type Problem } from '../http/problems.ts'
import type { Clock } from '../lib/clock.ts'
import type { Price, Usage } from '../lib/money.ts'
import { toAdmissionProblem } from './admission-problem.ts'
import type { Charge, Ending, Tally } from './charge.ts'
import { HOLD_TTL_MS, type Deadlines } from './call-times.ts'
import type { CallSize } from './hold.ts'
import { holdOf } from './hold-of.ts'
import { RunningCall } from './running-call.ts'
import type { Timers } from './timers.ts'

export type PricedModel = CatalogModel & { price: Price }

/** Who is asked, and how large the answer can become. */
export interface CallTarget {
  model: PricedModel
  size: CallSize
  /** The provider answers in one piece, so its first byte comes with its last. */
  inOnePiece?: boolean
}

export interface CallInput extends CallTarget {
  requestId: string
  scope: Scope
  service: string
  idempotency?: AdmitInput['idempotency']
  /** The organization's policy that this call was prepared under. */
  policyVersion?: number
  /** What an earlier request with this Idempotency-Key has paid for and not been given. */
  paidBefore?: Usage
  /** The running request that this one is a part of. */
  partOf?: string
}

export interface MeterContext {
  ledger: Pick<LedgerRpc, 'admit' | 'amend' | 'renew' | 'settle' | 'release'>
  payer: Payer
  /** Fires when the caller goes away. */
  signal: AbortSignal
  waitUntil: (promise: Promise<unknown>) => void
  clock: Clock
  logger?: Logger
  timers?: Timers
  deadlines?: Deadlines
}

export interface Settled {
  amountMicros: number
  usage: Usage
  estimated: boolean
}

export interface MeteredCall {
  readonly requestId: string
  /** Who is asked at present. */
  readonly model: PricedModel
  readonly rateLimit: Extract<Admission, { ok: true }>['rateLimit']
  /** How long equal requests are answered from the cache, where the key has that switched on. */
  readonly keyCacheSeconds: number | null
  /** The member who pays: the caller, or who made their key. */
  readonly userId: string | null
  /** How long each answer may be: what was asked for, or what could be held. */
  readonly maxOutputTokens: number
  /** What the prompt is likely to count. */
  readonly promptTokens: number
  /** Whether the credit, not the caller, set that limit. */
  readonly shortened: boolean
  /** For the provider that is asked at present: fires when the caller leaves or a deadline passes. */
  readonly signal: AbortSignal
  /** How many times a provider was asked. */
  readonly attempts: number
  /** Milliseconds left of the whole call. */
  remainingMs(): number
  /** Why it, or its present attempt, was stopped. */
  stopped(): Problem | null
  /** No further attempt can be made: the caller left, the time is up, or it has ended. */
  over(): boolean
  /** The caller was seen to go away otherwise than by its signal. */
  leave(): void
  /** Runs once, when the caller leaves or a deadline of this attempt or the call passes. */
  onStop(callback: (problem: Problem) => void): void
  /** The attempt has failed with nothing passed on: nobody has the prompt for now, and nothing is known of an answer. */
  forget(): void
  /** Another attempt begins, with a signal and a deadline of its own. */
  tryAgain(): void
  /** The next attempt goes to somebody else: the hold becomes theirs. Data where the ledger refuses; the hold is then as it was. */
  moveTo(target: CallTarget): Promise<Extract<Admission, { ok: false }> | null>
  /** The prompt is on its way to the provider: who leaves from here on pays for it. */
  sent(): void
  /** The answer begins to be passed on: from here on a failure is a cut. */
  commit(): void
  /** Asked for what is known whenever the call ends. */
  tallyWith(tally: () => Tally): void
  /** The provider said something: the deadline starts anew. */
  alive(): void
  /** Runs before the charge is settled, to keep the answer for its Idempotency-Key: the key is used from then on. */
  keepWith(keep: (charge: Charge, ending: Ending) => Promise<void>): void
  /** Runs when it has ended, beside its settlement; this Worker waits for both. */
  onEnd(callback: (charge: Charge | null, ending: Ending) => Promise<void>): void
  /** No provider is asked: what was kept of an earlier answer is given, at this price. */
  priceAs(price: Price): void
  /** Asked when the caller leaves: whether the provider is to be read on for a moment, until it says what it counted. */
  lingerWith(linger: () => Promise<void> | null): void
  /** Ends it, once; later calls repeat the first outcome. Null: nothing is charged. */
  end(ending: Ending): Charge | null
  readonly settled: Promise<Settled>
}

export type IdempotentRefusal = Extract<Admission, { code: 'replay' | 'idempotency_in_progress' }>
/** The call was prepared under an old policy: here is the present one. */
export type PolicyRefusal = Extract<Admission, { code: 'policy_changed' }>
/** What a caller can do something about, as data. */
export type Refusal = IdempotentRefusal | PolicyRefusal

export const isRefusal = (outcome: MeteredCall | Refusal): outcome is Refusal => 'code' in outcome

const askLedger = (call: CallInput, ctx: MeterContext): Promise<Admission> =>
  ctx.ledger.admit({
    requestId: call.requestId,
    payer: ctx.payer,
    scope: call.scope,
    service: call.service,
    ...holdOf(call),
    ttlMs: HOLD_TTL_MS,
    ...(call.idempotency && { idempotency: call.idempotency }),
    ...(call.policyVersion !== undefined && { policyVersion: call.policyVersion }),
    ...(call.partOf !== undefined && { partOf: call.partOf }),
  })

const isForCaller = (refusal: Extract<Admission, { ok: false }>): refusal is Refusal =>
  refusal.code === 'replay' || refusal.code === 'idempotency_in_progress' || refusal.code === 'policy_changed'

/** Admits the call or throws why not. Where its Idempotency-Key was used before, or its policy is old, that is the answer. */
export async function openMeteredCall({
  call,
  ctx,
}: {
  call: CallInput
  ctx: MeterContext
}): Promise<MeteredCall | Refusal> {
  // Given before the hold's answer is used: a caller who leaves while the ledger is asked must not end this Worker's work.
  const finished = Promise.withResolvers<void>()
  ctx.waitUntil(finished.promise)
  let admission: Admission
  try {
    admission = await askLedger(call, ctx)
  } catch (error) {
    // The answer was lost, the hold perhaps not.
    void ctx.ledger
      .release({ requestId: call.requestId })
      .catch(() => undefined)
      .finally(finished.resolve)
    throw serviceUnavailable('The ledger', error instanceof Error ? error.message : String(error))
  }
  if (!admission.ok) {
    finished.resolve()
    if (isForCaller(admission)) return admission
    throw toAdmissionProblem(admission)
  }
  const metered = new RunningCall({ call, ctx, admission, finish: finished.resolve })
  const stopped = metered.stopped()
  if (stopped) throw stopped
  return metered
}
