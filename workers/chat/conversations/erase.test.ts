import { expect, test } from 'vitest'
import type { Erasure } from '#shared/contracts/account'
import type { Principal } from '#shared/contracts/principal'
import { consumeErasures } from './consume-erasures.ts'
import { eraseFor } from './erase.ts'
import { createConversationIndex } from './repository.ts'
import { createTestApp, owner } from './testing.ts'

const colleague: Principal = {
  kind: 'user',
  organizationId: 'org_a',
  userId: 'usr_b',
  role: 'member',
  platformAdmin: false,
}
const elsewhere: Principal = {
  kind: 'user',
  organizationId: 'org_b',
  userId: 'usr_a',
  role: 'member',
  platformAdmin: false,
}

function createBatch(...bodies: Erasure[]) {
  const outcomes: string[] = []
  const messages = bodies.map((body) => ({
    body,
    ack: () => void outcomes.push('ack'),
    retry: () => void outcomes.push('retry'),
  }))
  return { batch: { messages } as unknown as MessageBatch<Erasure>, outcomes }
}

const count = async (app: ReturnType<typeof createTestApp>, as?: Principal) =>
  (await app.call('GET', '?limit=100', { ...(as && { as }) })).json.data.length

test('of a member everything goes, wherever they were; of an organization everything of everybody', async () => {
  const app = createTestApp()
  for (let made = 0; made < 45; made++) await app.call('POST', '', { body: { title: `t${made}` } })
  await app.call('POST', '', { body: {}, as: colleague })
  await app.call('POST', '', { body: {}, as: elsewhere })
  const left = async () => [await count(app), await count(app, colleague), await count(app, elsewhere)]
  const { batch, outcomes } = createBatch({ userId: 'usr_a' })
  await consumeErasures(batch, app.env)
  expect(outcomes).toEqual(['ack'])
  expect(await left()).toEqual([0, 1, 0])
  await app.call('POST', '', { body: {} })
  await app.call('POST', '', { body: {}, as: elsewhere })
  await consumeErasures(createBatch({ organizationId: 'org_a', userId: 'usr_a' }).batch, app.env)
  expect(await left()).toEqual([0, 0, 1])
})

test('of one member in one organization only that goes', async () => {
  const app = createTestApp()
  for (const as of [undefined, colleague, elsewhere]) await app.call('POST', '', { body: {}, ...(as && { as }) })
  const ctx = {
    index: createConversationIndex(app.env.DB),
    conversation: app.env.CONVERSATION.getByName,
    runner: app.env.ANSWER_RUNNER.getByName,
  }
  expect(await eraseFor({ organizationId: 'org_a', userId: 'usr_a' }, ctx)).toBe(1)
  expect([await count(app), await count(app, colleague), await count(app, elsewhere)]).toEqual([0, 1, 1])
})

test('an answer that runs is stopped before its conversation is erased', async () => {
  const app = createTestApp()
  const created = await app.call('POST', '', { body: { content: 'hi' } })
  await app.call('DELETE', `/${created.json.id}`)
  expect(app.aborted).toEqual([created.json.answer.id])
  expect(await app.conversations.get(created.json.id)!.read({ owner })).toEqual({ ok: false, code: 'not_found' })
})

test('an erasure that fails half-way hides everything at once, and finishes when it is asked again', async () => {
  const app = createTestApp()
  const { json } = await app.call('POST', '', { body: { title: 'a' } })
  const object = app.conversations.get(json.id)!
  const erase = object.erase
  object.erase = async () => {
    throw new Error('unreachable')
  }
  const first = createBatch({ userId: 'usr_a' })
  await consumeErasures(first.batch, app.env)
  expect(first.outcomes).toEqual(['retry'])
  expect((await app.call('GET', `/${json.id}`)).status).toBe(404)
  object.erase = erase
  expect((await app.call('DELETE', `/${json.id}`)).status).toBe(204)
  expect(await object.read({ owner })).toEqual({ ok: false, code: 'not_found' })
})
