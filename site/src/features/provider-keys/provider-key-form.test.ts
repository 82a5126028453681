import { expect, test } from 'vitest'
import { CreateProviderKey, type ProviderKey } from '#shared/contracts/vault'
import { draftOf, newDraft, readProviderKeyDraft, type ProviderKeyDraft } from './provider-key-form.ts'

const draft = (part: Partial<ProviderKeyDraft> = {}): ProviderKeyDraft => ({
  ...newDraft([]),
  apiKey: 'sk-0123456789',
  ...part,
})
const server = { vendor: 'compatible' as const, baseURL: 'https://llm.example/v1', models: 'qwen3' }
const read = (part: Partial<ProviderKeyDraft> = {}, local = false) => readProviderKeyDraft(draft(part), { local })
const bodyOf = (part: Partial<ProviderKeyDraft>, local = false) => {
  const reading = read(part, local)
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults))
  return reading.body
}

test('a key is sent without the spaces that were copied along', () => {
  expect(bodyOf({ apiKey: '  sk-0123456789\n' })).toEqual({
    vendor: 'openai',
    api_key: 'sk-0123456789',
    base_url: null,
    models: null,
  })
})

test('the first vendor without a key is suggested', () => {
  expect(newDraft(['openai', 'anthropic']).vendor).toBe('google')
  expect(newDraft([]).vendor).toBe('openai')
})

test('models of a server of one’s own are written a line each, with their sizes or without', () => {
  const body = bodyOf({ ...server, models: ' qwen3 \n\nllama-4 8192 1024\nvectors ٥١٢' })
  expect(body.models).toEqual([
    { id: 'qwen3', kind: 'language', context_tokens: 32_768, max_output_tokens: 8_192 },
    { id: 'llama-4', kind: 'language', context_tokens: 8_192, max_output_tokens: 1_024 },
    { id: 'vectors', kind: 'language', context_tokens: 512, max_output_tokens: 8_192 },
  ])
  expect(CreateProviderKey.parse(body)).toEqual(body)
})

test('models are only those of a server of one’s own', () => {
  expect(bodyOf({ models: 'left over from another choice' }).models).toBeNull()
})

test('a key that is replaced keeps its address and its models, and what they are for', () => {
  const before: ProviderKey = {
    id: 'pky_1',
    vendor: 'compatible',
    hint: '6789',
    base_url: 'https://llm.example/v1',
    models: [
      { id: 'qwen3', kind: 'language', context_tokens: 32_768, max_output_tokens: 8_192 },
      { id: 'vectors', kind: 'embedding', context_tokens: 512, max_output_tokens: 1 },
    ],
    created_by: 'usr_1',
    created_at: 1,
    last_used_at: null,
  }
  const shown = draftOf(before)
  expect(shown).toMatchObject({ apiKey: '', models: 'qwen3\nvectors 512 1' })
  const reading = readProviderKeyDraft({ ...shown, apiKey: 'new' }, { local: false, before })
  expect(reading).toMatchObject({ ok: true, body: { models: before.models } })
})

test.each<[string, Partial<ProviderKeyDraft>, object]>([
  ['no key', { apiKey: ' ' }, { apiKey: 'key-missing' }],
  ['a key of two words', { apiKey: 'sk 1' }, { apiKey: 'key-wrong' }],
  ['a key in Arabic letters', { apiKey: 'مفتاح' }, { apiKey: 'key-wrong' }],
  ['an address that is none', { baseURL: 'somewhere' }, { baseURL: 'not_a_url' }],
  ['an address without https', { baseURL: 'http://llm.example' }, { baseURL: 'scheme' }],
  ['an address inside a network', { baseURL: 'https://10.0.0.1/v1' }, { baseURL: 'host' }],
  ['an address with a query', { baseURL: 'https://llm.example/v1?a=b' }, { baseURL: 'url-query' }],
  ['a server that is nowhere', { ...server, baseURL: '' }, { baseURL: 'url-missing' }],
  ['a server that offers nothing', { ...server, models: ' \n' }, { models: 'models-missing' }],
  ['the same model twice', { ...server, models: 'a\na' }, { models: 'models-wrong' }],
  ['a size that is no number', { ...server, models: 'a many' }, { models: 'models-wrong' }],
  ['three sizes', { ...server, models: 'a 1 2 3' }, { models: 'models-wrong' }],
  [
    'too many models',
    { ...server, models: Array.from({ length: 51 }, (_, at) => `m${at}`).join('\n') },
    { models: 'models-many' },
  ],
])('%s is found before it is sent', (_name, part, faults) => {
  expect(read(part)).toEqual({ ok: false, faults })
})

test('a platform on this machine may be told of servers on this machine', () => {
  expect(bodyOf({ ...server, baseURL: 'http://localhost:11434/v1' }, true).base_url).toBe('http://localhost:11434/v1')
})
