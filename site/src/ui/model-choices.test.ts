import { expect, test } from 'vitest'
import { modelChoices } from './model-choices.ts'

const models = [
  { id: 'openai/gpt-5', name: 'GPT-5' },
  { id: 'anthropic/claude', name: 'Claude' },
]

test('a filter finds models by name or id and keeps those that are chosen', () => {
  expect(modelChoices({ models, chosen: [], filter: ' ANTHROPIC ' }).map(({ id }) => id)).toEqual(['anthropic/claude'])
  expect(modelChoices({ models, chosen: ['openai/gpt-5'], filter: 'claude' })).toEqual(models)
})

test('a chosen model that has left the catalogue can still be taken away', () => {
  expect(modelChoices({ models, chosen: ['old/model'], filter: '' })[0]).toEqual({ id: 'old/model', name: 'old/model' })
})
