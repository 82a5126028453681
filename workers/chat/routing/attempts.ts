// One call, one admission, as many attempts as it takes and as make sense: before a byte was passed on, a failure may
// be another vendor's turn (at once, with the hold made theirs first) or, where there is nobody else, the same one's
// (after a pause). After the first byte there is no second attempt.
import { isProblem, Problem, serviceUnavailable } from '#shared/http/problems'
import { toAdmissionProblem } from '#shared/metering/admission-problem'
import type { CallTarget, MeteredCall, PricedModel } from '#shared/metering/metered-call'
import type { Timers } from '#shared/metering/timers'
import type { Circuits } from './circuits.ts'
import { countsAgainstVendor, vendorIsResting, verdictOn, type Verdict } from './verdict.ts'

/** How often the last candidate is asked again. */
const RETRIES = 2
const BACKOFF_MS = 200
/** A vendor that wants to be left alone for longer is not waited for: its caller is told. */
const MAX_PAUSE_MS = 10_000

interface Named {
  model: PricedModel
}

export interface AttemptsContext {
  circuits: Circuits
  /** What a model's vendor is known by there. */
  circuitOf: (model: PricedModel) => string
  timers: Timers
  random: () => number
}

export interface AttemptsInput<Ready extends CallTarget, Rest extends Named, T> {
  call: MeteredCall
  first: Ready
  rest: readonly Rest[]
  /** Throws why a candidate cannot take this request. */
  ready: (candidate: Rest) => Ready
  /** Resolves when there is something to pass on. */
  run: (candidate: Ready) => Promise<T>
  ctx: AttemptsContext
}

/** Whoever asked knows whom, and how often. */
function withAttempts(error: unknown, call: MeteredCall): unknown {
  if (!isProblem(error) || call.attempts === 0) return error
  return new Problem(error.code, error.message, {
    ...error.details,
    headers: {
      ...error.details.headers,
      'x-riwaq-provider': call.model.vendor,
      'x-riwaq-model': call.model.id.replaceAll(/[^\x20-\x7e]/g, ' '),
      'x-riwaq-attempts': String(call.attempts),
    },
  })
}

function pause(call: MeteredCall, milliseconds: number, timers: Timers): Promise<void> {
  return new Promise((resolve) => {
    call.onStop(() => resolve())
    void timers.wait(milliseconds).then(resolve)
  })
}

/** Null where it would take longer than anybody should wait. */
function pauseFor(error: unknown, tries: number, call: MeteredCall, random: () => number): number | null {
  const said = isProblem(error) ? (error.details.upstream?.retryAfterSeconds ?? 0) * 1_000 : 0
  const backoff = BACKOFF_MS * 2 ** (tries - 1) * (0.5 + random() / 2)
  const wait = Math.max(said, Math.round(backoff))
  return wait > MAX_PAUSE_MS || wait >= call.remainingMs() ? null : wait
}

/** False where the same vendor is not to be asked again. */
async function paused<Ready extends CallTarget, Rest extends Named, T>(
  { call, ctx: { random, timers } }: AttemptsInput<Ready, Rest, T>,
  error: unknown,
  tries: number,
): Promise<boolean> {
  const wait = tries <= RETRIES && !call.over() ? pauseFor(error, tries, call, random) : null
  if (wait === null) return false
  await pause(call, wait, timers)
  return !call.over()
}

interface Moved<Ready> {
  candidate: Ready | null
  /** Why the ledger would not have another asked, where that is about money. */
  refusal: Problem | null
}

/** Who is left to be asked; what one cannot take, the next may. */
function* remaining<Ready extends CallTarget, Rest extends Named, T>(
  { call, ready, ctx }: AttemptsInput<Ready, Rest, T>,
  queue: Rest[],
  error: unknown,
): Generator<Ready> {
  const tooLong = isProblem(error) && error.code === 'context_length_exceeded' ? call.model.contextTokens : 0
  for (let candidate = queue.shift(); candidate; candidate = queue.shift()) {
    if (candidate.model.contextTokens <= tooLong || !ctx.circuits.lets(ctx.circuitOf(candidate.model))) continue
    try {
      yield ready(candidate)
    } catch (problem) {
      if (!isProblem(problem)) throw problem
    }
  }
}

const unreachable = (cause: unknown) =>
  serviceUnavailable('The ledger', cause instanceof Error ? cause.message : String(cause))

/** The next who can take the request, with the hold made theirs. */
async function moveOn<Ready extends CallTarget, Rest extends Named, T>(
  input: AttemptsInput<Ready, Rest, T>,
  queue: Rest[],
  error: unknown,
): Promise<Moved<Ready>> {
  const { call } = input
  let refusal: Problem | null = null
  for (const candidate of remaining(input, queue, error)) {
    const refused = await call.moveTo(candidate).catch((cause: unknown) => {
      call.end('failed')
      throw unreachable(cause)
    })
    if (call.over()) break
    if (!refused) return { candidate, refusal: null }
    // What this key or plan does not have says nothing of the vendor that failed; what cannot be paid stands in the way.
    const notTheirs = refused.code === 'model_not_allowed' || refused.code === 'model_not_in_plan'
    if (!notTheirs) refusal ??= toAdmissionProblem(refused)
  }
  return { candidate: null, refusal }
}

const resting = ({ model }: Named, restsForMs: number): Failure => ({
  error: vendorIsResting(model.vendor, restsForMs),
  verdict: 'elsewhere',
})

interface Failure {
  error: unknown
  verdict: Verdict
}

function giveUp(call: MeteredCall, { error }: Failure, refusal: Problem | null): never {
  const told = call.over() ? (call.stopped() ?? error) : (refusal ?? error)
  call.end('failed')
  throw withAttempts(told, call)
}

export async function runAttempts<Ready extends CallTarget, Rest extends Named, T>(
  input: AttemptsInput<Ready, Rest, T>,
): Promise<T> {
  const { call, run, ctx } = input
  const { circuits, circuitOf } = ctx
  const queue = input.rest.length > 0 ? [...input.rest] : []
  let candidate = input.first
  let entered = circuits.enter(circuitOf(candidate.model))
  let refusal: Problem | null = null
  for (let tries = 1; ; tries++) {
    let failure: Failure
    if (!entered) failure = resting(candidate, circuits.restsForMs(circuitOf(candidate.model)))
    else {
      try {
        const answer = await run(candidate)
        call.commit()
        circuits.report(circuitOf(candidate.model), 'succeeded')
        return answer
      } catch (error) {
        failure = { error, verdict: call.over() ? 'final' : verdictOn(error) }
        call.forget()
      }
    }
    // One that let its time run out is not given as much again.
    const late = call.stopped() !== null
    const moved: Moved<Ready> =
      failure.verdict === 'final' || queue.length === 0
        ? { candidate: null, refusal: null }
        : await moveOn(input, queue, failure.error)
    refusal ??= moved.refusal
    const alone = moved.candidate === null
    if (alone && failure.verdict === 'again' && !late && (await paused(input, failure.error, tries))) {
      call.tryAgain()
      continue
    }
    if (entered) circuits.report(circuitOf(candidate.model), countsAgainstVendor(failure.error) ? 'failed' : 'neither')
    if (!moved.candidate || call.over()) return giveUp(call, failure, refusal)
    candidate = moved.candidate
    entered = circuits.enter(circuitOf(candidate.model))
    tries = 0
    call.tryAgain()
  }
}
