// Kept answers that must go: those that have expired, and all of a member or an organization that was erased.
import { eq, inArray, lte, type SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { storedResponseItems, storedResponses } from '#db/schema/chat'
import type { Erasure } from '#shared/contracts/account'
import { storedResponseKey, storedResponsesPrefix } from './stored-responses.ts'

interface Shelf {
  bucket: Pick<R2Bucket, 'delete' | 'list'>
  database: D1Database
}

/** D1 binds a hundred values at most. */
const AT_ONCE = 90
/** What one run may do; the next one goes on. */
const MAX_BATCHES = 50

/** The objects first: a row that outlives its object is found again, an object that outlives its row never. */
async function forgetBatch({ bucket, database }: Shelf, which: SQL): Promise<number> {
  const db = drizzle(database)
  const rows = await db
    .select({ id: storedResponses.id, organizationId: storedResponses.organizationId })
    .from(storedResponses)
    .where(which)
    .limit(AT_ONCE)
  if (rows.length === 0) return 0
  await bucket.delete(rows.map(({ organizationId, id }) => storedResponseKey(organizationId, id)))
  const ids = rows.map(({ id }) => id)
  await db.batch([
    db.delete(storedResponseItems).where(inArray(storedResponseItems.responseId, ids)),
    db.delete(storedResponses).where(inArray(storedResponses.id, ids)),
  ])
  return rows.length
}

async function forget(shelf: Shelf, which: SQL, batches = Infinity): Promise<number> {
  let forgotten = 0
  for (let batch = 0; batch < batches; batch++) {
    const count = await forgetBatch(shelf, which)
    forgotten += count
    if (count < AT_ONCE) break
  }
  return forgotten
}

/** Run by the clock. Answers with how many are gone. */
export const sweepResponses = (shelf: Shelf, now: number): Promise<number> =>
  forget(shelf, lte(storedResponses.expiresAt, now), MAX_BATCHES)

/** Of a member, or of an organization with everything that its index may not know. Idempotent. */
export async function eraseResponses(shelf: Shelf, { organizationId, userId }: Erasure): Promise<number> {
  if (!organizationId) return forget(shelf, eq(storedResponses.userId, userId))
  const forgotten = await forget(shelf, eq(storedResponses.organizationId, organizationId))
  for (;;) {
    const { objects, truncated } = await shelf.bucket.list({ prefix: storedResponsesPrefix(organizationId) })
    if (objects.length > 0) await shelf.bucket.delete(objects.map(({ key }) => key))
    if (!truncated) return forgotten
  }
}
