import { expect, test } from 'vitest'
import { nextAttemptAt } from './dunning.ts'

test('a failed payment is tried again after three, five and seven days, and then no more', () => {
  const days = [1, 2, 3, 4].map((attempts) => nextAttemptAt({ attempts, at: 0 }))
  expect(days).toEqual([3 * 86_400, 5 * 86_400, 7 * 86_400, null])
})
