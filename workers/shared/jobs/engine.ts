// The engine of jobs. A service brings a handler, which knows how its things are made; the engine decides when, how often
// and whether at all. See README.md.
import type { Erasure } from '../contracts/account.ts'
import { hasEnded, type JobMessage } from '../contracts/jobs.ts'
import { serviceUnavailable } from '../http/problems.ts'
import { wordsOfError } from '../http/words-of-error.ts'
import { createBirth } from './birth.ts'
import * as moves from './moves.ts'
import { createRunner } from './runner.ts'
import { LEASE_MS, OVERDUE_MS } from './timing.ts'
import { toJob } from './to-job.ts'
import type { DriveInput, JobEngine, JobEngineOptions, One, StoredJob } from './types.ts'

const SWEPT_AT_ONCE = 100
const ERASED_AT_ONCE = 50
const SECOND_MS = 1_000
/** How long whoever waits for another Worker, or for a provider, goes without looking into the row. */
const POLL_MS = 2_000
/** A message that was lost is sent again by the alarm after that long. */
const LOST_MESSAGE_MS = 60_000

export function createJobEngine<Input, Raw>(settings: JobEngineOptions<Input, Raw>): JobEngine<Input> {
  const options = { random: Math.random, ...settings }
  const { handler, repository, ledger, queue, clock, timers, logger, createId } = options
  const { service } = handler
  const run = createRunner(options)
  const messageFor = ({ organizationId, id }: Pick<StoredJob, 'organizationId' | 'id'>): JobMessage => ({
    organizationId,
    jobId: id,
  })

  /** Queue and alarm are nets under one another, and the sweep is one under both. */
  async function attempt(what: string, jobId: string, act: () => Promise<unknown>): Promise<void> {
    try {
      await act()
    } catch (error) {
      logger.warn(`${what}-failed`, { job_id: jobId, error: wordsOfError(error) })
    }
  }

  const send = (message: JobMessage) => attempt('job-message', message.jobId, () => queue.send(message))
  const wakeAt = (message: JobMessage, at: number) =>
    attempt('job-alarm', message.jobId, () => options.alarm(message).set({ at, service, message }))
  const sleep = (message: JobMessage) => attempt('job-alarm', message.jobId, () => options.alarm(message).clear())

  async function arouse(job: StoredJob<Input>, { driven }: { driven: boolean }): Promise<void> {
    const message = messageFor(job)
    await wakeAt(message, clock() + (driven ? LEASE_MS : LOST_MESSAGE_MS))
    if (!driven) await send(message)
  }

  const leaseFrom = (now: number) => ({ lease: createId('request'), now, until: now + LEASE_MS })

  /** The alarm as the job needs it now. */
  async function rearm(message: JobMessage, job: StoredJob<Input> | null): Promise<void> {
    if (!job || hasEnded(job.state)) return sleep(message)
    await wakeAt(message, Math.max(job.nextLookAt, job.leaseUntil, clock() + SECOND_MS))
  }

  async function finish(doomed: StoredJob<Input>): Promise<StoredJob<Input> | null> {
    const ended = await run(doomed)
    await rearm(messageFor(doomed), ended)
    return ended
  }

  const birth = createBirth<Input>({ ...options, arouse, finish })

  async function work(message: JobMessage): Promise<void> {
    const { organizationId, jobId } = message
    const claimed = await repository.claim({ organizationId, id: jobId }, leaseFrom(clock()))
    await rearm(message, claimed ? await run(claimed) : await repository.find({ organizationId, jobId }))
  }

  /** Until something may have changed, but no longer than the caller stays. */
  async function pause(job: StoredJob<Input>, signal: AbortSignal | undefined): Promise<void> {
    const due = job.leaseUntil > clock() ? POLL_MS : job.nextLookAt - clock()
    const passed = timers.wait(Math.max(0, Math.min(due, POLL_MS)))
    if (!signal || signal.aborted) return passed
    let wake = () => {}
    const left = new Promise<void>((resolve) => {
      wake = resolve
      signal.addEventListener('abort', wake, { once: true })
    })
    await Promise.race([passed, left])
    signal.removeEventListener('abort', wake)
  }

  /** The caller has left, and nobody is at it: what nobody was asked for is not asked for any more. */
  async function leaveBehind(job: StoredJob<Input>): Promise<StoredJob<Input>> {
    if (job.attempts === 0) return cancel({ organizationId: job.organizationId, jobId: job.id })
    await rearm(messageFor(job), job)
    return job
  }

  async function drive({ organizationId, jobId, userId, ...watching }: DriveInput<Input>): Promise<StoredJob<Input>> {
    for (;;) {
      const job = await repository.get({ organizationId, jobId, userId })
      if (hasEnded(job.state)) return job
      if (watching.signal?.aborted) return leaveBehind(job)
      const now = clock()
      const free = job.leaseUntil <= now && job.nextLookAt <= now
      const claimed = free ? await repository.claim(job, leaseFrom(now)) : null
      const after = claimed ? await run(claimed, watching) : job
      if (after && hasEnded(after.state)) {
        await sleep({ organizationId, jobId })
        return after
      }
      if (after) await pause(after, watching.signal)
    }
  }

  async function cancel(which: One): Promise<StoredJob<Input>> {
    const job = await repository.get(which)
    if (hasEnded(job.state)) return job
    const now = clock()
    const { lease, until } = leaseFrom(now)
    // Whoever works at it loses it by this, and finds out when it next writes.
    const doomed = await repository.move(
      { job, phases: ['arm', 'ask', 'wait'] },
      { ...moves.doom(moves.cancelled, now), lease, leaseUntil: until },
    )
    const after = doomed ? await finish(doomed) : await repository.get(which)
    if (doomed && after?.phase === 'release') throw serviceUnavailable('The ledger', 'a cancelled job is still held')
    // Somebody else is ending it; its money is free before this answers all the same.
    if (after?.phase === 'release') await ledger(job.organizationId).release({ requestId: job.requestId })
    return after ?? job
  }

  async function wake(message: JobMessage): Promise<void> {
    const job = { organizationId: message.organizationId, id: message.jobId }
    const moved = await repository.move({ job, phases: ['wait'] }, { nextLookAt: clock() })
    if (moved) await send(message)
  }

  async function sweep(): Promise<number> {
    const now = clock()
    const overdue = await repository.listOverdue({ since: now - OVERDUE_MS, now, limit: SWEPT_AT_ONCE })
    if (overdue.length > 0) logger.warn('jobs-found-again', { service, count: overdue.length })
    await Promise.all(
      overdue.map(async (job) => {
        await wakeAt(messageFor(job), now + LOST_MESSAGE_MS)
        await send(messageFor(job))
      }),
    )
    return overdue.length
  }

  async function erase(job: StoredJob<Input>): Promise<void> {
    if (!hasEnded(job.state)) await cancel({ organizationId: job.organizationId, jobId: job.id })
    await repository.remove(job)
    await sleep(messageFor(job))
  }

  async function eraseFor({ organizationId, userId }: Erasure): Promise<number> {
    const whose = organizationId === undefined ? { userId } : { organizationId }
    for (let erased = 0; ;) {
      const jobs = await repository.listForErasure({ ...whose, limit: ERASED_AT_ONCE })
      if (jobs.length === 0) return erased
      for (const job of jobs) await erase(job)
      erased += jobs.length
    }
  }

  return {
    ...birth,
    drive,
    work,
    cancel,
    wake,
    sweep,
    eraseFor,
    toJob: (row) => toJob(row, (input) => handler.show(input)),
    get: repository.get,
    findByRequest: repository.findByRequest,
    list: repository.list,
    deadLetters: repository.deadLetters,
    getDeadLetter: repository.getDead,
  }
}
