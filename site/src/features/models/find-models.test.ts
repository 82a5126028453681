import { expect, test } from 'vitest'
import type { Model } from '../../api/models.ts'
import { findModels, groupByVendor } from './find-models.ts'

const model = (id: string, more: Partial<Model> = {}): Model => ({
  id,
  object: 'model',
  created: 0,
  owned_by: id.split('/')[0]!,
  name: id.split('/')[1]!,
  kind: 'language',
  input_modalities: ['text'],
  output_modalities: ['text'],
  context_window: 1000,
  max_output_tokens: 100,
  abilities: [],
  price: null,
  sandbox: false,
  ...more,
})

const models = [
  model('riwaq/sandbox-guide', { sandbox: true }),
  model('openai/gpt-5-mini', { name: 'GPT-5 mini' }),
  model('anthropic/claude-opus-4.6'),
  model('openai/gpt-5'),
]

test('a model is found by any of its words, however they are joined', () => {
  const found = (search: string) => findModels(models, search).map(({ id }) => id)
  expect(found('gpt 5 MINI')).toEqual(['openai/gpt-5-mini'])
  expect(found('opus-4.6')).toEqual(['anthropic/claude-opus-4.6'])
  expect(found('openai')).toHaveLength(2)
  expect(found('  ')).toHaveLength(4)
  expect(found('nothing like it')).toEqual([])
})

test('models stand with their vendor, and the sandbox after all real ones', () => {
  expect(groupByVendor(models).map(({ vendor, models: members }) => [vendor, members.length])).toEqual([
    ['openai', 2],
    ['anthropic', 1],
    ['riwaq', 1],
  ])
})
