// One Worker at one job: step after step until it has ended or must be waited for.
import { hasEnded } from '../contracts/jobs.ts'
import { wordsOfError } from '../http/words-of-error.ts'
import { createAnnouncer, type Announcer } from './announcer.ts'
import { failureOf } from './failure.ts'
import { jobPhases, type Asked, type JobTools, type KeptProduct } from './handler.ts'
import { keepLease, type LeaseKeeper } from './lease-keeper.ts'
import * as moves from './moves.ts'
import type { DriveInput, JobEngineOptions, StoredJob } from './types.ts'
import { createWriter } from './writer.ts'

const KEEP_PAUSES_MS = [500, 2_000]

type Watching<Input> = Pick<DriveInput<Input>, 'signal' | 'onPreview' | 'onProgress' | 'input'>

interface Hands<Input> {
  keeper: LeaseKeeper
  announcer: Announcer<Input>
  watching: Watching<Input>
}

type Next<Input> = Promise<StoredJob<Input> | null>

/** What is charged where a hold was released under a job: nothing, so nothing is kept. */
const uncharged = {
  code: 'service_unavailable',
  message: 'This could not be charged any more, so nothing was kept. Try again.',
  param: null,
}

export function createRunner<Input, Raw>(options: JobEngineOptions<Input, Raw> & { random: () => number }) {
  const { handler, repository, clock, timers, logger, random } = options
  const write = createWriter({ repository, timers })
  const found = ({ organizationId, id }: StoredJob<Input>) => repository.find({ organizationId, jobId: id })

  async function move(job: StoredJob<Input>, change: Parameters<typeof write>[1], { keeper, announcer }: Hands<Input>) {
    keeper.forget()
    const moved = await write(job, change)
    if (moved) announcer.tell(moved)
    return moved
  }

  function toolsFor(job: StoredJob<Input>, { keeper, announcer, watching }: Hands<Input>): JobTools {
    let shown: StoredJob<Input> = job
    return {
      signal: keeper.signal,
      now: clock,
      report(progress) {
        shown = { ...shown, ...progress }
        keeper.note(progress)
        watching.onProgress?.({ stage: shown.stage, progress: shown.progress })
        announcer.progress(shown)
      },
      preview(picture) {
        watching.onPreview?.(picture)
        announcer.preview(job, picture)
      },
    }
  }

  /** What a handler is given: with the words that are not in the row, where the caller has them. */
  const given = (job: StoredJob<Input>, { watching: { input } }: Hands<Input>): StoredJob<Input> =>
    input === undefined ? job : { ...job, input }

  async function forget(what: 'stop' | 'discard', job: StoredJob<Input>): Promise<void> {
    try {
      await handler[what](job)
    } catch (error) {
      logger.warn(`job-${what}-failed`, { job_id: job.id, error: wordsOfError(error) })
    }
  }

  /** The job was taken away while this Worker was at it. What it has begun or kept meanwhile is nobody's. */
  async function leave(job: StoredJob<Input>): Next<Input> {
    const present = await found(job)
    if (present && !present.fate) return present
    if (job.operation !== null) await forget('stop', job)
    await forget('discard', job)
    return present
  }

  async function failed(job: StoredJob<Input>, step: 'ask' | 'look' | 'keep', error: unknown, hands: Hands<Input>) {
    if (hands.keeper.lost()) return leave(job)
    const failure = failureOf(error)
    if (!hands.keeper.signal.aborted)
      logger.warn('job-step-failed', {
        job_id: job.id,
        step,
        code: failure.fault.code,
        attempts: job.attempts,
        error: wordsOfError(error),
      })
    const { maxAttempts } = handler
    const change = moves.afterFailure({ job, step, failure, now: clock(), maxAttempts, random })
    return (await move(job, change, hands)) ?? leave(job)
  }

  /** What a provider has made is in this Worker's hands alone: a library that hiccups is asked again before it is. */
  async function keep(job: StoredJob<Input>, raw: Raw, tools: JobTools): Promise<KeptProduct> {
    for (const pause of KEEP_PAUSES_MS) {
      try {
        return await handler.keep(job, raw, tools)
      } catch (error) {
        if (tools.signal.aborted || !failureOf(error).transient) throw error
        await timers.wait(pause)
      }
    }
    return handler.keep(job, raw, tools)
  }

  /** Asks or looks; then waits, keeps what came, or sees what is to be done about a failure. */
  async function obtain(job: StoredJob<Input>, step: 'ask' | 'look', hands: Hands<Input>): Next<Input> {
    const tools = toolsFor(job, hands)
    let asked: Asked<Raw>
    try {
      asked = await hands.keeper.within(handler[step](given(job, hands), tools))
    } catch (error) {
      return failed(job, step, error, hands)
    }
    if ('operation' in asked) {
      const { operation } = asked
      return (await move(job, moves.wait(job, asked, clock()), hands)) ?? leave({ ...job, operation })
    }
    try {
      const product = await keep(given(job, hands), asked.done, tools)
      return (await move(job, moves.keep(product), hands)) ?? (await leave(job))
    } catch (error) {
      return failed(job, 'keep', error, hands)
    }
  }

  const steps = {
    /** Its birth was not finished in time, so nobody was told that it lives. */
    arm: (job: StoredJob<Input>, hands: Hands<Input>): Next<Input> =>
      move(job, moves.doom({ fate: 'failed', fault: moves.interrupted }, clock()), hands),

    async ask(job: StoredJob<Input>, hands: Hands<Input>): Next<Input> {
      const now = clock()
      if (now >= job.deadlineAt) return move(job, moves.doom(moves.expired, now), hands)
      if (hands.watching.signal?.aborted && job.attempts === 0)
        return move(job, moves.doom(moves.cancelled, now), hands)
      // Each of its Workers was lost in it.
      if (job.attempts >= handler.maxAttempts)
        return move(job, moves.doom({ fate: 'failed', fault: job.fault ?? moves.interrupted, dead: true }, now), hands)
      const begun = await move(job, moves.begin(job, now), hands)
      return begun && obtain(begun, 'ask', hands)
    },

    wait: (job: StoredJob<Input>, hands: Hands<Input>): Next<Input> =>
      clock() >= job.deadlineAt ? move(job, moves.doom(moves.expired, clock()), hands) : obtain(job, 'look', hands),

    async charge(job: StoredJob<Input>, hands: Hands<Input>): Next<Input> {
      const { organizationId, requestId, product } = job
      const settlement = await options
        .ledger(organizationId)
        .settle({ requestId, ...product!.charge, answerKept: true })
      if (settlement.ok && settlement.entryId !== null) return move(job, moves.charge(settlement.amountMicros), hands)
      logger.error('job-without-hold', { job_id: job.id, amount_micros: product!.charge.amountMicros })
      return move(job, moves.doom({ fate: 'failed', fault: uncharged, dead: true }, clock()), hands)
    },

    async publish(job: StoredJob<Input>, hands: Hands<Input>): Next<Input> {
      await handler.publish(job)
      return move(job, moves.succeed(clock()), hands)
    },

    async release(job: StoredJob<Input>, hands: Hands<Input>): Next<Input> {
      if (job.operation !== null) await forget('stop', job)
      const discarded = await handler.discard(job).then(
        () => null,
        (error: unknown) => ({ error }),
      )
      // Money first: a library that cannot be reached holds nobody's credit.
      await options.ledger(job.organizationId).release({ requestId: job.requestId })
      if (discarded) throw discarded.error
      return move(job, moves.end(job, clock()), hands)
    },

    done: (job: StoredJob<Input>): Next<Input> => Promise.resolve(job),
  }

  /** Something of the platform's own does not answer. Whoever comes next goes on from here. */
  async function stumbled(job: StoredJob<Input>, error: unknown): Next<Input> {
    logger.error('job-stumbled', {
      job_id: job.id,
      phase: job.phase,
      failures: job.failures,
      error: wordsOfError(error),
    })
    const leaving = { job, phases: jobPhases, lease: job.lease }
    return (await repository.move(leaving, moves.stumble(job, { now: clock(), random }))) ?? found(job)
  }

  /** The job as it is when this Worker lets go of it; null where it is not there any more. */
  return async function run(claimed: StoredJob<Input>, watching: Watching<Input> = {}): Next<Input> {
    const keeper = keepLease({ job: claimed, repository, clock, timers, logger })
    const announcer = createAnnouncer(options)
    const hands = { keeper, announcer, watching }
    let job = claimed
    try {
      while (!hasEnded(job.state) && job.lease === claimed.lease) {
        const next: StoredJob<Input> | null = await steps[job.phase](job, hands)
        if (!next) return await found(job)
        job = next
      }
      return job
    } catch (error) {
      return await stumbled(job, error)
    } finally {
      keeper.stop()
      await announcer.done()
    }
  }
}
