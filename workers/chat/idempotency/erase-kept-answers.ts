import type { Erasure } from '#shared/contracts/account'
import { cachedAnswersPrefix } from '../cache/answer-cache.ts'
import { keptAnswersPrefix } from './kept-answers.ts'

type Bucket = Pick<R2Bucket, 'list' | 'delete'>

/** R2 deletes as many at once as it lists. */
async function eraseAll(bucket: Bucket, prefix: string): Promise<void> {
  for (;;) {
    const { objects, truncated } = await bucket.list({ prefix })
    if (objects.length > 0) await bucket.delete(objects.map(({ key }) => key))
    if (!truncated) return
  }
}

/** Answers of an organization that is gone. Those of one member are gone within the day, or the week, by themselves. */
export async function eraseKeptAnswers(bucket: Bucket, { organizationId }: Erasure): Promise<void> {
  if (!organizationId) return
  await eraseAll(bucket, keptAnswersPrefix(organizationId))
  await eraseAll(bucket, cachedAnswersPrefix(organizationId))
}
