import { expect, test } from 'vitest'
import type { Principal } from '#shared/contracts/principal'
import { createTestApp, owner } from './testing.ts'

const colleague: Principal = {
  kind: 'user',
  organizationId: 'org_a',
  userId: 'usr_b',
  role: 'admin',
  platformAdmin: true,
}
const stranger: Principal = {
  kind: 'user',
  organizationId: 'org_b',
  userId: 'usr_a',
  role: 'owner',
  platformAdmin: false,
}

async function createWorld() {
  const app = createTestApp()
  const created = await app.call('POST', '', { body: {} })
  return { ...app, id: created.json.id as string }
}

type World = Awaited<ReturnType<typeof createWorld>>

async function say(world: World, content: string, answer = 'fine', more: object = {}) {
  const sent = await world.call('POST', `/${world.id}/messages`, { body: { content, ...more } })
  if (sent.status !== 202) return sent
  const conversation = world.conversations.get(world.id)!
  await conversation.append({
    owner,
    answerId: sent.json.answer.id,
    offset: { content: 0, reasoning: 0 },
    content: answer,
    reasoning: '',
  })
  await conversation.finishAnswer({
    owner,
    answerId: sent.json.answer.id,
    status: 'complete',
    finishReason: 'stop',
    error: null,
    usage: null,
    costMicros: 1,
    language: 'en',
    tokens: 1,
  })
  return sent
}

test('a conversation is made, named by its first message, listed, renamed and deleted', async () => {
  const world = await createWorld()
  expect(world.id).toMatch(/^conv_/)
  await say(world, 'How do I cook rice?')
  expect((await world.call('GET', '')).json).toMatchObject({
    data: [{ id: world.id, title: 'How do I cook rice?', running: true }],
    next_cursor: null,
  })
  expect((await world.call('PATCH', `/${world.id}`, { body: { title: ' Rice ' } })).json).toMatchObject({
    title: 'Rice',
    running: false,
  })
  expect((await world.call('GET', `/${world.id}`)).json).toMatchObject({ title: 'Rice' })
  expect((await world.call('GET', '?q=rice')).json.data).toHaveLength(1)
  expect((await world.call('GET', '?q=pasta')).json.data).toEqual([])
  expect((await world.call('DELETE', `/${world.id}`)).status).toBe(204)
  expect((await world.call('GET', `/${world.id}`)).status).toBe(404)
  expect((await world.call('GET', '')).json.data).toEqual([])
})

test('a message is stored with its answer running, and its writer is told all it needs', async () => {
  const world = await createWorld()
  const sent = await world.call('POST', `/${world.id}/messages`, { body: { content: 'كيف حالك؟' } })
  expect(sent.status).toBe(202)
  expect(sent.json).toMatchObject({
    message: { role: 'user', content: 'كيف حالك؟', language: 'ar', status: 'complete' },
    answer: {
      role: 'assistant',
      status: 'running',
      parent_id: sent.json.message.id,
      model: 'riwaq/sandbox-guide',
      request_id: 'req_test',
    },
  })
  expect(world.started).toEqual([
    {
      conversationId: world.id,
      owner,
      payer: { kind: 'user', userId: 'usr_a', role: 'member' },
      answerId: sent.json.answer.id,
      requestId: 'req_test',
      model: 'riwaq/sandbox-guide',
    },
  ])
})

test('a first message can come with its conversation, in one trip', async () => {
  const app = createTestApp()
  const created = await app.call('POST', '', { body: { content: 'hello there' } })
  expect(created).toMatchObject({
    status: 201,
    json: { title: 'hello there', running: true, message: { content: 'hello there' }, answer: { status: 'running' } },
  })
})

test('a model that cannot be called is refused before anything is stored', async () => {
  const app = createTestApp()
  expect(await app.call('POST', '', { body: { content: 'hi', model: 'nobody/nothing' } })).toMatchObject({
    status: 404,
    json: { code: 'model_not_found' },
  })
  expect((await app.call('GET', '')).json.data).toEqual([])
  const world = await createWorld()
  expect(
    await world.call('POST', `/${world.id}/messages`, { body: { content: 'hi', model: 'openai/gpt-6-luna' } }),
  ).toMatchObject({ status: 404, json: { code: 'model_not_found' } })
  expect((await world.call('GET', `/${world.id}/messages`)).json.data).toEqual([])
})

