import type { Job } from '#shared/contracts/jobs'
import type { ImageJobs } from '../context.ts'
import type { StoredImageJob } from '../image-job.ts'

/** What was asked for, without how it is done. */
export function toJobResponse(job: StoredImageJob, jobs: ImageJobs): Job {
  const { ways: _, ...asked } = job.input
  return { ...jobs.toJob(job), input: asked }
}
