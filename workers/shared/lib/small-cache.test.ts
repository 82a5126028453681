import { expect, test } from 'vitest'
import { createSmallCache } from './small-cache.ts'

test('what was remembered is given again, and the oldest makes room', () => {
  const cache = createSmallCache<number>(2)
  expect(cache.get('a')).toBeUndefined()
  expect(cache.set('a', 1)).toBe(1)
  cache.set('b', 2)
  cache.set('c', 3)
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([undefined, 2, 3])
})