test('without any model the message says why it cannot be answered', async () => {
  const app = createTestApp({ settings: { SANDBOX: 'off' } })
  expect(await app.call('POST', '', { body: { content: 'hi' } })).toMatchObject({
    status: 404,
    json: { code: 'model_not_found' },
  })
})

test('messages are read in reading order, a page at a time, towards the older', async () => {
  const world = await createWorld()
  for (const word of ['one', 'two', 'three']) await say(world, word, `${word}!`)
  const first = await world.call('GET', `/${world.id}/messages?limit=4`)
  expect(first.json.data.map((message) => message.content)).toEqual(['two', 'two!', 'three', 'three!'])
  const second = await world.call('GET', `/${world.id}/messages?limit=4&cursor=${first.json.next_cursor}`)
  expect(second.json.data.map((message) => message.content)).toEqual(['one', 'one!'])
  expect(second.json.next_cursor).toBeNull()
})

test('the list is read a page at a time', async () => {
  const app = createTestApp()
  for (const title of ['a', 'b', 'c']) await app.call('POST', '', { body: { title } })
  const first = await app.call('GET', '?limit=2')
  const second = await app.call('GET', `?limit=2&cursor=${first.json.next_cursor}`)
  expect([...first.json.data, ...second.json.data].map((each) => each.title).toSorted()).toEqual(['a', 'b', 'c'])
  expect(second.json.next_cursor).toBeNull()
})

test.each(['nonsense', '%00', 'bXNncw', '🙂'])('the cursor “%s” is refused as such', async (cursor) => {
  const world = await createWorld()
  await say(world, 'one')
  const query = `cursor=${encodeURIComponent(cursor)}`
  expect(await world.call('GET', `?${query}`)).toMatchObject({ status: 400, json: { code: 'invalid_cursor' } })
  expect(await world.call('GET', `/${world.id}/messages?${query}`)).toMatchObject({
    status: 400,
    json: { code: 'invalid_cursor' },
  })
})

test('a cursor of another list, or of another conversation, is refused', async () => {
  const [one, other] = [await createWorld(), await createWorld()]
  await say(one, 'one')
  await say(one, 'two')
  await say(other, 'x')
  const { next_cursor: cursor } = (await one.call('GET', `/${one.id}/messages?limit=2`)).json
  expect(await one.call('GET', `?cursor=${cursor}`)).toMatchObject({ status: 400, json: { code: 'invalid_cursor' } })
  expect(await other.call('GET', `/${other.id}/messages?cursor=${cursor}`)).toMatchObject({
    status: 400,
    json: { code: 'invalid_cursor' },
  })
})

test.each(['0', '101', '-1', 'ten', '1.5', ''])('a limit of “%s” is refused', async (limit) => {
  const world = await createWorld()
  expect(await world.call('GET', `?limit=${limit}`)).toMatchObject({
    status: 400,
    json: { code: 'invalid_request', param: 'limit' },
  })
})

test('a second message while an answer runs is a conflict', async () => {
  const world = await createWorld()
  await world.call('POST', `/${world.id}/messages`, { body: { content: 'one' } })
  expect(await world.call('POST', `/${world.id}/messages`, { body: { content: 'two' } })).toMatchObject({
    status: 409,
    json: { code: 'conflict' },
  })
})

test('the same Idempotency-Key gives the same message once, and another body a mismatch', async () => {
  const world = await createWorld()
  const post = (content: string) =>
    world.call('POST', `/${world.id}/messages`, { body: { content }, headers: { 'idempotency-key': 'k1' } })
  const [first, again] = [await post('one'), await post('one')]
  expect(again.json.answer.id).toBe(first.json.answer.id)
  expect(await post('two')).toMatchObject({ status: 409, json: { code: 'idempotency_mismatch' } })
  expect(new Set(world.started.map((job) => job.answerId)).size).toBe(1)
})

test('a conversation asked for twice with one Idempotency-Key is made once', async () => {
  const app = createTestApp()
  const post = () => app.call('POST', '', { body: { content: 'hi' }, headers: { 'idempotency-key': 'k1' } })
  const [first, again] = [await post(), await post()]
  expect(again.json).toMatchObject({ id: first.json.id, answer: { id: first.json.answer.id } })
  expect((await app.call('GET', '')).json.data).toHaveLength(1)
})

