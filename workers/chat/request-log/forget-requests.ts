// Logged requests that must go: those whose time is over, and all of a member or an organization that was erased.
import { eq, inArray, lte, type SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { requestLogs } from '#db/schema/chat'
import type { Erasure } from '#shared/contracts/account'
import { requestContentKey, requestContentsPrefix } from './contents.ts'

export interface RequestShelf {
  bucket: Pick<R2Bucket, 'delete' | 'list'>
  database: D1Database
}

/** D1 binds a hundred values at most. */
const AT_ONCE = 90
/** What one run may do; the next one goes on. */
const MAX_BATCHES = 100

/** The objects first: a row that outlives its object is found again, an object that outlives its row never. */
async function forgetBatch({ bucket, database }: RequestShelf, which: SQL): Promise<number> {
  const db = drizzle(database)
  const rows = await db
    .select({ id: requestLogs.id, organizationId: requestLogs.organizationId, content: requestLogs.content })
    .from(requestLogs)
    .where(which)
    .limit(AT_ONCE)
  if (rows.length === 0) return 0
  const kept = rows.filter(({ content }) => content !== 'none')
  if (kept.length > 0) await bucket.delete(kept.map(({ organizationId, id }) => requestContentKey(organizationId, id)))
  await db.delete(requestLogs).where(
    inArray(
      requestLogs.id,
      rows.map(({ id }) => id),
    ),
  )
  return rows.length
}

async function forget(shelf: RequestShelf, which: SQL, batches = Infinity): Promise<number> {
  let forgotten = 0
  for (let batch = 0; batch < batches; batch++) {
    const count = await forgetBatch(shelf, which)
    forgotten += count
    if (count < AT_ONCE) break
  }
  return forgotten
}

/** Run by the clock. Answers with how many are gone. */
export const sweepRequests = (shelf: RequestShelf, now: number): Promise<number> =>
  forget(shelf, lte(requestLogs.expiresAt, now), MAX_BATCHES)

/** Of a member, or of an organization with everything that its index may not know. Idempotent. */
export async function eraseRequests(shelf: RequestShelf, { organizationId, userId }: Erasure): Promise<number> {
  if (!organizationId) return forget(shelf, eq(requestLogs.userId, userId))
  const forgotten = await forget(shelf, eq(requestLogs.organizationId, organizationId))
  for (;;) {
    const { objects, truncated } = await shelf.bucket.list({ prefix: requestContentsPrefix(organizationId) })
    if (objects.length > 0) await shelf.bucket.delete(objects.map(({ key }) => key))
    if (!truncated) return forgotten
  }
}
