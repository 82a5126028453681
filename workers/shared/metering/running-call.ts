// A paid call that was admitted: whom it asks at present, what is known of the answer, and its one end. A class, because
// one is made for every paid request: an object of closures and accessors costs several times as much.
import type { Admission } from '../contracts/ledger.ts'
import { silentLogger, type Logger } from '../http/log.ts'
import { Problem } from '../http/problems.ts'
import type { Price } from '../lib/money.ts'
import { CallDeadlines, type Watched } from './call-deadlines.ts'
import { chargeFor, nothingYet, type Charge, type Ending, type Tally } from './charge.ts'
import { affordableOutputTokens } from './hold.ts'
import { defaultDeadlines, HOLD_TTL_MS } from './call-times.ts'
import { holdOf } from './hold-of.ts'
import type { CallInput, CallTarget, MeterContext, MeteredCall, PricedModel, Settled } from './metered-call.ts'
import { settleWithRetries, withRetries } from './settle-with-retries.ts'
import { systemTimers } from './timers.ts'

/** How long a provider is read on for its count after its caller has left. */
const LINGER_MS = 250

const callerLeft = () => new Problem('client_closed_request', 'The caller went away before the answer was complete.')
const timedOut = () => new Problem('provider_timeout', 'The model’s provider did not answer in time.')
const nothing = () => nothingYet

type EndListener = (charge: Charge | null, ending: Ending) => Promise<void>

export interface RunningCallInput {
  call: CallInput
  ctx: MeterContext
  admission: Extract<Admission, { ok: true }>
  finish: () => void
}

export class RunningCall implements MeteredCall, Watched {
  readonly requestId: string
  readonly rateLimit: MeteredCall['rateLimit']
  readonly keyCacheSeconds: number | null
  readonly userId: string | null
  readonly #call: CallInput
  readonly #ctx: MeterContext
  readonly #finish: () => void
  readonly #startedAt: number
  readonly #settling = Promise.withResolvers<Settled>()
  readonly #watch: CallDeadlines
  readonly #onAbort = () => this.leave()
  #target: CallTarget
  #heldMicros: number
  #maxOutputTokens: number
  #provider = new AbortController()
  #attempts = 0
  #stopListeners: ((problem: Problem) => void)[] = []
  #endListeners: EndListener[] | null = null
  #tally: () => Tally = nothing
  #wasSent = false
  #committed = false
  #keep: ((charge: Charge, ending: Ending) => Promise<void>) | null = null
  #price: Price | null = null
  #linger: (() => Promise<void> | null) | null = null
  #leaving = false
  #ended = false
  #charge: Charge | null = null
  /** The call's own, and the present attempt's alone. */
  #stopped: Problem | null = null
  #attemptStopped: Problem | null = null

  constructor({ call, ctx, admission, finish }: RunningCallInput) {
    const { clock, timers = systemTimers, deadlines = defaultDeadlines, payer, signal } = ctx
    this.requestId = call.requestId
    this.rateLimit = admission.rateLimit
    this.keyCacheSeconds = admission.keyCacheSeconds ?? null
    this.userId = payer.kind === 'user' ? payer.userId : admission.keyUserId
    this.#call = call
    this.#ctx = ctx
    this.#finish = finish
    this.#startedAt = clock()
    this.#target = call
    this.#heldMicros = admission.heldMicros
    this.#maxOutputTokens = this.#affordable()
    this.#watch = new CallDeadlines(this, { clock, timers, deadlines, inOnePiece: call.inOnePiece ?? false })
    if (signal.aborted) this.leave()
    else signal.addEventListener('abort', this.#onAbort, { once: true })
  }

  get model(): PricedModel {
    return this.#target.model
  }
  get maxOutputTokens(): number {
    return this.#maxOutputTokens
  }
  get promptTokens(): number {
    return this.#target.size.promptTokens
  }
  get shortened(): boolean {
    return this.#maxOutputTokens < this.#target.size.maxOutputTokens
  }
  get signal(): AbortSignal {
    return this.#provider.signal
  }
  get attempts(): number {
    return this.#attempts
  }
  get settled(): Promise<Settled> {
    return this.#settling.promise
  }
  get #logger(): Logger {
    return this.#ctx.logger ?? silentLogger
  }

