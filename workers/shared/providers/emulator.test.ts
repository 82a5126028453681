// The official clients inside our adapters against a third party's emulator, over real HTTP: what our own recordings
// cannot prove is that we read them right.
import { LLMock } from '@copilotkit/aimock'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ResolvedModel } from './language-models.ts'
import { createLanguageModels } from './language-models.ts'
import { collect, textOf } from './kit/language-model-conformance.ts'
import type { LanguageRequest } from './spec/language-model.ts'

let mock: LLMock
let resolve: (id: string) => ResolvedModel

beforeAll(async () => {
  mock = new LLMock({ port: 0 })
  mock.on(
    { userMessage: 'greet' },
    {
      content: 'مرحبا Hello from far away',
      usage: { prompt_tokens: 12, completion_tokens: 6, total_tokens: 18, input_tokens: 12, output_tokens: 6 },
    },
  )
  mock.on({ userMessage: 'weather' }, { toolCalls: [{ name: 'weather', arguments: '{"city":"Cairo"}' }] })
  mock.on({ userMessage: 'refuse' }, { error: { message: 'slow down', type: 'rate_limit_error' }, status: 429 })
  mock.on({ userMessage: 'break' }, { error: { message: 'oh no', type: 'server_error' }, status: 500 })
  await mock.start()
  const models = createLanguageModels({
    settings: {
      OPENAI_API_KEY: 'mock',
      OPENAI_BASE_URL: `${mock.url}/v1`,
      ANTHROPIC_API_KEY: 'mock',
      ANTHROPIC_BASE_URL: mock.url,
      COMPATIBLE_BASE_URL: `${mock.url}/v1`,
      COMPATIBLE_MODELS:
        '[{"id":"qwen3","input":0.4,"output":1.2,"cached_input":0.1,"context":32768,"max_output":8192}]',
    },
    fetch: (input, init) => fetch(input, init),
  })
  resolve = (id) => models.resolve(id)
})
afterAll(() => mock.stop())

const ask = (text: string): Partial<LanguageRequest> => ({
  messages: [{ role: 'user', content: [{ type: 'text', text }] }],
})
const vendors = ['openai/gpt-6-luna', 'anthropic/claude-sonnet-5-5', 'compatible/qwen3']

test.each(vendors)('%s streams its words and counts them', async (id) => {
  const events = await collect(resolve(id).language, ask('greet'))
  expect(textOf(events)).toBe('مرحبا Hello from far away')
  expect(events.filter((event) => event.type === 'text-delta').length).toBeGreaterThan(1)
  expect(events.at(-1)).toMatchObject({ type: 'finish', reason: 'stop', usage: { input_tokens: 12, output_tokens: 6 } })
})

test.each(vendors)('%s calls a tool', async (id) => {
  const events = await collect(resolve(id).language, {
    ...ask('weather'),
    tools: [{ name: 'weather', parameters: { type: 'object' } }],
  })
  expect(events.find((event) => event.type === 'tool-call-start')).toMatchObject({ index: 0, name: 'weather' })
  const input = events.map((event) => (event.type === 'tool-call-delta' ? event.input : '')).join('')
  expect(JSON.parse(input)).toEqual({ city: 'Cairo' })
  expect(events.at(-1)).toMatchObject({ reason: 'tool-calls' })
})

test.each(vendors)('%s that is busy or broken is told apart', async (id) => {
  await expect(collect(resolve(id).language, ask('refuse'))).rejects.toMatchObject({ code: 'provider_overloaded' })
  await expect(collect(resolve(id).language, ask('break'))).rejects.toMatchObject({ code: 'provider_error' })
})

test.each(vendors)('%s is stopped by its caller in mid-answer', async (id) => {
  const stop = new AbortController()
  const { events } = await resolve(id).language.stream(
    { messages: [], ...ask('greet'), maxOutputTokens: 50 },
    { signal: stop.signal },
  )
  await expect(
    (async () => {
      for await (const event of events) if (event.type === 'text-delta') stop.abort(new Error('left'))
    })(),
  ).rejects.toThrow('left')
})
