import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitCost } from './split-cost.ts'

test('what each picture has cost adds up to what they have cost together', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 10 }), (amount, count) => {
      const parts = splitCost(amount, count)
      expect(parts).toHaveLength(count)
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(amount)
      expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1)
    }),
  )
})

test('nothing costs nothing', () => {
  expect(splitCost(0, 0)).toEqual([])
})
