import type { Erasure } from '#shared/contracts/account'
import { keptAnswersPrefix } from './kept-answers.ts'

/** Answers of an organization that is gone. Those of one member are gone within the day by themselves. R2 deletes as many at once as it lists. */
export async function eraseKeptAnswers(
  bucket: Pick<R2Bucket, 'list' | 'delete'>,
  { organizationId }: Erasure,
): Promise<void> {
  if (!organizationId) return
  for (;;) {
    const { objects, truncated } = await bucket.list({ prefix: keptAnswersPrefix(organizationId) })
    if (objects.length > 0) await bucket.delete(objects.map(({ key }) => key))
    if (!truncated) return
  }
}
