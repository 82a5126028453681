// While a Worker works at a job it says so, and is told in return that it must let go: the job was cancelled, or
// somebody else has it.
import type { JobStage } from '../contracts/jobs.ts'
import { wordsOfError } from '../http/words-of-error.ts'
import { jobPhases } from './handler.ts'
import type { JobChange, JobRepository } from './repository.ts'
import { LEASE_MS, RENEW_MS } from './timing.ts'
import type { JobEngineOptions, StoredJob } from './types.ts'

/** Why the signal has fired. */
export class LetGo extends Error {
  override name = 'AbortError'
  readonly why: 'lost' | 'expired'
  constructor(why: 'lost' | 'expired') {
    super(`the job is ${why}`)
    this.why = why
  }
}

export interface LeaseKeeper {
  signal: AbortSignal
  /** Somebody else decides about this job now. */
  lost(): boolean
  /** Written with the next sign of life. */
  note(progress: { stage?: JobStage; progress?: number }): void
  /** What was noted is older than what is written now. */
  forget(): void
  /** Resolves as the work does, unless the signal fires first. */
  within<T>(work: Promise<T>): Promise<T>
  stop(): void
}

type KeeperOptions<Input> = Pick<JobEngineOptions<Input, unknown>, 'clock' | 'timers' | 'logger'> & {
  repository: Pick<JobRepository<Input>, 'move'>
  job: StoredJob<Input>
}

export function keepLease<Input>({ job, repository, clock, timers, logger }: KeeperOptions<Input>): LeaseKeeper {
  const controller = new AbortController()
  const { signal } = controller
  let until = job.leaseUntil
  let noted: JobChange = {}
  let cancelRenewal = () => {}
  let stopped = false
  const letGo = (why: LetGo['why']) => void (signal.aborted || controller.abort(new LetGo(why)))
  const cancelDeadline = timers.after(Math.max(0, job.deadlineAt - clock()), () => letGo('expired'))

  async function renew(): Promise<void> {
    const leaseUntil = clock() + LEASE_MS
    const change = { ...noted, leaseUntil }
    noted = {}
    try {
      const kept = await repository.move({ job, phases: jobPhases, lease: job.lease }, change)
      if (stopped) return
      if (!kept) return letGo('lost')
      until = leaseUntil
    } catch (error) {
      logger.warn('lease-not-renewed', { job_id: job.id, error: wordsOfError(error) })
      if (clock() >= until) return letGo('lost')
    }
    schedule()
  }

  // Work that goes on beyond its deadline is nobody's: its lease runs out.
  function schedule(): void {
    if (!stopped && !signal.aborted) cancelRenewal = timers.after(RENEW_MS, () => void renew())
  }
  schedule()

  return {
    signal,
    lost: () => signal.aborted && (signal.reason as LetGo).why === 'lost',
    note: (progress) => void (noted = { ...noted, ...progress }),
    forget: () => void (noted = {}),
    within<T>(work: Promise<T>): Promise<T> {
      return new Promise((resolve, reject) => {
        const leave = () => reject(signal.reason as LetGo)
        if (signal.aborted) leave()
        else signal.addEventListener('abort', leave, { once: true })
        work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
      })
    },
    stop() {
      stopped = true
      cancelRenewal()
      cancelDeadline()
    },
  }
}
