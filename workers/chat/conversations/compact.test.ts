import { expect, test } from 'vitest'
import { Problem } from '#shared/http/problems'
import { runAnswer } from './answer-run.ts'
import { promptBudget } from './compact.ts'
import { createTestRun, testModel, words } from './testing.ts'

const small = { ...testModel, contextTokens: 2_000, maxOutputTokens: 400 }

async function fill(run: Awaited<ReturnType<typeof createTestRun>>, turns: number, tokens: number) {
  for (let turn = 1; turn <= turns; turn++) {
    const job = await run.send(`question ${turn}`, { tokens })
    await run.conversation.finishAnswer({
      owner: job.owner,
      answerId: job.answerId,
      status: 'complete',
      finishReason: 'stop',
      error: null,
      usage: null,
      costMicros: 0,
      language: 'en',
      tokens,
    })
  }
}

const purposes = (run: Awaited<ReturnType<typeof createTestRun>>) => run.asked.map((input) => input.purpose)

test('a branch that has outgrown the window is summarised, charged for, and goes on', async () => {
  const run = await createTestRun({ model: small })
  await fill(run, 5, 150)
  await runAnswer({ job: await run.send('and now?'), ctx: run.ctx })
  expect(purposes(run)).toEqual(['summary', 'answer'])
  const asked = JSON.stringify(run.asked[1]!.request)
  expect(asked).toContain('SUMMARY')
  expect(asked).not.toContain('question 1')
  expect(asked).toContain('and now?')
  const messages = await run.messages()
  expect(messages.find((message) => message.role === 'summary')).toMatchObject({ content: 'SUMMARY', cost_micros: 7 })
  expect(messages.map((message) => message.content)).toContain('question 1')
  expect(messages.at(-1)).toMatchObject({ status: 'complete', content: 'Hello' })
})

test('the next question starts from the summary and makes no other', async () => {
  const run = await createTestRun({ model: small })
  await fill(run, 5, 150)
  await runAnswer({ job: await run.send('first'), ctx: run.ctx })
  await runAnswer({ job: await run.send('second'), ctx: run.ctx })
  expect(purposes(run)).toEqual(['summary', 'answer', 'answer'])
  expect(JSON.stringify(run.asked[2]!.request)).toContain('SUMMARY')
})

test('a conversation far longer than the window is summarised part by part, each with the one before', async () => {
  let made = 0
  const run = await createTestRun({ model: small, summary: () => words(`SUMMARY ${++made}`) })
  await fill(run, 40, 150)
  await runAnswer({ job: await run.send('and now?'), ctx: run.ctx })
  expect(made).toBeGreaterThan(5)
  expect(JSON.stringify(run.asked[1]!.request)).toContain('SUMMARY 1')
  expect(JSON.stringify(run.asked.at(-1)!.request)).toContain(`SUMMARY ${made}`)
  expect((await run.messages()).at(-1)).toMatchObject({ status: 'complete' })
})

test('one message that is longer than the window is refused by name, whatever came before it', async () => {
  const run = await createTestRun({ model: small })
  await fill(run, 5, 150)
  await runAnswer({ job: await run.send('huge', { tokens: 5_000 }), ctx: run.ctx })
  expect((await run.messages()).at(-1)).toMatchObject({ status: 'failed', error: { code: 'context_length_exceeded' } })
  expect(purposes(run)).toEqual([])
})

test('where no summary can be had the answer fails with the reason, and nothing is left out in silence', async () => {
  const cut = await createTestRun({
    model: small,
    summary: () => [
      { type: 'text-delta', text: 'half' },
      { type: 'finish', reason: 'length', usage: null },
    ],
  })
  await fill(cut, 5, 150)
  await runAnswer({ job: await cut.send('and now?'), ctx: cut.ctx })
  expect((await cut.messages()).at(-1)).toMatchObject({ status: 'failed', error: { code: 'provider_error' } })
  const poor = await createTestRun({
    model: small,
    summary: () => {
      throw new Problem('insufficient_credits', 'There is no credit left.')
    },
  })
  await fill(poor, 5, 150)
  await runAnswer({ job: await poor.send('and now?'), ctx: poor.ctx })
  expect((await poor.messages()).at(-1)).toMatchObject({ status: 'failed', error: { code: 'insufficient_credits' } })
})

test('the sandbox, which has no model, keeps the questions and says that it did', async () => {
  const run = await createTestRun({ model: { ...small, id: 'riwaq/sandbox-guide', vendor: 'riwaq' } })
  await fill(run, 5, 150)
  await runAnswer({ job: await run.send('and now?'), ctx: run.ctx })
  expect(purposes(run)).toEqual(['answer'])
  expect((await run.messages()).find((message) => message.role === 'summary')).toMatchObject({
    cost_micros: 0,
    content: expect.stringContaining('shortened without a model'),
  })
})

test('a quarter of the window is left for the answer, less where the model says less', () => {
  expect(promptBudget({ ...testModel, contextTokens: 100_000, maxOutputTokens: 50_000 })).toBe(74_600)
  expect(promptBudget({ ...testModel, contextTokens: 100_000, maxOutputTokens: 4_000 })).toBe(95_600)
})
