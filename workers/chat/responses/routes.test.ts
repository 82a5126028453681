// Who may do what at these addresses, and how they answer what they are not for.
import { expect, test } from 'vitest'
import type { Principal } from '#shared/contracts/principal'
import { words, worldOf } from '../dialects/openai-responses/testing.ts'
import { createChatWorld, member, nativeModel, organizationId } from '../testing.ts'

const model = 'fake/words'
const path = '/v1/responses'
const id = 'resp_000000000000000000000000'

const claim: Principal = { kind: 'key-claim', organizationId, keyId: 'key_unknown00000001', secretHash: 'nothing' }
const viewer = { ...member, role: 'viewer' } as Principal

const problemOf = async (response: Response) => ({
  status: response.status,
  ...((await response.json()) as { error: { code: string; param: string | null } }).error,
})

test.each([
  ['POST', path, { model, input: 'x', background: true }],
  ['POST', path, { model, input: 'x', previous_response_id: id }],
  ['POST', path, 'not json'],
  ['POST', `${path}/input_tokens`, { model, input: 'x' }],
  ['POST', `${path}/${id}/cancel`, {}],
  ['POST', `${path}/compact`, { model }],
])('a stranger is told nothing but that their key is none: %s %s', async (method, address, body) => {
  const { world } = worldOf(words)
  const response = await world.ask(address, body, { method, principal: claim })
  expect(await problemOf(response)).toMatchObject({ status: 401, code: 'invalid_api_key' })
})

test.each([
  ['POST', path],
  ['GET', `${path}/${id}`],
  ['DELETE', `${path}/${id}`],
  ['GET', `${path}/${id}/input_items`],
  ['POST', `${path}/input_tokens`],
])('a member who may not use models may not do this either: %s %s', async (method, address) => {
  const { world } = worldOf(words)
  const response = await world.ask(address, { model, input: 'x' }, { method, principal: viewer })
  expect(await problemOf(response)).toMatchObject({ status: 403, code: 'permission_denied' })
})

test.each([
  ['GET', path, 'POST'],
  ['PATCH', `${path}/${id}`, 'GET, DELETE'],
  ['DELETE', `${path}/${id}/input_items`, 'GET'],
  ['GET', `${path}/${id}/cancel`, 'POST'],
])('%s %s is told what is taken there', async (method, address, allow) => {
  const { world } = worldOf(words)
  const response = await world.ask(address, '', { method })
  expect(response.headers.get('allow')).toBe(allow)
  expect(await problemOf(response)).toMatchObject({ status: 405, code: 'method_not_allowed' })
})

test.each([
  ['stream=maybe', 'stream'],
  ['starting_after=-1', 'starting_after'],
])('reading with ?%s is refused by its name', async (query, param) => {
  const { world, client } = worldOf(words)
  const kept = await client.responses.create({ model, input: 'x' })
  const response = await world.ask(`${path}/${kept.id}?${query}`, '', { method: 'GET' })
  expect(await problemOf(response)).toMatchObject({ status: 400, param })
})

test.each([
  ['limit=0', 'limit'],
  ['limit=101', 'limit'],
  ['order=random', 'order'],
])('listing with ?%s is refused by its name', async (query, param) => {
  const { world, client } = worldOf(words)
  const kept = await client.responses.create({ model, input: 'x' })
  const response = await world.ask(`${path}/${kept.id}/input_items?${query}`, '', { method: 'GET' })
  expect(await problemOf(response)).toMatchObject({ status: 400, param })
})

test('counting says how long a request would be, its history included, and costs nothing', async () => {
  const { world, client } = worldOf(words)
  const first = await client.responses.create({ model, input: 'word '.repeat(200) })
  await world.settled()
  const alone = await client.responses.inputTokens.count({ model, input: 'more' })
  const after = await client.responses.inputTokens.count({ model, input: 'more', previous_response_id: first.id })
  expect(alone).toEqual({ object: 'response.input_tokens', input_tokens: expect.any(Number) })
  expect(after.input_tokens).toBeGreaterThan(alone.input_tokens + 190)
  await world.settled()
  expect(await world.charges()).toHaveLength(1)
  expect((await world.ledger.balance()).heldMicros).toBe(0)
})

test('OpenAI counts for its own models, the whole conversation under our name for nothing', async () => {
  const counted: Record<string, unknown>[] = []
  const vendor = nativeModel('openai-responses', () => new Response(), {
    countTokens: async (body) => {
      counted.push(body)
      return 42
    },
  })
  const world = createChatWorld({ models: { [model]: vendor.model } })
  const response = await world.ask(`${path}/input_tokens`, { model, input: 'x', instructions: 'Be short.' })
  expect(response.headers.get('x-riwaq-estimated')).toBeNull()
  expect(await response.json()).toEqual({ object: 'response.input_tokens', input_tokens: 42 })
  expect(counted[0]).toMatchObject({ model: 'words-1', instructions: 'Be short.', input: [{ role: 'user' }] })
})

test('a model that an organization does not allow is not counted for either', async () => {
  const { world, client } = worldOf(words)
  const { policy } = await world.ledger.policy()
  await world.ledger.setPolicy({ policy: { ...policy, allowed_models: ['other/model'] } })
  await expect(client.responses.inputTokens.count({ model, input: 'x' })).rejects.toMatchObject({
    code: 'model_not_allowed',
  })
})
