// Answers of /v1/responses that can be read again and gone on from. Each is one object in R2 with all that its
// successor needs, so that going on costs one read; D1 only knows when it expires, whose it is and which items it has.
import { and, desc, eq, gt, inArray } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { storedResponseItems, storedResponses } from '#db/schema/chat'
import type { ResponseItem, ResponseObject } from '#shared/contracts/responses'

export interface StoredResponse {
  /** As its caller was told, with the seals of its reasoning. */
  response: ResponseObject
  /** Everything that the model was given, the history included; each with an id. */
  input: (ResponseItem & { id: string })[]
}

export interface StoredResponses {
  /** False where it is too long to be kept. */
  keep(
    stored: StoredResponse,
    of: { organizationId: string; userId: string | null; at: number; expiresAt: number },
  ): Promise<boolean>
  /** Null where there is none of this organization, or where it has expired. */
  find(input: { organizationId: string; id: string; now: number }): Promise<StoredResponse | null>
  /** The answers that these items belong to, newest first. */
  locate(input: { organizationId: string; itemIds: string[]; now: number }): Promise<string[]>
  /** False where there was none. */
  remove(input: { organizationId: string; id: string; now: number }): Promise<boolean>
}

/** A conversation is written anew with every answer: beyond this it costs more than it is worth. */
export const MAX_STORED_BYTES = 8 * 1_048_576
/** D1 binds a hundred values at most. */
const IDS_AT_ONCE = 50

const RESPONSE_ID = /^resp_[0-9a-z]{24}$/

/** Everything of an organization begins with this. */
export const storedResponsesPrefix = (organizationId: string): string => `responses/${organizationId}/`
export const storedResponseKey = (organizationId: string, id: string): string =>
  `${storedResponsesPrefix(organizationId)}${id}`

type Bucket = Pick<R2Bucket, 'put' | 'get' | 'head' | 'delete'>

const isAlive = (object: { customMetadata?: Record<string, string> } | null, now: number): boolean =>
  object !== null && Number(object.customMetadata?.['expiresAt'] ?? 0) > now

const batchesOf = <T>(list: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size))

export function createStoredResponses({ bucket, database }: { bucket: Bucket; database: D1Database }): StoredResponses {
  const db = () => drizzle(database)

  const index = (id: string, items: string[], of: Parameters<StoredResponses['keep']>[1]) => {
    const { organizationId, userId, at, expiresAt } = of
    return db().batch([
      db().insert(storedResponses).values({ id, organizationId, userId, createdAt: at, expiresAt }),
      ...batchesOf(items, 30).map((batch) =>
        db()
          .insert(storedResponseItems)
          .values(batch.map((itemId) => ({ organizationId, itemId, responseId: id })))
          .onConflictDoNothing(),
      ),
    ])
  }

  return {
    async keep(stored, of) {
      const body = new TextEncoder().encode(JSON.stringify(stored))
      if (body.length > MAX_STORED_BYTES) return false
      const { id, output } = stored.response
      const key = storedResponseKey(of.organizationId, id)
      const customMetadata = { expiresAt: String(of.expiresAt) }
      const [written, indexed] = await Promise.allSettled([
        bucket.put(key, body, { customMetadata, httpMetadata: { contentType: 'application/json' } }),
        index(
          id,
          output.map((item) => item.id),
          of,
        ),
      ])
      // What the index does not know would never expire.
      if (indexed.status === 'rejected') await bucket.delete(key)
      for (const each of [written, indexed]) if (each.status === 'rejected') throw each.reason
      return true
    },

    async find({ organizationId, id, now }) {
      if (!RESPONSE_ID.test(id)) return null
      const object = await bucket.get(storedResponseKey(organizationId, id))
      return object && isAlive(object, now) ? object.json<StoredResponse>() : null
    },

    async locate({ organizationId, itemIds, now }) {
      const found = new Map<string, number>()
      for (const batch of batchesOf([...new Set(itemIds)], IDS_AT_ONCE)) {
        const rows = await db()
          .select({ id: storedResponses.id, createdAt: storedResponses.createdAt })
          .from(storedResponseItems)
          .innerJoin(storedResponses, eq(storedResponses.id, storedResponseItems.responseId))
          .where(
            and(
              eq(storedResponseItems.organizationId, organizationId),
              inArray(storedResponseItems.itemId, batch),
              eq(storedResponses.organizationId, organizationId),
              gt(storedResponses.expiresAt, now),
            ),
          )
          .orderBy(desc(storedResponses.createdAt))
        for (const row of rows) found.set(row.id, row.createdAt)
      }
      return [...found].toSorted(([, a], [, b]) => b - a).map(([id]) => id)
    },

    async remove({ organizationId, id, now }) {
      if (!RESPONSE_ID.test(id)) return false
      const key = storedResponseKey(organizationId, id)
      const there = isAlive(await bucket.head(key), now)
      await bucket.delete(key)
      await db().batch([
        db()
          .delete(storedResponseItems)
          .where(and(eq(storedResponseItems.organizationId, organizationId), eq(storedResponseItems.responseId, id))),
        db()
          .delete(storedResponses)
          .where(and(eq(storedResponses.organizationId, organizationId), eq(storedResponses.id, id))),
      ])
      return there
    },
  }
}
