import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bucketWaitMs, fullBucket, takeFromBucket, viewBucket } from './token-bucket.ts'

const minute = { limit: 60, windowMs: 60_000 }

test('a bucket gives its limit at once and then one a second', () => {
  let bucket = fullBucket
  for (let taken = 0; taken < 60; taken++) {
    expect(bucketWaitMs(bucket, minute, 1_000)).toBe(0)
    bucket = takeFromBucket(bucket, minute, 1_000)
  }
  expect(viewBucket(bucket, minute, 1_000)).toEqual({ remaining: 0, resetMs: 60_000 })
  expect(bucketWaitMs(bucket, minute, 1_000)).toBe(1_000)
  expect(bucketWaitMs(bucket, minute, 1_999)).toBe(1)
  expect(bucketWaitMs(bucket, minute, 2_000)).toBe(0)
})

test('more than fits is never there', () => {
  expect(bucketWaitMs(fullBucket, minute, 0, 61)).toBe(60_000)
  expect(bucketWaitMs(fullBucket, { limit: 0, windowMs: 1_000 }, 0)).toBe(1_000)
})

test('a lowered limit does not leave a debt that outlasts its window', () => {
  let bucket = fullBucket
  for (let taken = 0; taken < 60; taken++) bucket = takeFromBucket(bucket, minute, 0)
  const lower = { limit: 2, windowMs: 60_000 }
  expect(bucketWaitMs(bucket, lower, 0)).toBe(30_000)
  expect(viewBucket(bucket, lower, 60_000)).toEqual({ remaining: 2, resetMs: 0 })
})

test('a clock that steps back gives nothing away and takes nothing', () => {
  const bucket = takeFromBucket(fullBucket, minute, 10_000)
  expect(viewBucket(bucket, minute, 5_000)).toEqual({ remaining: 59, resetMs: 1_000 })
})

test('in no stretch of time is more given than the limit and what that time refills', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 90_000 }),
      fc.array(fc.nat(5_000), { maxLength: 200 }),
      (limit, windowMs, gaps) => {
        const limits = { limit, windowMs }
        let bucket = fullBucket
        let now = 0
        const given: number[] = []
        for (const gap of gaps) {
          now += gap
          if (bucketWaitMs(bucket, limits, now) > 0) continue
          bucket = takeFromBucket(bucket, limits, now)
          given.push(now)
        }
        given.forEach((from, first) => {
          for (let last = first; last < given.length; last++) {
            expect(last - first + 1).toBeLessThanOrEqual(limit + Math.ceil(((given[last]! - from) * limit) / windowMs))
          }
        })
      },
    ),
  )
})
