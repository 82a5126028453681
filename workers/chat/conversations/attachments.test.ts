import { expect, test } from 'vitest'
import { PICTURE_TOKENS } from '#shared/contracts/conversation-object'
import type { Principal } from '#shared/contracts/principal'
import { createTestApp, createTestRun, member, owner, testModel } from './testing.ts'
import { runAnswer } from './answer-run.ts'

const seeing = { ...testModel, abilities: ['vision' as const] }
const inBase64 = (text: string) => btoa(text)

async function askedWith(model: typeof testModel, attachments: string[]) {
  const run = await createTestRun({ model })
  const job = await run.send('What is this?', { attachments })
  await runAnswer({ job, ctx: run.ctx })
  return { run, question: run.asked.find(({ purpose }) => purpose === 'answer')!.request.messages.at(-1)! }
}

test('a model that sees is shown the pictures in front of the words they came with', async () => {
  const { question } = await askedWith(seeing, ['itm_cat', 'itm_house'])
  const picture = (id: string) => ({
    type: 'image',
    source: { kind: 'base64', mediaType: 'image/webp', data: inBase64(`${id} web`) },
  })
  expect(question).toEqual({
    role: 'user',
    content: [picture('itm_cat'), picture('itm_house'), { type: 'text', text: 'What is this?' }],
  })
})

test('a model that does not see is told that there was a picture, and what it is called', async () => {
  const { question } = await askedWith(testModel, ['itm_cat'])
  expect(question.content[0]).toMatchObject({ type: 'text', text: expect.stringContaining('“A cat”') as string })
  expect(JSON.stringify(question)).not.toContain('base64')
})

test('a picture that was erased since leaves words in its place', async () => {
  const { question } = await askedWith(seeing, ['itm_gone'])
  expect(question.content[0]).toMatchObject({ text: expect.stringContaining('no longer in the library') as string })
})

test('a later question is asked with the pictures of the earlier one', async () => {
  const { run } = await askedWith(seeing, ['itm_cat'])
  const job = await run.send('And its colour?')
  await runAnswer({ job, ctx: run.ctx })
  const [, first] = run.asked.filter(({ purpose }) => purpose === 'answer').at(-1)!.request.messages
  expect(first!.content[0]).toMatchObject({ type: 'image' })
})

test('of very many pictures the newest are shown, and the model knows that others were left out', async () => {
  const run = await createTestRun({ model: { ...seeing, contextTokens: 200_000 } })
  const earlier = Array.from({ length: 17 }, (_, index) => `itm_${index}`)
  const job = await run.send('Look', { attachments: [...earlier.slice(0, 16), 'itm_cat'] })
  await runAnswer({ job, ctx: run.ctx })
  const { content } = run.asked[0]!.request.messages.at(-1)!
  expect(content[0]).toMatchObject({ text: '[An earlier picture is left out here.]' })
  expect(content[16]).toMatchObject({ type: 'image' })
})

test('other words leave a message its pictures, and what they take of the window', async () => {
  const run = await createTestRun({ model: seeing })
  const job = await run.send('Look', { tokens: 10, attachments: ['itm_cat', 'itm_house'] })
  await runAnswer({ job, ctx: run.ctx })
  const sizeOf = async () => {
    const next = await run.send('And now?', { tokens: 1 })
    const context = await run.conversation.context({ owner, answerId: next.answerId, maxTokens: 100_000 })
    await runAnswer({ job: next, ctx: run.ctx })
    return context.ok ? context.turns[0] : null
  }
  expect(await sizeOf()).toMatchObject({ tokens: 10 + 2 * PICTURE_TOKENS })
  await run.conversation.edit({ owner, messageId: 'msg_u1', content: 'Look!', language: 'en', tokens: 12 })
  expect(await sizeOf()).toMatchObject({ tokens: 12 + 2 * PICTURE_TOKENS, attachments: ['itm_cat', 'itm_house'] })
})

test('a message is kept with its pictures, in their order', async () => {
  const app = createTestApp({ settings: { OPENAI_API_KEY: 'sk-test' } })
  const { json, status } = await app.call('POST', '', {
    body: { content: 'What is this?', attachments: ['itm_house', 'itm_cat'] },
  })
  expect(status).toBe(201)
  expect(json.message.attachments).toEqual(['itm_house', 'itm_cat'])
  const page = await app.call('GET', `/${json.id}/messages`)
  expect(page.json.data[0]?.attachments).toEqual(['itm_house', 'itm_cat'])
  expect(page.json.data[1]).not.toHaveProperty('attachments')
})

test('a picture that its sender does not see is refused, and nothing is stored', async () => {
  const app = createTestApp({ settings: { OPENAI_API_KEY: 'sk-test' } })
  for (const foreign of ['itm_foreign', 'itm_none']) {
    const { status, text } = await app.call('POST', '', {
      body: { content: 'What is this?', attachments: ['itm_cat', foreign] },
    })
    expect(status).toBe(400)
    expect(text).toContain('attachments.1')
  }
  expect(app.conversations.size).toBe(0)
})

test('nine pictures are more than a message takes', async () => {
  const app = createTestApp()
  const attachments = Array.from({ length: 9 }, () => 'itm_cat')
  expect((await app.call('POST', '', { body: { content: 'Look', attachments } })).status).toBe(400)
})

test('a key that may not use the library sends no pictures', async () => {
  const app = createTestApp({ settings: { OPENAI_API_KEY: 'sk-test' } })
  const key = (scopes: ('conversations' | 'library')[]): Principal => ({
    kind: 'api-key',
    ...owner,
    keyId: 'key_1',
    scopes,
  })
  const body = { content: 'Look', attachments: ['itm_cat'] }
  expect((await app.call('POST', '', { body, as: key(['conversations']) })).status).toBe(403)
  expect((await app.call('POST', '', { body, as: key(['conversations', 'library']) })).status).toBe(201)
})

test('the same key with other pictures is another message', async () => {
  const app = createTestApp({ settings: { OPENAI_API_KEY: 'sk-test' } })
  const headers = { 'idempotency-key': 'k1' }
  const send = (attachments: string[]) =>
    app.call('POST', '', { body: { content: 'Look', attachments }, headers, as: member })
  const first = await send(['itm_cat'])
  expect((await send(['itm_cat'])).json.message.id).toBe(first.json.message.id)
  expect((await send(['itm_house'])).status).toBe(409)
})
