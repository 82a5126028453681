import type { Erasure } from '#shared/contracts/account'
import { keptAnswersPrefix } from './kept-answers.ts'

/** R2 deletes at most a thousand objects at once, which is also how many it lists. */
export async function eraseKeptAnswers(bucket: Pick<R2Bucket, 'list' | 'delete'>, { organizationId, userId }: Erasure): Promise<void> {
  if (!organizationId) return
  const prefix = `${keptAnswersPrefix(organizationId)}${userId ? `${userId}/` : ''}`
  for (;;) {
    const { objects, truncated } = await bucket.list({ prefix })
    if (objects.length > 0) await bucket.delete(objects.map(({ key }) => key))
    if (!truncated) return
  }
}
