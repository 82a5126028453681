import { expect, test } from 'vitest'
import { eraseKeptAnswers } from './erase-kept-answers.ts'
import { createKeptAnswers } from './kept-answers.ts'

/** As much of a bucket as is used here. */
function createBucket() {
  const objects = new Map<string, { body: Uint8Array; customMetadata: Record<string, string> }>()
  const bucket = {
    put: async (name: string, body: Uint8Array, { customMetadata }: { customMetadata: Record<string, string> }) =>
      void objects.set(name, { body, customMetadata }),
    get: async (name: string) => {
      const found = objects.get(name)
      return found ? { customMetadata: found.customMetadata, arrayBuffer: async () => found.body.slice().buffer } : null
    },
    list: async ({ prefix }: { prefix: string }) => {
      const keys = [...objects.keys()].filter((key) => key.startsWith(prefix))
      return { objects: keys.slice(0, 2).map((key) => ({ key })), truncated: keys.length > 2 }
    },
    delete: async (keys: string[]) => keys.forEach((key) => objects.delete(key)),
  }
  return { bucket: bucket as unknown as R2Bucket, names: () => [...objects.keys()] }
}

const answer = {
  requestId: 'req_1',
  status: 200,
  headers: { 'content-type': 'text/event-stream' },
  body: new TextEncoder().encode('data: [DONE]\n\n'),
}

test('an answer comes back with its status, headers and bytes, for its own caller alone', async () => {
  const { bucket, names } = createBucket()
  const answers = createKeptAnswers(bucket)
  await answers.keep({ organizationId: 'org_1', payerId: 'key_1', key: 'order 66' }, answer)
  const kept = await answers.find({ organizationId: 'org_1', payerId: 'key_1', key: 'order 66' })
  expect(kept).toMatchObject({ requestId: 'req_1', status: 200, headers: answer.headers })
  expect(new TextDecoder().decode(kept!.body)).toBe('data: [DONE]\n\n')
  expect(await answers.find({ organizationId: 'org_2', payerId: 'key_1', key: 'order 66' })).toBeNull()
  expect(await answers.find({ organizationId: 'org_1', payerId: 'key_2', key: 'order 66' })).toBeNull()
  expect(names()[0]).toMatch(/^idempotency\/org_1\/key_1\/[0-9a-f]{64}$/)
})

test('an organization that is erased keeps no answers', async () => {
  const { bucket, names } = createBucket()
  const answers = createKeptAnswers(bucket)
  for (const key of ['a', 'b', 'c', 'd', 'e'])
    await answers.keep({ organizationId: 'org_1', payerId: 'key_1', key }, answer)
  await answers.keep({ organizationId: 'org_2', payerId: 'key_1', key: 'a' }, answer)
  await eraseKeptAnswers(bucket, { organizationId: 'org_1', userId: 'usr_1' })
  expect(names()).toHaveLength(1)
  await eraseKeptAnswers(bucket, { userId: 'usr_1' })
  expect(names()).toHaveLength(1)
})
