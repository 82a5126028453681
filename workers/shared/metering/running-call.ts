// A paid call that was admitted: whom it asks at present, what is known of the answer, and its one end.
import type { Admission } from '../contracts/ledger.ts'
import { silentLogger } from '../http/log.ts'
import { Problem } from '../http/problems.ts'
import type { Price } from '../lib/money.ts'
import { createCallDeadlines } from './call-deadlines.ts'
import { chargeFor, nothingYet, type Charge, type Ending, type Tally } from './charge.ts'
import { affordableOutputTokens } from './hold.ts'
import {
  defaultDeadlines,
  HOLD_TTL_MS,
  holdOf,
  type CallInput,
  type CallTarget,
  type MeterContext,
  type MeteredCall,
  type Settled,
} from './metered-call.ts'
import { settleWithRetries, withRetries } from './settle-with-retries.ts'
import { systemTimers } from './timers.ts'

/** How long a provider is read on for its count after its caller has left. */
const LINGER_MS = 250

const callerLeft = () => new Problem('client_closed_request', 'The caller went away before the answer was complete.')
const timedOut = () => new Problem('provider_timeout', 'The model’s provider did not answer in time.')

interface Asked extends CallTarget {
  heldMicros: number
  maxOutputTokens: number
}

const askedOf = (target: CallTarget, heldMicros: number): Asked => ({
  model: target.model,
  size: target.size,
  inOnePiece: target.inOnePiece,
  heldMicros,
  maxOutputTokens: affordableOutputTokens({ price: target.model.price, size: target.size, heldMicros }),
})

export function createRunningCall({
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
  const { requestId } = call
  const startedAt = clock()
  const settling = Promise.withResolvers<Settled>()
  let asked = askedOf(call, admission.heldMicros)
  let provider = new AbortController()
  let attempts = 0
  let stopListeners: ((problem: Problem) => void)[] = []
  let tally: () => Tally = () => nothingYet
  let wasSent = false
  let committed = false
  let keep: ((charge: Charge, ending: Ending) => Promise<void>) | null = null
  let price: Price | null = null
  let linger: (() => Promise<void> | null) | null = null
  let leaving = false
  const endListeners: ((charge: Charge | null, ending: Ending) => Promise<void>)[] = []
  let ended: { charge: Charge | null } | null = null
  /** The call's own, and the present attempt's alone. */
  let stopped: Problem | null = null
  let attemptStopped: Problem | null = null

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
    const { model, size, heldMicros } = asked
    const charge = chargeFor({
      ending,
      tally: wasSent ? { ...tally(), begun: true } : tally(),
      price: price ?? model.price,
      promptTokens: size.promptTokens,
      heldMicros,
      paidBefore: call.paidBefore,
    })
    ended = { charge }
    watch.cancel()
    ctx.signal.removeEventListener('abort', leave)
    if (ending !== 'complete') provider.abort(stopped ?? undefined)
    if (charge?.underheld) logger.error('underheld', { model: model.id, held_micros: heldMicros, ...charge.usage })
    // The ledger's entry says the rest; the log says what is worth a look.
    if (ending !== 'complete' || charge?.estimated || attempts > 1)
      logger.info('metered', {
        model: model.id,
        ending,
        attempts,
        amount_micros: charge?.amountMicros ?? 0,
        estimated: charge?.estimated ?? false,
        ms: clock() - startedAt,
      })
    const settled = settle(charge, ending)
    if (endListeners.length === 0) void settled.finally(finish)
    else void Promise.allSettled([settled, ...endListeners.map((listener) => listener(charge, ending))]).finally(finish)
    return charge
  }

  function abort(problem: Problem) {
    provider.abort(problem)
    for (const listener of stopListeners) listener(problem)
  }

  function stop(problem: Problem) {
    if (stopped || ended) return
    stopped = problem
    abort(problem)
  }

  function leaveNow() {
    stop(callerLeft())
    end('left')
  }

  function leave() {
    if (leaving || ended) return
    leaving = true
    const count = linger?.() ?? null
    if (count) void Promise.race([count, timers.wait(LINGER_MS)]).finally(leaveNow)
    else leaveNow()
  }

  const watch = createCallDeadlines({
    clock,
    timers,
    deadlines,
    inOnePiece: call.inOnePiece ?? false,
    committed: () => committed,
    onLate: () => stop(timedOut()),
    onGrace: () => end('cut'),
    onAttemptLate: () => void (stopped || ended || abort((attemptStopped = timedOut()))),
    renew: () =>
      void ledger
        .renew({ requestId, ttlMs: HOLD_TTL_MS })
        .catch((error: unknown) =>
          logger.warn('renewal-failed', { cause: error instanceof Error ? error.message : String(error) }),
        ),
  })

  function forget() {
    tally = () => nothingYet
    wasSent = false
  }

  function tryAgain() {
    provider.abort()
    provider = new AbortController()
    stopListeners = []
    attemptStopped = null
    watch.begin(asked.inOnePiece ?? false)
  }

  async function moveTo(target: CallTarget) {
    const moved = await ledger.amend({ requestId, ...holdOf(target) })
    if (!moved.ok) return moved
    asked = askedOf(target, moved.heldMicros)
    return null
  }

  if (ctx.signal.aborted) leave()
  else ctx.signal.addEventListener('abort', leave, { once: true })

  return {
    requestId,
    rateLimit: admission.rateLimit,
    keyCacheSeconds: admission.keyCacheSeconds ?? null,
    userId: ctx.payer.kind === 'user' ? ctx.payer.userId : admission.keyUserId,
    get model() {
      return asked.model
    },
    get maxOutputTokens() {
      return asked.maxOutputTokens
    },
    get promptTokens() {
      return asked.size.promptTokens
    },
    get shortened() {
      return asked.maxOutputTokens < asked.size.maxOutputTokens
    },
    get signal() {
      return provider.signal
    },
    get attempts() {
      return attempts
    },
    remainingMs: () => watch.remainingMs(),
    stopped: () => stopped ?? attemptStopped,
    over: () => stopped !== null || ended !== null,
    leave,
    onStop(callback) {
      const already = stopped ?? attemptStopped
      if (already) callback(already)
      else stopListeners.push(callback)
    },
    forget,
    tryAgain,
    moveTo,
    sent() {
      wasSent = true
      attempts++
    },
    commit: () => void (committed = true),
    tallyWith: (next) => void (tally = next),
    alive: () => watch.alive(),
    keepWith: (next) => void (keep = next),
    onEnd: (callback) => void endListeners.push(callback),
    priceAs: (next) => void (price = next),
    lingerWith: (next) => void (linger = next),
    end,
    settled: settling.promise,
  }
}
