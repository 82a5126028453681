import { expect, test } from 'vitest'
import type { Guard } from '#shared/guardrails/guard-types'
import { createModerationModels, type ModerationModels } from '#shared/providers/moderation-models'
import { moderationCategories, type ModerationCategory } from '#shared/providers/spec/moderation-model'
import { examinePrompt, examineResult, type ExamineContext } from './examine.ts'
import { screenPrompt } from './screen-prompt.ts'
import { imageModerationOf } from './settings.ts'

const free = { guard: null, mode: 'on' } as const
const picture = { bytes: new Uint8Array([1, 2, 3]), mediaType: 'image/png' }

/** OpenAI's, saying what the test wants. */
function judging(flagged: ModerationCategory[], { status = 200 }: { status?: number } = {}) {
  const asked: string[] = []
  const moderations: ModerationModels = createModerationModels({
    settings: { OPENAI_API_KEY: 'sk-test' },
    fetch: async (_url, init) => {
      asked.push(String(init?.body))
      const categories = Object.fromEntries(moderationCategories.map((name) => [name, flagged.includes(name)]))
      const scores = Object.fromEntries(moderationCategories.map((name) => [name, flagged.includes(name) ? 1 : 0]))
      return Response.json(
        { id: 'm', model: 'omni', results: [{ flagged: flagged.length > 0, categories, category_scores: scores }] },
        { status },
      )
    },
  })
  return { moderations, asked }
}

const examining = (moderations: ModerationModels, more: Partial<ExamineContext> = {}): ExamineContext => ({
  guard: null,
  mode: 'on',
  judgesResults: false,
  moderations,
  signal: new AbortController().signal,
  ...more,
})

test('an ordinary wish passes as it was written, in both languages', () => {
  for (const prompt of ['a fox in the snow', 'قطة تجلس على شرفة في تونس', 'a butcher’s shop in Aleppo'])
    expect(screenPrompt({ prompt, negativePrompt: null }, free)).toEqual({ prompt, negativePrompt: null })
})

test('what is not made here is refused before anything is asked, and never repeated', () => {
  for (const prompt of ['explicit porn of a couple', 'صورة إباحية']) {
    const refused = () => screenPrompt({ prompt, negativePrompt: null }, free)
    expect(refused).toThrow(expect.objectContaining({ code: 'content_rejected' }))
    expect(refused).not.toThrow(prompt)
  }
})

test('an operator may leave it at what nobody may make', () => {
  expect(imageModerationOf({ IMAGE_MODERATION: ' Minimal ' })).toBe('minimal')
  expect(imageModerationOf({})).toBe('on')
  const minimal = { guard: null, mode: 'minimal' } as const
  expect(screenPrompt({ prompt: 'explicit porn of a couple', negativePrompt: null }, minimal).prompt).toContain(
    'couple',
  )
  expect(() => screenPrompt({ prompt: 'child porn', negativePrompt: null }, minimal)).toThrow()
})

test('what is to be left out of a picture is not wished for', () => {
  expect(screenPrompt({ prompt: 'a beach', negativePrompt: 'porn' }, free).negativePrompt).toBe('porn')
})

test('an organization’s own rules mask both prompts', () => {
  const guard: Guard = {
    translates: true,
    screen: (request) => ({
      ...request,
      messages: request.messages.map((message) => ({
        ...message,
        content: message.content.map((part) =>
          part.type === 'text' ? { ...part, text: part.text.replace('Falcon', '•••') } : part,
        ),
      })) as typeof request.messages,
    }),
    findings: () => [],
  }
  expect(screenPrompt({ prompt: 'logo of Falcon', negativePrompt: 'no Falcon' }, { guard, mode: 'on' })).toEqual({
    prompt: 'logo of •••',
    negativePrompt: 'no •••',
  })
})

test('a model that judges sees prompt and pictures, and a refusal names the stage', async () => {
  const { moderations, asked } = judging(['violence/graphic'])
  await expect(examinePrompt('a battle', examining(moderations))).rejects.toMatchObject({
    code: 'content_rejected',
    details: { facts: { stage: 'input', category: 'violence/graphic' } },
  })
  await expect(examineResult([picture], examining(moderations))).rejects.toMatchObject({
    details: { facts: { stage: 'output' } },
  })
  expect(asked[1]).toContain('data:image/png;base64,AQID')
})

test('what is flagged but may be made is made, unless the organization has results judged', async () => {
  const { moderations } = judging(['violence'])
  await examineResult([picture], examining(moderations))
  await expect(examineResult([picture], examining(moderations, { judgesResults: true }))).rejects.toMatchObject({
    code: 'content_rejected',
  })
})

test('a moderation that does not answer stops nobody, but for an organization that has results judged', async () => {
  const { moderations } = judging([], { status: 500 })
  await examinePrompt('a fox', examining(moderations))
  await examineResult([picture], examining(moderations))
  await expect(examineResult([picture], examining(moderations, { judgesResults: true }))).rejects.toThrow()
})

test('where nobody could judge a result, nothing is made for who wants it judged', async () => {
  const sandbox = createModerationModels({ settings: {} })
  await examinePrompt('a fox', examining(sandbox))
  await expect(examinePrompt('a fox', examining(sandbox, { judgesResults: true }))).rejects.toMatchObject({
    code: 'model_not_found',
  })
})
