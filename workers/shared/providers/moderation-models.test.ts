import { expect, test } from 'vitest'
import { fetchOf } from './kit/upstream-fake.ts'
import { createModerationModels, type ModerationModelSettings } from './moderation-models.ts'

const { signal } = new AbortController()
const text = (said: string) => ({ parts: [{ type: 'text' as const, text: said }] })
const safe = { harassment: false, violence: false, 'violence/graphic': false }
const result = (flagged: boolean) => ({
  flagged,
  categories: { ...safe, violence: flagged, 'a-new-one': true },
  category_scores: { harassment: 0.01, violence: flagged ? 0.98 : 0.02 },
  category_applied_input_types: { harassment: ['text'], violence: ['text', 'image'] },
})

function world(settings: ModerationModelSettings, answer: (body: Record<string, unknown>) => Response) {
  const asked: { url: string; key: string | null; body: Record<string, unknown> }[] = []
  const models = createModerationModels({
    settings,
    fetch: fetchOf(({ url, headers, body }) => {
      asked.push({ url, key: headers.get('authorization'), body })
      return answer(body)
    }),
  })
  return { models, asked }
}
const none = () => new Response('', { status: 500 })

test('with no key there is the platform’s own, and it answers who names no model', async () => {
  const { models } = world({}, none)
  expect(models.list().map(({ id }) => id)).toEqual(['riwaq/sandbox-moderation'])
  const { model, moderation } = models.resolve(null)
  expect(model).toMatchObject({ id: 'riwaq/sandbox-moderation', kind: 'moderation' })
  const { verdicts } = await moderation.moderate([text('I will kill you')], { signal })
  expect(verdicts[0]!.flagged).toBe(true)
})

test('OpenAI’s comes first where it is configured, by its full or its bare name', () => {
  const { models } = world({ OPENAI_API_KEY: 'k' }, none)
  expect(models.resolve(null).model.id).toBe('openai/omni-moderation-latest')
  expect(models.resolve('omni-moderation-2024-09-26').model.id).toBe('openai/omni-moderation-2024-09-26')
  expect(models.resolve('riwaq/sandbox-moderation').model.vendor).toBe('riwaq')
})

test.each([
  [{}, 'omni-moderation-latest', 'model_not_found'],
  [{}, 'nobody/knows', 'model_not_found'],
  [{ SANDBOX: 'off' }, null, 'model_not_found'],
  [{ OPENAI_API_KEY: 'k' }, 'openai/gpt-4.1', 'invalid_request'],
])('%j does not call %s', (settings, id, code) => {
  expect(() => world(settings, none).models.resolve(id)).toThrow(
    expect.objectContaining({ code, details: { param: 'model' } }),
  )
})

test('many texts are one call, and each has its verdict', async () => {
  const { models, asked } = world({ OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'https://vendor.test/v1/' }, () =>
    Response.json({ id: 'modr-1', model: 'omni', results: [result(false), result(true)] }),
  )
  const { verdicts } = await models.resolve(null).moderation.moderate([text('one'), text('two')], { signal })
  expect(asked).toEqual([
    {
      url: 'https://vendor.test/v1/moderations',
      key: 'Bearer k',
      body: { model: 'omni-moderation-latest', input: ['one', 'two'] },
    },
  ])
  expect(verdicts.map(({ flagged }) => flagged)).toEqual([false, true])
  expect(verdicts[1]).toMatchObject({
    categories: { violence: true, illicit: false },
    scores: { violence: 0.98, illicit: 0 },
    appliedTo: { violence: ['text', 'image'], illicit: [] },
  })
  expect(verdicts[1]!.categories).not.toHaveProperty('a-new-one')
})

test('texts and images of one thing are judged together', async () => {
  const { models, asked } = world({ OPENAI_API_KEY: 'k' }, () => Response.json({ results: [result(true)] }))
  const parts = [
    { type: 'text' as const, text: 'look' },
    { type: 'image' as const, source: { kind: 'base64' as const, mediaType: 'image/png', data: 'AAAA' } },
  ]
  await models.resolve(null).moderation.moderate([{ parts }], { signal })
  expect(asked[0]!.body['input']).toEqual([
    { type: 'text', text: 'look' },
    { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
  ])
})

test.each([
  ['too many requests', () => new Response('{}', { status: 429 }), 'provider_overloaded'],
  ['a web page', () => new Response('<html>', { status: 200 }), 'provider_error'],
  ['fewer verdicts than texts', () => Response.json({ results: [] }), 'provider_error'],
])('%s is the vendor’s fault and never a verdict', async (_, answer, code) => {
  const { models } = world({ OPENAI_API_KEY: 'secret-key' }, answer)
  const error = await models
    .resolve(null)
    .moderation.moderate([text('one')], { signal })
    .catch((problem: unknown) => problem)
  expect(error).toMatchObject({ code })
  expect(JSON.stringify(error)).not.toContain('secret-key')
})
