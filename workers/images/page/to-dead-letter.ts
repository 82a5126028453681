// A job that nobody could finish, for operators: what it was, and not a word of what anybody wrote.
import type { DeadLetter } from '#shared/contracts/jobs'
import { toJob } from '#shared/jobs/to-job'
import type { StoredImageJob } from '../image-job.ts'

export function toDeadLetter(job: StoredImageJob): DeadLetter {
  const { operation, count, size, quality, style, format, background, item_ids: items } = job.input
  return {
    ...toJob(job, () => ({ operation, count, size, quality, style, format, background, pictures: items.length })),
    organization_id: job.organizationId,
    user_id: job.userId,
  }
}
