// Writes a move of a job that this Worker has. A database that hiccups must not make a provider work twice, so a write is
// tried again; where its answer was lost, what is there says whether it was made.
import type { Timers } from '../metering/timers.ts'
import type { JobChange, JobRepository } from './repository.ts'
import type { StoredJob } from './types.ts'

const PAUSES_MS = [200, 1_000]

const telling = ['lease', 'phase', 'operation', 'nextLookAt', 'fate'] as const

const isAsWritten = (present: StoredJob, change: JobChange): boolean =>
  telling.every((key) => change[key] === undefined || change[key] === present[key])

/** Null where the job is not this Worker's any more, or not in that phase. */
export type WriteMove<Input> = (job: StoredJob<Input>, change: JobChange) => Promise<StoredJob<Input> | null>

export function createWriter<Input>({
  repository,
  timers,
}: {
  repository: Pick<JobRepository<Input>, 'move' | 'find'>
  timers: Timers
}): WriteMove<Input> {
  async function written(job: StoredJob<Input>, change: JobChange): Promise<StoredJob<Input> | null> {
    const present = await repository.find({ organizationId: job.organizationId, jobId: job.id })
    const mine = present && (present.lease === job.lease || present.lease === null)
    return mine && isAsWritten(present, change) ? present : null
  }

  return async (job, change) => {
    for (let tries = 0; ; tries++) {
      try {
        const moved = await repository.move({ job, phases: [job.phase], lease: job.lease }, change)
        return moved ?? (tries === 0 ? null : await written(job, change))
      } catch (error) {
        const pause = PAUSES_MS[tries]
        if (pause === undefined) throw error
        await timers.wait(pause)
      }
    }
  }
}
