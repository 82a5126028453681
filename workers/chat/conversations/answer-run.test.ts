import { expect, test } from 'vitest'
import { Problem } from '#shared/http/problems'
import type { LanguageEvent } from '#shared/providers/spec/language-model'
import { runAnswer } from './answer-run.ts'
import { createTestRun, owner, testModel, words } from './testing.ts'

const textOf = (request: { messages: { content: unknown[] }[] }) => JSON.stringify(request.messages)

test('an answer is stored as it was said, with what it used and cost', async () => {
  const run = await createTestRun({ answer: () => words('Hel', 'lo ', 'world') })
  await runAnswer({ job: await run.send('hi'), ctx: run.ctx })
  const [, answer] = await run.messages()
  expect(answer).toMatchObject({
    content: 'Hello world',
    status: 'complete',
    finish_reason: 'stop',
    cost_micros: 7,
    usage: { output_tokens: 2 },
    request_id: 'req_1',
  })
  expect(run.state.finished).toBe(1)
})

test('what watchers were sent adds up to exactly what is stored', async () => {
  const run = await createTestRun({
    answer: () => [
      { type: 'reasoning-delta', text: 'hm ' },
      { type: 'reasoning-delta', text: 'yes' },
      ...words('a', 'bc', 'def'),
    ],
  })
  await runAnswer({ job: await run.send('hi'), ctx: run.ctx })
  const [, answer] = await run.messages()
  const told = { content: '', reasoning: '' }
  for (const event of run.conversation.events) {
    if (event.type !== 'answer-delta') continue
    expect(event.offset).toBe(told[event.field].length)
    told[event.field] += event.text
  }
  expect(told).toEqual({ content: answer!.content, reasoning: answer!.reasoning })
  expect(answer).toMatchObject({ content: 'abcdef', reasoning: 'hm yes' })
})

test('Stop ends the provider, and what was delivered stays', async () => {
  const run = await createTestRun({
    async *answer(_request, controller) {
      yield { type: 'text-delta', text: 'one ' }
      await run.conversation.stop({ owner })
      yield { type: 'text-delta', text: 'two ' }
      await new Promise<void>((resolve) =>
        controller.signal.aborted ? resolve() : controller.signal.addEventListener('abort', () => resolve()),
      )
      throw new Problem('client_closed_request', 'left')
    },
  })
  await runAnswer({ job: await run.send('hi'), ctx: run.ctx })
  const [, answer] = await run.messages()
  expect(answer).toMatchObject({ status: 'stopped', content: 'one two ', error: null, cost_micros: 7 })
})

test('a provider that breaks off leaves what it said, and why it ended', async () => {
  const run = await createTestRun({
    async *answer() {
      yield { type: 'text-delta', text: 'half' }
      throw new Problem('provider_error', 'The provider broke off.')
    },
  })
  await runAnswer({ job: await run.send('hi'), ctx: run.ctx })
  const [, answer] = await run.messages()
  expect(answer).toMatchObject({
    status: 'interrupted',
    content: 'half',
    error: { code: 'provider_error', message: 'The provider broke off.' },
    cost_micros: 7,
  })
})

test('without credit the answer fails at once, the question is kept, and it can be tried again', async () => {
  const run = await createTestRun()
  const complete = run.ctx.complete
  run.ctx.complete = async () => {
    throw new Problem('insufficient_credits', 'There is no credit left.')
  }
  await runAnswer({ job: await run.send('hi'), ctx: run.ctx })
  expect(await run.messages()).toMatchObject([
    { content: 'hi' },
    { status: 'failed', error: { code: 'insufficient_credits' }, cost_micros: 0 },
  ])
  run.ctx.complete = complete
  const again = await run.conversation.regenerate({
    owner,
    messageId: 'msg_a1',
    model: testModel.id,
    requestId: 'req_9',
    answerId: 'msg_a9',
  })
  expect(again.ok).toBe(true)
  await runAnswer({ job: { ...(await jobOf(run)), answerId: 'msg_a9', requestId: 'req_9' }, ctx: run.ctx })
  expect((await run.messages()).map((message) => message.content)).toEqual(['hi', 'Hello'])
})

const jobOf = async (_run: unknown) => ({
  conversationId: 'conv_1',
  owner,
  payer: { kind: 'user', userId: 'usr_a', role: 'member' } as const,
  answerId: '',
  requestId: '',
  model: testModel.id,
})

