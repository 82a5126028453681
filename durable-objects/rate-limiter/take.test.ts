import { expect, test } from 'vitest'
import { fullBucket } from '#shared/lib/token-bucket'
import { takeFrom } from './take.ts'

const fivePerMinute = { limit: 5, windowSeconds: 60 }

test('what is allowed is taken, and says what is left', () => {
  const { verdict, bucket, fullAt } = takeFrom(fullBucket, fivePerMinute, 1_000)
  expect(verdict).toEqual({ allowed: true, remaining: 4, resetSeconds: 12, retryAfterSeconds: 0 })
  expect(fullAt).toBe(13_000)
  expect(takeFrom(bucket, fivePerMinute, 13_000).verdict.remaining).toBe(4)
})

test('what is refused takes nothing and says when to come back', () => {
  const empty = takeFrom(fullBucket, { ...fivePerMinute, cost: 5 }, 0).bucket
  const { verdict, bucket } = takeFrom(empty, fivePerMinute, 0)
  expect(verdict).toEqual({ allowed: false, remaining: 0, resetSeconds: 60, retryAfterSeconds: 12 })
  expect(bucket).toBe(empty)
  expect(takeFrom(bucket, fivePerMinute, 12_000).verdict.allowed).toBe(true)
})

test.each([0, -1, 1.5, Number.NaN])('a cost of %s is no cost', (cost) => {
  expect(() => takeFrom(fullBucket, { ...fivePerMinute, cost }, 0)).toThrow(RangeError)
})