test('an answer can be had anew, an older one shown again, and a message saved as it should have been', async () => {
  const world = await createWorld()
  const sent = await say(world, 'one', 'uno')
  const anew = await world.call('POST', `/${world.id}/messages/${sent.json.answer.id}/regenerate`)
  expect(anew).toMatchObject({
    status: 202,
    json: { answer: { siblings: [sent.json.answer.id, anew.json.answer.id] } },
  })
  expect(await world.call('POST', `/${world.id}/branch`, { body: { message_id: sent.json.answer.id } })).toMatchObject({
    status: 409,
  })
  await world.conversations.get(world.id)!.finishAnswer({
    owner,
    answerId: anew.json.answer.id,
    status: 'complete',
    finishReason: null,
    error: null,
    usage: null,
    costMicros: 0,
    language: null,
    tokens: 0,
  })
  const shown = await world.call('POST', `/${world.id}/branch`, { body: { message_id: sent.json.answer.id } })
  expect(shown.json.data.map((message) => message.content)).toEqual(['one', 'uno'])
  const saved = await world.call('PATCH', `/${world.id}/messages/${sent.json.message.id}`, { body: { content: 'ONE' } })
  expect(saved.json).toMatchObject({ content: 'ONE' })
})

test('Stop tells the conversation and whoever writes', async () => {
  const world = await createWorld()
  const sent = await world.call('POST', `/${world.id}/messages`, { body: { content: 'one' } })
  expect((await world.call('POST', `/${world.id}/stop`)).status).toBe(204)
  expect(world.aborted).toEqual([sent.json.answer.id])
})

test('where no writer can be reached the question is kept and the answer can be tried again', async () => {
  const world = await createWorld()
  world.runner.failing = true
  const sent = await world.call('POST', `/${world.id}/messages`, { body: { content: 'one' } })
  expect(sent).toMatchObject({
    status: 202,
    json: { answer: { status: 'failed', error: { code: 'service_unavailable' } } },
  })
  world.runner.failing = false
  expect((await world.call('POST', `/${world.id}/messages/${sent.json.answer.id}/regenerate`)).status).toBe(202)
})

test.each([
  ['GET', ''],
  ['PATCH', '', { title: 'mine' }],
  ['DELETE', ''],
  ['GET', '/messages'],
  ['POST', '/messages', { content: 'hi' }],
  ['POST', '/messages/msg_00000000/regenerate', {}],
  ['PATCH', '/messages/msg_00000000', { content: 'hi' }],
  ['POST', '/branch', { message_id: 'msg_00000000' }],
  ['POST', '/stop'],
] as const)('to a colleague and to another organization %s %s is not there', async (method, path, body?) => {
  const world = await createWorld()
  await say(world, 'secret')
  for (const as of [colleague, stranger]) {
    expect(await world.call(method, `/${world.id}${path}`, { as, body })).toMatchObject({
      status: 404,
      json: { code: 'not_found' },
    })
  }
  expect((await world.call('GET', '', { as: colleague })).json.data).toEqual([])
  expect(await world.call('GET', `/${world.id}`)).toMatchObject({ status: 200 })
})

test('those who may not have conversations are told so', async () => {
  const { call } = createTestApp()
  expect((await call('GET', '', { as: { kind: 'anonymous' } })).status).toBe(401)
  expect(
    (await call('GET', '', { as: { kind: 'key-claim', organizationId: 'org_a', keyId: 'key_1', secretHash: 'x' } }))
      .status,
  ).toBe(401)
  expect(
    (
      await call('GET', '', {
        as: { kind: 'user', organizationId: 'org_a', userId: 'usr_a', role: 'viewer', platformAdmin: false },
      })
    ).status,
  ).toBe(403)
  expect(
    (
      await call('GET', '', {
        as: { kind: 'api-key', organizationId: 'org_a', keyId: 'key_1', userId: 'usr_a', scopes: ['chat'] },
      })
    ).status,
  ).toBe(403)
  expect(
    (
      await call('GET', '', {
        as: { kind: 'api-key', organizationId: 'org_a', keyId: 'key_1', userId: 'usr_a', scopes: ['conversations'] },
      })
    ).status,
  ).toBe(200)
})

