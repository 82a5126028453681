import { expect, test } from 'vitest'
import { parseJson } from './parse-json.ts'

const lists = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`

test('what people write is read', () => {
  expect(parseJson('{"a":[1,{"b":null}]}')).toEqual({ a: [1, { b: null }] })
  expect(parseJson(lists(100))).toBeInstanceOf(Array)
  expect(parseJson(objects(100))).toBeInstanceOf(Object)
  expect(parseJson('"text"')).toBe('text')
})

test.each([
  ['lists', lists],
  ['objects', objects],
])('%s in %s in … are refused at any depth, and nothing overflows', (_, nest) => {
  for (const depth of [101, 5_000, 200_000])
    expect(() => parseJson(nest(depth))).toThrow(expect.objectContaining({ code: 'invalid_request' }))
})

test.each(['', '   ', '{', 'undefined', "{'a':1}"])('%j is no JSON', (text) => {
  expect(() => parseJson(text)).toThrow(expect.objectContaining({ code: 'invalid_request' }))
})

test('what is wide is not deep', () => {
  expect(parseJson(JSON.stringify(Array.from({ length: 100_000 }, (_, at) => [at])))).toHaveLength(100_000)
})
