import { expect, test } from 'vitest'
import { createLanguageModels, languageModelsOf, type LanguageModelSettings } from './language-models.ts'

const none: typeof fetch = () => Promise.reject(new Error('nothing may be fetched'))
const models = (settings: LanguageModelSettings) => createLanguageModels({ settings, fetch: none })
const idsOf = (settings: LanguageModelSettings) =>
  models(settings)
    .list()
    .map((model) => model.id)

const qwen = { id: 'qwen3', input: 0.4, output: 1.2, cached_input: 0.1, context: 32_768, max_output: 8_192 }
const compatible = { COMPATIBLE_BASE_URL: 'http://localhost:11434/v1', COMPATIBLE_MODELS: JSON.stringify([qwen]) }

test('with no key at all there is the sandbox, and it is named as such', () => {
  expect(idsOf({})).toEqual(['riwaq/sandbox-guide', 'riwaq/sandbox-slow-guide'])
})

test('the sandbox can be switched off', () => {
  expect(idsOf({ SANDBOX: 'off' })).toEqual([])
  expect(() => models({ SANDBOX: 'off' }).resolve('riwaq/sandbox-guide')).toThrow(
    expect.objectContaining({ code: 'model_not_found' }),
  )
})

test('as soon as a vendor has its key its models come first, the suggested ones before all, the sandbox last', () => {
  const ids = idsOf({ OPENAI_API_KEY: 'k', ANTHROPIC_API_KEY: 'k', ...compatible })
  expect(ids.slice(0, 2)).toEqual(['openai/gpt-6.1-terra', 'openai/gpt-6-luna'])
  expect(ids).toContain('anthropic/claude-sonnet-5-5')
  expect(ids.indexOf('compatible/qwen3')).toBeLessThan(ids.indexOf('riwaq/sandbox-guide'))
  expect(ids.at(-1)).toBe('riwaq/sandbox-slow-guide')
  expect(ids.some((id) => id.startsWith('google/'))).toBe(false)
})

test.each([
  ['GEMINI_API_KEY', 'google/gemini-3.8-flash'],
  ['MISTRAL_API_KEY', 'mistral/mistral-large-4'],
  ['DEEPSEEK_API_KEY', 'deepseek/deepseek-flash'],
  ['XAI_API_KEY', 'xai/grok-4.7'],
  ['GROQ_API_KEY', 'groq/llama-3.3-70b-versatile'],
])('%s opens %s', (setting, id) => {
  expect(idsOf({ [setting]: 'k' })).toContain(id)
})

test('Workers AI comes with its binding and goes with its switch', () => {
  const AI = { run: () => Promise.reject(new Error('not called')) }
  expect(idsOf({ AI })[0]).toBe('workers-ai/@cf/zai-org/glm-5.3-flash')
  expect(idsOf({ AI, WORKERS_AI: 'off' }).some((id) => id.startsWith('workers-ai/'))).toBe(false)
})

test('a model is called by its full id, or by its bare name where one vendor has it', () => {
  const registry = models({ OPENAI_API_KEY: 'k', ...compatible })
  expect(registry.resolve('gpt-6-luna').model.id).toBe('openai/gpt-6-luna')
  expect(registry.resolve('openai/gpt-6-luna').model.id).toBe('openai/gpt-6-luna')
  expect(registry.resolve('qwen3').model).toMatchObject({
    id: 'compatible/qwen3',
    upstream: 'qwen3',
    price: { prices: { input_tokens: 400_000, reasoning_tokens: 1_200_000 } },
  })
  expect(registry.resolve('sandbox-guide').model.id).toBe('riwaq/sandbox-guide')
})

test('a bare name that two vendors have is refused, and both are named', () => {
  const registry = models({
    OPENAI_API_KEY: 'k',
    ...compatible,
    COMPATIBLE_MODELS: JSON.stringify([{ ...qwen, id: 'gpt-6-luna' }]),
  })
  expect(() => registry.resolve('gpt-6-luna')).toThrow(
    expect.objectContaining({
      code: 'invalid_request',
      message: expect.stringMatching(/openai\/gpt-6-luna or compatible\/gpt-6-luna/),
    }),
  )
})

test('an unknown model is not found; one whose vendor has no key says so', () => {
  const registry = models({})
  expect(() => registry.resolve('gpt-nonesuch')).toThrow(
    expect.objectContaining({ code: 'model_not_found', details: { param: 'model' } }),
  )
  expect(() => registry.resolve('claude-sonnet-5-5')).toThrow(
    expect.objectContaining({ code: 'model_not_found', message: expect.stringContaining('anthropic') }),
  )
})

test('a model without a price is neither listed nor callable', () => {
  const registry = models({ ...compatible, COMPATIBLE_MODELS: '[{"id":"mystery"}]' })
  expect(registry.list().map((model) => model.id)).not.toContain('compatible/mystery')
  expect(() => registry.resolve('mystery')).toThrow(expect.objectContaining({ code: 'model_not_priced' }))
})

test('half a setting is said and does not stop the rest', () => {
  expect(models({ COMPATIBLE_MODELS: '[]' }).faults).toEqual([expect.stringContaining('COMPATIBLE_BASE_URL is not')])
  expect(models({ COMPATIBLE_BASE_URL: 'http://localhost:1' }).faults).toEqual([
    expect.stringContaining('COMPATIBLE_MODELS is not'),
  ])
  expect(
    models({ ...compatible, COMPATIBLE_MODELS: '{' })
      .list()
      .map((model) => model.id),
  ).toContain('riwaq/sandbox-guide')
})

test('a model is built once and the registry once for each environment', () => {
  const registry = models({ OPENAI_API_KEY: 'k' })
  expect(registry.resolve('gpt-6-luna').language).toBe(registry.resolve('gpt-6-luna').language)
  const env = {}
  expect(languageModelsOf(env)).toBe(languageModelsOf(env))
  expect(languageModelsOf({})).not.toBe(languageModelsOf(env))
})
