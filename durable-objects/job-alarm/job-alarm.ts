// One per job, named by its id: it has the job looked at when that is due, and each minute after, until it is told that there
// is nothing more to look at. A leaf: it calls no Worker, it sends a message to the queue of the job's service.
import { DurableObject } from 'cloudflare:workers'
import type { JobAlarmRpc, JobMessage } from '#shared/contracts/jobs'
import { createLogger } from '#shared/http/log'
import { wordsOfError } from '#shared/http/words-of-error'

const JOB = 'job'
const AGAIN_MS = 60_000

type Waking = Parameters<JobAlarmRpc['set']>[0]

/** Which queue each service's jobs are worked at from. */
const queueNames = { images: 'IMAGE_JOBS' } as const

export type JobAlarmEnv = Record<(typeof queueNames)[keyof typeof queueNames], Queue<JobMessage>>

export class JobAlarm extends DurableObject<JobAlarmEnv> implements JobAlarmRpc {
  async set({ at, service, message }: Waking): Promise<void> {
    if (!(service in queueNames)) throw new RangeError(`no queue of jobs for ${service}`)
    await this.ctx.storage.put(JOB, { service, message })
    await this.ctx.storage.setAlarm(at)
  }

  async clear(): Promise<void> {
    await this.ctx.storage.deleteAlarm()
    await this.ctx.storage.deleteAll()
  }

  override async alarm(): Promise<void> {
    const job = await this.ctx.storage.get<Omit<Waking, 'at'>>(JOB)
    if (!job) return
    // First: should the queue not take it, or this object be lost, it is said again.
    await this.ctx.storage.setAlarm(Date.now() + AGAIN_MS)
    try {
      await this.env[queueNames[job.service as keyof typeof queueNames]].send(job.message)
    } catch (error) {
      createLogger({ service: 'durable-objects' }).error('job-alarm-not-sent', {
        job_id: job.message.jobId,
        error: wordsOfError(error),
      })
    }
  }
}
