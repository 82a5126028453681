import { expect, test } from 'vitest'
import { modelOptions } from './model-options.ts'

test('a model is called by its name, and by its id as well where two have the same name', () => {
  const models = [
    { id: 'a/luna', name: 'Luna' },
    { id: 'b/luna', name: 'Luna' },
    { id: 'a/sol', name: 'Sol' },
  ]
  expect(modelOptions(models)).toEqual([
    { value: 'a/luna', label: 'Luna (a/luna)' },
    { value: 'b/luna', label: 'Luna (b/luna)' },
    { value: 'a/sol', label: 'Sol' },
  ])
})