test.each([
  ['POST', '/messages', {}, 'content'],
  ['POST', '/messages', { content: '' }, 'content'],
  ['POST', '/messages', { content: '  \n ' }, 'content'],
  ['POST', '/messages', { content: 5 }, 'content'],
  ['POST', '/messages', { content: 'x'.repeat(400_001) }, 'content'],
  ['POST', '/messages', { content: 'x', parent_id: 5 }, 'parent_id'],
  ['POST', '/messages', { content: 'x', role: 'system' }, 'role'],
  ['PATCH', '', { title: '' }, 'title'],
  ['PATCH', '', { content: 'x' }, 'content'],
  ['POST', '/branch', {}, 'message_id'],
] as const)('%s %s with a wrong body names what is wrong', async (method, path, body, param) => {
  const world = await createWorld()
  expect(await world.call(method, `/${world.id}${path}`, { body })).toMatchObject({
    status: 400,
    json: { code: 'invalid_request', param },
  })
})

test('bodies that are no JSON, ids that are none and messages that are not there are each refused by name', async () => {
  const world = await createWorld()
  expect(await world.call('POST', `/${world.id}/messages`, { body: '{"content"' })).toMatchObject({
    status: 400,
    json: { code: 'invalid_request' },
  })
  expect(await world.call('GET', '/conv_../messages')).toMatchObject({ status: 404 })
  expect(await world.call('GET', '/conv_0000000000')).toMatchObject({ status: 404, json: { code: 'not_found' } })
  expect(world.conversations.has('conv_0000000000')).toBe(false)
  expect(
    await world.call('POST', `/${world.id}/messages`, { body: { content: 'x', parent_id: 'msg_0000000000' } }),
  ).toMatchObject({ status: 404 })
  expect(await world.call('POST', `/${world.id}/messages/msg_0000000000/regenerate`)).toMatchObject({ status: 404 })
  expect(
    await world.call('POST', `/${world.id}/messages`, {
      body: { content: 'x' },
      headers: { 'idempotency-key': 'k'.repeat(256) },
    }),
  ).toMatchObject({ status: 400 })
})

test('an export is every conversation with every branch, a line each', async () => {
  const world = await createWorld()
  const sent = await say(world, 'one', 'uno')
  await world.call('POST', `/${world.id}/messages/${sent.json.answer.id}/regenerate`)
  await world.call('POST', '', { body: { title: 'empty' } })
  const exported = await world.call('GET', '/export')
  expect(exported.headers.get('content-type')).toContain('application/x-ndjson')
  const lines = exported.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.filter((line) => line.type === 'conversation')).toHaveLength(2)
  expect(lines.filter((line) => line.type === 'message').map((line) => [line.conversation_id, line.content])).toEqual([
    [world.id, 'one'],
    [world.id, 'uno'],
    [world.id, ''],
  ])
  expect((await world.call('GET', '/export', { as: colleague })).text).toBe('')
})

test('only our own pages may open a socket, and what a client sends with it does not reach the object', async () => {
  const world = await createWorld()
  const open = (headers: Record<string, string>, as?: Principal) =>
    world.call('GET', `/${world.id}/live`, {
      headers: { upgrade: 'websocket', host: 'riwaq.test', ...headers },
      ...(as && { as }),
    })
  expect((await world.call('GET', `/${world.id}/live`)).status).toBe(400)
  expect(await open({ origin: 'https://evil.test' })).toMatchObject({
    status: 403,
    json: { code: 'origin_not_allowed' },
  })
  expect((await open({}, colleague)).status).toBe(404)
  const opened = await open({
    origin: 'https://riwaq.test',
    'x-partykit-props': '{}',
    'x-riwaq-conversation-owner': 'org_b/usr_b',
    cookie: 'session=1',
  })
  expect(opened.json.headers).toMatchObject({ 'x-riwaq-conversation-owner': 'org_a/usr_a' })
  expect(Object.keys(opened.json.headers)).not.toContain('x-partykit-props')
  expect(Object.keys(opened.json.headers)).not.toContain('cookie')
})
