import { expect, test } from 'vitest'
import { namespaceEndUser } from '#shared/metering/namespace-end-user'
import { namespaceBody, namespaceRequest } from './namespace-end-user.ts'
import { createChatWorld, finish, nativeModel, sayingModel } from './testing.ts'

const ours = 'org_ours00000001'
const theirs = 'org_theirs000001'

test('two organizations’ users of one name are two, and each is the same every time', async () => {
  expect(await namespaceEndUser(ours, 'user-1')).toBe(await namespaceEndUser(ours, 'user-1'))
  expect(await namespaceEndUser(ours, 'user-1')).not.toBe(await namespaceEndUser(theirs, 'user-1'))
  expect(await namespaceEndUser(ours, 'user-1')).toMatch(/^[0-9a-f]{48}$/)
})

test('a request that names nobody is left as it is', async () => {
  const body = { model: 'm', user: null, metadata: { a: 'b' } }
  expect(await namespaceBody(body, ours, 'openai-chat')).toBe(body)
  expect(await namespaceBody(body, ours, 'anthropic-messages')).toBe(body)
  const request = { messages: [] }
  expect(await namespaceRequest(request, ours)).toBe(request)
})

test('the caller’s own notes are not taken for a name', async () => {
  const body = { model: 'm', metadata: { user_id: 'ticket-7' } }
  expect(await namespaceBody(body, ours, 'openai-chat')).toBe(body)
})

const named = { user: 'Sara', safety_identifier: 'sara@example.com', prompt_cache_key: 'faq' }
const hashed = expect.stringMatching(/^[0-9a-f]{48}$/)

test('no vendor of OpenAI’s dialect reads a name, and the caller’s answer is the same', async () => {
  const answer = { choices: [], usage: { prompt_tokens: 1, completion_tokens: 1 } }
  const { model, bodies } = nativeModel('openai-chat', () => Response.json(answer))
  const world = createChatWorld({ models: { 'fake/words': model } })
  const body = { model: 'fake/words', messages: [{ role: 'user', content: 'Hi' }], ...named }
  expect(await (await world.ask('/v1/chat/completions', body)).json()).toEqual(answer)
  expect(bodies[0]).toMatchObject({ user: hashed, safety_identifier: hashed, prompt_cache_key: hashed })
  expect(JSON.stringify(bodies)).not.toMatch(/Sara|sara|faq/)
})

test('nor does a vendor of Anthropic’s, or of none', async () => {
  const { model: claude, bodies } = nativeModel('anthropic-messages', () => Response.json({ content: [] }))
  const { model: other, asked } = sayingModel([{ type: 'text-delta', text: 'ok' }, finish(null)])
  const world = createChatWorld({ models: { 'fake/claude': claude, 'fake/words': other } })
  const body = { max_tokens: 5, messages: [{ role: 'user', content: 'Hi' }], metadata: { user_id: 'Sara' } }
  await world.ask('/v1/messages', { model: 'fake/claude', ...body })
  await world.ask('/v1/messages', { model: 'fake/words', ...body })
  expect(bodies[0]).toMatchObject({ metadata: { user_id: hashed } })
  expect(asked[0]!.endUser).toEqual(hashed)
  const messages = [{ role: 'user', content: 'Hi' }]
  await world.ask('/v1/chat/completions', { model: 'fake/words', messages, ...named })
  expect(asked[1]).toMatchObject({ endUser: hashed, promptCache: { key: hashed } })
})
