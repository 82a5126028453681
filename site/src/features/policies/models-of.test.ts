import { expect, test } from 'vitest'
import { modelsOf } from './models-of.ts'

const models = [
  { id: 'a/words', name: 'Words' },
  { id: 'a/judge', name: 'Judge', kind: 'moderation' },
  { id: 'a/vectors', name: 'Vectors', kind: 'embedding' },
]
const ids = (kind: 'language' | 'moderation', chosen = '') => modelsOf(models, { kind, chosen }).map(({ id }) => id)

test('a route leads to models that answer, a guardrail to models that judge', () => {
  expect(ids('language')).toEqual(['a/words'])
  expect(ids('moderation')).toEqual(['a/judge'])
})

test('what was chosen and is gone stays in sight, so that it can be replaced', () => {
  expect(ids('language', 'b/gone')).toEqual(['b/gone', 'a/words'])
  expect(ids('language', 'a/words')).toEqual(['a/words'])
})
