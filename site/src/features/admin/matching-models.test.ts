import { expect, test } from 'vitest'
import { matchingModels } from './matching-models.ts'

const models = [
  { id: 'openai/gpt-5-mini', name: 'GPT-5 mini', owned_by: 'openai' },
  { id: 'anthropic/claude', name: 'Claude', owned_by: 'anthropic' },
]

test('words may be in any order and any field', () => {
  expect(matchingModels(models, 'mini OPENAI')).toEqual([models[0]])
  expect(matchingModels(models, 'mini claude')).toEqual([])
  expect(matchingModels(models, '  ')).toEqual(models)
})
