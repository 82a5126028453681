// What a test keeps answers in: a bucket in memory, and a database that has run the real migrations.
import { createTestDatabase } from '#db/testing'
import { createStoredResponses, type StoredResponses } from './stored-responses.ts'

/** As much of R2 as the kept answers use. */
export function createTestBucket() {
  const objects = new Map<string, { body: Uint8Array; customMetadata: Record<string, string> }>()
  const bucket = {
    put: async (
      key: string,
      body: Uint8Array,
      { customMetadata = {} }: { customMetadata?: Record<string, string> } = {},
    ) => void objects.set(key, { body, customMetadata }),
    get: async (key: string) => {
      const found = objects.get(key)
      if (!found) return null
      return {
        customMetadata: found.customMetadata,
        json: async () => JSON.parse(new TextDecoder().decode(found.body)) as unknown,
      }
    },
    head: async (key: string) => {
      const found = objects.get(key)
      return found ? { customMetadata: found.customMetadata } : null
    },
    delete: async (keys: string | string[]) => [keys].flat().forEach((key) => objects.delete(key)),
    list: async ({ prefix = '', limit = 1_000 }: { prefix?: string; limit?: number } = {}) => {
      const found = [...objects.keys()].filter((key) => key.startsWith(prefix))
      return { objects: found.slice(0, limit).map((key) => ({ key })), truncated: found.length > limit }
    },
  }
  return { bucket: bucket as unknown as R2Bucket, keys: () => [...objects.keys()] }
}

/** Made when it is first needed: most tests keep nothing. */
export function createTestResponses(): {
  responses: StoredResponses
  bucket: ReturnType<typeof createTestBucket>
  database: () => D1Database
} {
  const bucket = createTestBucket()
  let made: D1Database | undefined
  const database = () => (made ??= createTestDatabase())
  const stored = () => createStoredResponses({ bucket: bucket.bucket, database: database() })
  return {
    bucket,
    database,
    responses: {
      keep: (...input) => stored().keep(...input),
      find: (input) => stored().find(input),
      locate: (input) => stored().locate(input),
      remove: (input) => stored().remove(input),
    },
  }
}
