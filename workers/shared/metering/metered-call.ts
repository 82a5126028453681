// One paid call, from the ledger's admission to its settlement: the only caller of admit, settle and release.
// However it ends (complete, cut by the provider, left by its caller, failed), it ends once.
import type { Admission, AdmitInput, LedgerRpc, Payer } from '../contracts/ledger.ts'
import type { CatalogModel } from '../contracts/model.ts'
import type { Scope } from '../contracts/permissions.ts'
import { silentLogger, type Logger } from '../http/log.ts'
import { Problem, serviceUnavailable } from '../http/problems.ts'
import type { Clock } from '../lib/clock.ts'
import type { Price, Usage } from '../lib/money.ts'
import { toAdmissionProblem } from './admission-problem.ts'
import { chargeFor, nothingYet, type Charge, type Ending, type Tally } from './charge.ts'
import { affordableOutputTokens, holdFor, type CallSize } from './hold.ts'
import { settleWithRetries, withRetries } from './settle-with-retries.ts'
import { systemTimers, type Timers } from './timers.ts'

export type PricedModel = CatalogModel & { price: Price }

export interface CallInput {
  requestId: string
  model: PricedModel
  scope: Scope
  service: string
  size: CallSize
  idempotency?: AdmitInput['idempotency']
  /** The organization's policy that this call was prepared under. */
  policyVersion?: number
  /** The provider answers in one piece, so its first byte comes with its last. */
  inOnePiece?: boolean
}

export interface Deadlines {
  firstByteMs: number
  idleMs: number
  /** For an answer in one piece. */
  onePieceMs: number
  totalMs: number
}

export const defaultDeadlines: Deadlines = {
  firstByteMs: 120_000,
  idleMs: 120_000,
  onePieceMs: 10 * 60_000,
  totalMs: 20 * 60_000,
}

/** A hold outlives the longest call, so that nothing runs unheld; only a lost Worker lets it run out. */
const HOLD_GRACE_MS = 60_000
const STOP_GRACE_MS = 1_000

export interface MeterContext {
  ledger: Pick<LedgerRpc, 'admit' | 'settle' | 'release'>
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
  requestId: string
  model: PricedModel
  rateLimit: Extract<Admission, { ok: true }>['rateLimit']
  /** The member who pays: the caller, or who made their key. */
  userId: string | null
  /** How long each answer may be: what was asked for, or what could be held. */
  maxOutputTokens: number
  /** What the prompt is likely to count. */
  promptTokens: number
  /** Whether the credit, not the caller, set that limit. */
  shortened: boolean
  /** For the provider: fires when the caller leaves or a deadline passes. */
  signal: AbortSignal
  /** Why it fired. */
  stopped(): Problem | null
  /** The caller was seen to go away otherwise than by its signal. */
  leave(): void
  /** Runs once, when the caller leaves or a deadline passes. */
  onStop(callback: (problem: Problem) => void): void
  /** The prompt is on its way to the provider: who leaves from here on pays for it. */
  sent(): void
  /** Asked for what is known whenever the call ends. */
  tallyWith(tally: () => Tally): void
  /** The provider said something: the deadline starts anew. */
  alive(): void
  /** Runs before the charge is settled, to keep the answer for its Idempotency-Key: the key is used from then on. */
  keepWith(keep: (charge: Charge, ending: Ending) => Promise<void>): void
  /** Ends it, once; later calls repeat the first outcome. Null: nothing is charged. */
  end(ending: Ending): Charge | null
  settled: Promise<Settled>
}

export type IdempotentRefusal = Extract<Admission, { code: 'replay' | 'idempotency_in_progress' }>
/** The call was prepared under an old policy: here is the present one. */
export type PolicyRefusal = Extract<Admission, { code: 'policy_changed' }>
/** What a caller can do something about, as data. */
export type Refusal = IdempotentRefusal | PolicyRefusal

export const isRefusal = (outcome: MeteredCall | Refusal): outcome is Refusal => 'code' in outcome

const callerLeft = () => new Problem('client_closed_request', 'The caller went away before the answer was complete.')
const timedOut = () => new Problem('provider_timeout', 'The model’s provider did not answer in time.')

async function askLedger(
  call: CallInput,
  ctx: MeterContext,
  hold: { ceilingMicros: number; floorMicros: number },
): Promise<Admission> {
  const { totalMs } = ctx.deadlines ?? defaultDeadlines
  return ctx.ledger.admit({
    requestId: call.requestId,
    payer: ctx.payer,
    scope: call.scope,
    service: call.service,
    model: call.model.id,
    provider: call.model.vendor,
    ...hold,
    ttlMs: totalMs + HOLD_GRACE_MS,
    ...(call.idempotency && { idempotency: call.idempotency }),
    ...(call.policyVersion !== undefined && { policyVersion: call.policyVersion }),
  })
}

