import { expect, test } from 'vitest'
import { readTags, typedTags } from './read-tags.ts'

test('commas of both languages part tags, and spaces around them mean nothing', () => {
  expect(readTags(' فناء ، بيت  قديم, courtyard ').tags).toEqual(['فناء', 'بيت قديم', 'courtyard'])
  expect(readTags('').tags).toEqual([])
})

test('a tag that is written twice is one', () => {
  expect(readTags('a, b, a').tags).toEqual(['a', 'b'])
})

test('what would be refused is said before it is sent', () => {
  expect(readTags('x'.repeat(41)).fault).toBe('long')
  expect(readTags(Array.from({ length: 21 }, (_, index) => `t${index}`).join(',')).fault).toBe('many')
  expect(readTags('a, b').fault).toBeNull()
})

test('what is shown for editing is read back as it was', () => {
  for (const tags of [['a', 'b c'], ['فناء', 'بيت'], []]) expect(readTags(typedTags(tags)).tags).toEqual(tags)
})
