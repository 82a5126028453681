import { expect, test } from 'vitest'
import type { Model } from '../../../api/models.ts'
import { translator } from '../../../i18n/translate.ts'
import {
  callable,
  cheapest,
  groupModels,
  modelInUse,
  modelName,
  onlySandbox,
  ownerName,
  priceSentence,
} from './model-facts.ts'

const model = (id: string, own: Partial<Model> = {}, input = 1_250_000, output = 10_000_000): Model => ({
  id,
  object: 'model',
  created: 0,
  owned_by: id.split('/')[0]!,
  name: id.split('/')[1]!.toUpperCase(),
  kind: 'language',
  input_modalities: ['text'],
  output_modalities: ['text'],
  context_window: 128_000,
  max_output_tokens: 8_000,
  abilities: [],
  price: {
    currency: 'USD',
    unit: 'micros_per_million',
    prices: { input_tokens: input, output_tokens: output },
    checked_at: '2026-01-01',
    source: 'x',
  },
  sandbox: false,
  ...own,
})
const models = [
  model('openai/gpt'),
  model('anthropic/opus', {}, 5_000_000, 25_000_000),
  model('openai/mini', {}, 100_000, 400_000),
]
const sandbox = model('riwaq/sandbox-guide', { sandbox: true }, 0, 0)

test('the conversation’s model comes first, then the one used last if it is still there, then the first of the list', () => {
  expect(modelInUse({ chosen: 'gone/model', remembered: 'openai/mini', models })).toBe('gone/model')
  expect(modelInUse({ chosen: null, remembered: 'openai/mini', models })).toBe('openai/mini')
  expect(modelInUse({ chosen: null, remembered: 'gone/model', models })).toBe('openai/gpt')
  expect(modelInUse({ chosen: null, remembered: null, models: [] })).toBe(null)
})

test('prices are said for a million tokens, in both languages', () => {
  expect(priceSentence({ locale: 'en', t: translator('en'), model: models[0]! })).toBe('$1.25 in · $10.00 out')
  expect(priceSentence({ locale: 'ar', t: translator('ar'), model: models[0]! })).toMatch(
    /المدخلات.*1\.25.*المخرجات.*10\.00/,
  )
  expect(priceSentence({ locale: 'en', t: translator('en'), model: sandbox })).toBe('free of charge')
})

test('a model without a price cannot be chosen', () => {
  expect(callable([model('a/b', { price: null }), sandbox])).toEqual([sandbox])
})

test('it is known when there is nothing but the sandbox', () => {
  expect([onlySandbox([sandbox]), onlySandbox([sandbox, ...models]), onlySandbox([])]).toEqual([true, false, false])
})

test('models are grouped by maker and found by any words of their names', () => {
  expect(groupModels(models, '').map((group) => [group.owner, group.models.length])).toEqual([
    ['openai', 2],
    ['anthropic', 1],
  ])
  expect(groupModels(models, 'MINI openai')[0]!.models.map(({ id }) => id)).toEqual(['openai/mini'])
  expect(groupModels(models, 'nothing')).toEqual([])
})

test('the cheapest model is found, and one that is not listed is called by its id', () => {
  expect(cheapest(models)?.id).toBe('openai/mini')
  expect([ownerName('openai'), ownerName('my-company')]).toEqual(['OpenAI', 'my-company'])
  expect([modelName(models, 'openai/gpt'), modelName(models, 'gone/model')]).toEqual(['GPT', 'gone/model'])
})

test('nobody talks to a model that makes vectors, or to one without a price', () => {
  const vectors = model('openai/vectors', { kind: 'embedding', output_modalities: ['embedding'] })
  expect(callable([...models, vectors, model('openai/unpriced', { price: null })])).toEqual(models)
})
