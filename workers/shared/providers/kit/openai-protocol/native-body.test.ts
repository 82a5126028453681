import { expect, test } from 'vitest'
import { toNativeBody } from './native-body.ts'
import { openAIQuirks, type Quirks } from './quirks.ts'

const ownServer: Quirks = { ...openAIQuirks, maxTokens: 'max_tokens', unknownParameters: true }
const body = { model: 'qwen3', messages: [{ role: 'user', content: 'Hello' }], max_completion_tokens: 5 }

test('a router behind one priced model is not told to use another, or tools that are billed by the use', () => {
  const dearer = [
    { models: ['vendor/dearest'] },
    { fallbacks: ['vendor/dearest'] },
    { provider: { order: ['dearest'] } },
    { plugins: [{ id: 'web' }] },
    { api_base: 'https://elsewhere.example' },
    { chat_template: '{% for i in range(9999999) %}word {% endfor %}' },
    { best_of: 20 },
  ]
  for (const more of dearer)
    expect(() => toNativeBody({ ...body, ...more }, ownServer)).toThrow(/changes what the vendor bills/)
})

test('what only changes how a server of one’s own samples goes there', () => {
  expect(toNativeBody({ ...body, min_p: 0.1, top_k: 20, models: null }, ownServer)).toMatchObject({
    min_p: 0.1,
    top_k: 20,
    max_tokens: 5,
  })
})

test('nothing that has no price reaches a vendor', () => {
  for (const more of [{ service_tier: 'priority' }, { web_search_options: {} }, { modalities: ['text', 'audio'] }])
    expect(() => toNativeBody({ ...body, ...more }, openAIQuirks)).toThrow(/changes what the vendor bills/)
  expect(toNativeBody({ ...body, service_tier: 'auto' }, openAIQuirks)).toMatchObject({ service_tier: 'default' })
})