test('an error of our own is told without its inner words', async () => {
  const run = await createTestRun()
  run.ctx.complete = async () => {
    throw new TypeError('secret detail')
  }
  await runAnswer({ job: await run.send('hi'), ctx: run.ctx })
  const [, answer] = await run.messages()
  expect(answer).toMatchObject({ status: 'failed', error: { code: 'internal_error' } })
  expect(answer!.error!.message).not.toContain('secret')
})

test('a model that is gone since leaves a failed answer, not one that runs for ever', async () => {
  const run = await createTestRun()
  run.ctx.resolveModel = () => {
    throw new Problem('model_not_found', 'There is no such model.')
  }
  await runAnswer({ job: await run.send('hi'), ctx: run.ctx })
  expect((await run.messages())[1]).toMatchObject({ status: 'failed', error: { code: 'model_not_found' } })
})

test('an answer that was ended before its writer began is left alone, and costs nothing', async () => {
  const run = await createTestRun()
  const job = await run.send('hi')
  await run.conversation.finishAnswer({
    owner,
    answerId: job.answerId,
    status: 'stopped',
    finishReason: null,
    error: null,
    usage: null,
    costMicros: null,
    language: null,
    tokens: 0,
  })
  await runAnswer({ job, ctx: run.ctx })
  expect(run.asked).toEqual([])
  expect((await run.messages())[1]).toMatchObject({ status: 'stopped' })
})

test('an answer that the credit cut short says so', async () => {
  const events: LanguageEvent[] = [
    { type: 'text-delta', text: 'a' },
    { type: 'finish', reason: 'length', usage: null },
  ]
  const run = await createTestRun({ answer: () => events })
  const complete = run.ctx.complete
  run.ctx.complete = async (input) => ({ ...(await complete(input)), shortened: true })
  await runAnswer({ job: await run.send('hi'), ctx: run.ctx })
  expect((await run.messages())[1]).toMatchObject({ status: 'complete', finish_reason: 'credit' })
})

test('the first answer names the conversation, with a charge of its own', async () => {
  const run = await createTestRun({ title: () => words('“Saying ', 'hello”') })
  await runAnswer({ job: await run.send('hi'), ctx: run.ctx })
  await runAnswer({ job: await run.send('again'), ctx: run.ctx })
  expect(run.titles).toEqual(['Saying hello'])
  expect(run.asked.map((input) => input.purpose)).toEqual(['answer', 'title', 'answer'])
  expect(new Set(run.asked.map((input) => input.requestId)).size).toBe(3)
  expect(await run.conversation.read({ owner })).toMatchObject({ conversation: { title: 'Saying hello' } })
})

test('no title is asked for where somebody has typed one, or where the sandbox answers', async () => {
  const named = await createTestRun()
  await named.conversation.update({ owner, title: 'Mine' })
  await runAnswer({ job: await named.send('hi'), ctx: named.ctx })
  expect(named.asked.map((input) => input.purpose)).toEqual(['answer'])
  const sandbox = await createTestRun({ model: { ...testModel, id: 'riwaq/sandbox-guide', vendor: 'riwaq' } })
  await runAnswer({ job: await sandbox.send('hi there'), ctx: sandbox.ctx })
  expect(sandbox.asked.map((input) => input.purpose)).toEqual(['answer'])
  expect(await sandbox.conversation.read({ owner })).toMatchObject({ conversation: { title: 'hi there' } })
})

test('a title that cannot be had leaves the words of the question', async () => {
  const run = await createTestRun({
    title: () => {
      throw new Problem('provider_overloaded', 'busy')
    },
  })
  await runAnswer({ job: await run.send('hi there'), ctx: run.ctx })
  expect(await run.conversation.read({ owner })).toMatchObject({ conversation: { title: 'hi there', running: false } })
})

test('the model is told in which language to answer', async () => {
  const run = await createTestRun()
  await runAnswer({ job: await run.send('3ayez a3raf el se3r', { language: 'ar-Latn' }), ctx: run.ctx })
  expect(textOf(run.asked[0]!.request)).toContain('Answer in Arabic, in Arabic script')
})

test('a conversation that cannot be told the end is told again', async () => {
  const run = await createTestRun()
  const finishAnswer = run.conversation.finishAnswer
  let calls = 0
  run.ctx.conversation = {
    ...run.conversation,
    finishAnswer: async (input) => {
      if (++calls < 3) throw new Error('unreachable')
      return finishAnswer(input)
    },
  }
  await runAnswer({ job: await run.send('hi'), ctx: run.ctx })
  expect((await run.messages())[1]).toMatchObject({ status: 'complete', content: 'Hello' })
})