  #affordable(): number {
    const { model, size } = this.#target
    return affordableOutputTokens({ price: model.price, size, heldMicros: this.#heldMicros })
  }

  async #settle(charge: Charge | null, ending: Ending): Promise<void> {
    const { requestId } = this
    const { ledger, timers = systemTimers } = this.#ctx
    const retrying = { logger: this.#logger, timers }
    if (!charge) {
      await withRetries('release', () => ledger.release({ requestId }), retrying)
      return this.#settling.resolve({ amountMicros: 0, usage: {}, estimated: false })
    }
    const answerKept = this.#keep !== null
    if (this.#keep)
      await this.#keep(charge, ending).catch((error: unknown) =>
        this.#logger.warn('answer-not-kept', { cause: error instanceof Error ? error.message : String(error) }),
      )
    const { amountMicros, usage, price, costMicros, estimated } = charge
    const settlement = { requestId, amountMicros, usage, price, costMicros, estimated, answerKept }
    await settleWithRetries(ledger, settlement, retrying)
    this.#settling.resolve({ amountMicros, usage, estimated })
  }

  end(ending: Ending): Charge | null {
    if (this.#ended) return this.#charge
    const { model, size } = this.#target
    const tally = this.#tally()
    const charge = chargeFor({
      ending,
      tally: this.#wasSent && !tally.begun ? { ...tally, begun: true } : tally,
      price: this.#price ?? model.price,
      // What was kept of an earlier answer is had from nobody.
      listPrice: this.#price ? null : (model.listPrice ?? model.price),
      promptTokens: size.promptTokens,
      heldMicros: this.#heldMicros,
      paidBefore: this.#call.paidBefore,
    })
    this.#ended = true
    this.#charge = charge
    this.#watch.cancel()
    this.#ctx.signal.removeEventListener('abort', this.#onAbort)
    if (ending !== 'complete') this.#provider.abort(this.#stopped ?? undefined)
    this.#log(charge, ending)
    const settled = this.#settle(charge, ending)
    const listeners = this.#endListeners
    if (!listeners) void settled.finally(this.#finish)
    else
      void Promise.allSettled([settled, ...listeners.map((listener) => listener(charge, ending))]).finally(this.#finish)
    return charge
  }

  /** The ledger's entry says the rest; the log says what is worth a look. */
  #log(charge: Charge | null, ending: Ending): void {
    const { id: model } = this.#target.model
    if (charge?.underheld) this.#logger.error('underheld', { model, held_micros: this.#heldMicros, ...charge.usage })
    if (ending === 'complete' && !charge?.estimated && this.#attempts < 2) return
    this.#logger.info('metered', {
      model,
      ending,
      attempts: this.#attempts,
      amount_micros: charge?.amountMicros ?? 0,
      estimated: charge?.estimated ?? false,
      ms: this.#ctx.clock() - this.#startedAt,
    })
  }

  #abort(problem: Problem): void {
    this.#provider.abort(problem)
    for (const listener of this.#stopListeners) listener(problem)
  }

  #stop(problem: Problem): void {
    if (this.#stopped || this.#ended) return
    this.#stopped = problem
    this.#abort(problem)
  }

  #leaveNow(): void {
    this.#stop(callerLeft())
    this.end('left')
  }

  leave(): void {
    if (this.#leaving || this.#ended) return
    this.#leaving = true
    const count = this.#linger?.() ?? null
    const { timers = systemTimers } = this.#ctx
    if (count) void Promise.race([count, timers.wait(LINGER_MS)]).finally(() => this.#leaveNow())
    else this.#leaveNow()
  }

  isCommitted(): boolean {
    return this.#committed
  }
  onLate(): void {
    this.#stop(timedOut())
  }
  onGrace(): void {
    this.end('cut')
  }
  onAttemptLate(): void {
    if (!this.over()) this.#abort((this.#attemptStopped = timedOut()))
  }
  renew(): void {
    void this.#ctx.ledger
      .renew({ requestId: this.requestId, ttlMs: HOLD_TTL_MS })
      .catch((error: unknown) =>
        this.#logger.warn('renewal-failed', { cause: error instanceof Error ? error.message : String(error) }),
      )
  }

  forget(): void {
    this.#tally = nothing
    this.#wasSent = false
  }

  tryAgain(): void {
    this.#provider.abort()
    this.#provider = new AbortController()
    this.#stopListeners = []
    this.#attemptStopped = null
    this.#watch.begin(this.#target.inOnePiece ?? false)
  }

  async moveTo(target: CallTarget): Promise<Extract<Admission, { ok: false }> | null> {
    const moved = await this.#ctx.ledger.amend({ requestId: this.requestId, ...holdOf(target) })
    if (!moved.ok) return moved
    this.#target = target
    this.#heldMicros = moved.heldMicros
    this.#maxOutputTokens = this.#affordable()
    return null
  }

  remainingMs(): number {
    return this.#watch.remainingMs()
  }
  stopped(): Problem | null {
    return this.#stopped ?? this.#attemptStopped
  }
  over(): boolean {
    return this.#stopped !== null || this.#ended
  }
  onStop(callback: (problem: Problem) => void): void {
    const already = this.stopped()
    if (already) callback(already)
    else this.#stopListeners.push(callback)
  }
  sent(): void {
    this.#wasSent = true
    this.#attempts++
  }
  commit(): void {
    this.#committed = true
  }
  alive(): void {
    this.#watch.alive()
  }
  tallyWith(tally: () => Tally): void {
    this.#tally = tally
  }
  keepWith(keep: (charge: Charge, ending: Ending) => Promise<void>): void {
    this.#keep = keep
  }
  onEnd(listener: EndListener): void {
    if (this.#endListeners) this.#endListeners.push(listener)
    else this.#endListeners = [listener]
  }
  priceAs(price: Price): void {
    this.#price = price
  }
  lingerWith(linger: () => Promise<void> | null): void {
    this.#linger = linger
  }
}