/** Admits the call or throws why not. Where its Idempotency-Key was used before, or its policy is old, that is the answer. */
export async function openMeteredCall({
  call,
  ctx,
}: {
  call: CallInput
  ctx: MeterContext
}): Promise<MeteredCall | Refusal> {
  const hold = holdFor({ price: call.model.price, size: call.size })
  // Given before the hold's answer is used: a caller who leaves while the ledger is asked must not end this Worker's work.
  const finished = Promise.withResolvers<void>()
  ctx.waitUntil(finished.promise)
  let admission: Admission
  try {
    admission = await askLedger(call, ctx, hold)
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
    if (
      admission.code === 'replay' ||
      admission.code === 'idempotency_in_progress' ||
      admission.code === 'policy_changed'
    )
      return admission
    throw toAdmissionProblem(admission)
  }
  const metered = createMeteredCall({ call, ctx, admission, finish: finished.resolve })
  const stopped = metered.stopped()
  if (stopped) throw stopped
  return metered
}

function createMeteredCall({
  call,
  ctx,
  admission,
  finish,
}: {
  call: CallInput
  ctx: MeterContext
  admission: Extract<Admission, { ok: true }>
  finish: () => void
}): MeteredCall {
  const { clock, ledger, logger = silentLogger, timers = systemTimers, deadlines = defaultDeadlines } = ctx
  const { requestId, model, size } = call
  const startedAt = clock()
  const firstByteMs = call.inOnePiece ? deadlines.onePieceMs : deadlines.firstByteMs
  const provider = new AbortController()
  const settling = Promise.withResolvers<Settled>()
  const stopListeners: ((problem: Problem) => void)[] = []
  let tally: () => Tally = () => nothingYet
  let wasSent = false
  let keep: ((charge: Charge, ending: Ending) => Promise<void>) | null = null
  let ended: { charge: Charge | null } | null = null
  let stopped: Problem | null = null
  let heardAt: number | null = null

  async function settle(charge: Charge | null, ending: Ending) {
    if (!charge) {
      await withRetries('release', () => ledger.release({ requestId }), { logger, timers })
      return settling.resolve({ amountMicros: 0, usage: {}, estimated: false })
    }
    const answerKept = keep !== null
    await keep?.(charge, ending).catch((error: unknown) =>
      logger.warn('answer-not-kept', { cause: error instanceof Error ? error.message : String(error) }),
    )
    const { amountMicros, usage, price, estimated } = charge
    await settleWithRetries(
      ledger,
      { requestId, amountMicros, usage, price, estimated, answerKept },
      { logger, timers },
    )
    settling.resolve({ amountMicros, usage, estimated })
  }

  function end(ending: Ending): Charge | null {
    if (ended) return ended.charge
    const charge = chargeFor({
      ending,
      tally: wasSent ? { ...tally(), begun: true } : tally(),
      price: model.price,
      promptTokens: size.promptTokens,
      heldMicros: admission.heldMicros,
    })
    ended = { charge }
    cancelDeadline()
    ctx.signal.removeEventListener('abort', leave)
    if (ending !== 'complete') provider.abort(stopped ?? undefined)
    if (charge?.underheld)
      logger.error('underheld', { model: model.id, held_micros: admission.heldMicros, ...charge.usage })
    // The ledger's entry says the rest; the log says what is worth a look.
    if (ending !== 'complete' || charge?.estimated)
      logger.info('metered', {
        model: model.id,
        ending,
        amount_micros: charge?.amountMicros ?? 0,
        estimated: charge?.estimated ?? false,
        ms: clock() - startedAt,
      })
    void settle(charge, ending).finally(finish)
    return charge
  }

  function stop(problem: Problem) {
    if (stopped || ended) return
    stopped = problem
    provider.abort(problem)
    for (const listener of stopListeners) listener(problem)
  }

  function leave() {
    stop(callerLeft())
    end('left')
  }

  // One timer that looks at the clock when it fires is cheaper than one that is reset at every chunk.
  let cancelDeadline = () => {}
  function watch() {
    const now = clock()
    const deadline = Math.min(
      startedAt + deadlines.totalMs,
      heardAt === null ? startedAt + firstByteMs : heardAt + deadlines.idleMs,
    )
    if (now >= deadline) {
      stop(timedOut())
      // Whoever reads the answer ends the call; where nobody does, it must not hold credit for ever.
      cancelDeadline = timers.after(STOP_GRACE_MS, () => end('cut'))
      return
    }
    cancelDeadline = timers.after(deadline - now, watch)
  }

  watch()
  if (ctx.signal.aborted) leave()
  else ctx.signal.addEventListener('abort', leave, { once: true })

  const maxOutputTokens = affordableOutputTokens({ price: model.price, size, heldMicros: admission.heldMicros })
  return {
    requestId,
    model,
    rateLimit: admission.rateLimit,
    userId: ctx.payer.kind === 'user' ? ctx.payer.userId : admission.keyUserId,
    maxOutputTokens,
    promptTokens: size.promptTokens,
    shortened: maxOutputTokens < size.maxOutputTokens,
    signal: provider.signal,
    stopped: () => stopped,
    leave,
    onStop: (callback) => void (stopped ? callback(stopped) : stopListeners.push(callback)),
    sent: () => void (wasSent = true),
    tallyWith: (next) => void (tally = next),
    alive: () => void (heardAt = clock()),
    keepWith: (next) => void (keep = next),
    end,
    settled: settling.promise,
  }
}
