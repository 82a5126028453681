import { expect, test } from 'vitest'
import { bareId, createIds, isId, randomText } from './ids.ts'

test('ids made later sort later', () => {
  let now = 1
  const create = createIds(() => now)
  const first = create('request')
  now = 40_000_000_000
  expect(create('request') > first).toBe(true)
})

test('ids of one millisecond sort in the order they were made, whoever made them', () => {
  const makers = [createIds(() => 7), createIds(() => 7)]
  const made = Array.from({ length: 5000 }, (_, turn) => makers[turn % 2]!('request'))
  expect(made.toSorted()).toEqual(made)
  expect(new Set(made.map((id) => id.slice(-12))).size).toBe(made.length)
})

test('an id can stand inside an API key: letters and digits after its prefix', () => {
  const id = createIds()('organization')
  expect(bareId(id)).toMatch(/^[0-9a-z]{25}$/)
  expect(isId('organization', id)).toBe(true)
  expect(isId('organization', `${id}_x`)).toBe(false)
  expect(isId('key', id)).toBe(false)
})

test('random text uses the whole alphabet evenly and never repeats', () => {
  const texts = new Set(Array.from({ length: 2000 }, () => randomText(16)))
  expect(texts.size).toBe(2000)
  const counts = new Map<string, number>()
  for (const letter of randomText(62_000, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'))
    counts.set(letter, (counts.get(letter) ?? 0) + 1)
  expect(counts.size).toBe(62)
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(250)
})
