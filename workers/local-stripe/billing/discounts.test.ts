import { expect, test } from 'vitest'
import { discountEnd, discountOfLines, distribute } from './discounts.ts'

const terms = { id: 'di_1', percentOff: null, amountOff: null, products: null }
const line = (amount: number, product = 'prod_1', discountable = true) => ({ amount, discountable, product })

test('a percentage is rounded once and its parts add up', () => {
  const parts = discountOfLines({ terms: { ...terms, percentOff: 33.33 }, lines: [line(1000), line(1000), line(999)] })
  expect(parts.reduce((all, part) => all + part, 0)).toBe(1000)
  expect(parts).toEqual([334, 333, 333])
})

test('an amount never takes off more than there is', () => {
  expect(discountOfLines({ terms: { ...terms, amountOff: 5000 }, lines: [line(1000), line(500)] })).toEqual([1000, 500])
})

test('prorations and other products are left alone', () => {
  const lines = [line(-300, 'prod_1', false), line(1000), line(1000, 'prod_2')]
  const parts = discountOfLines({ terms: { ...terms, percentOff: 50, products: ['prod_1'] }, lines })
  expect(parts).toEqual([0, 500, 0])
})

test('a discount for three months ends on the same day three months later', () => {
  const start = Date.parse('2026-11-30T12:00:00Z') / 1000
  const end = discountEnd({ coupon: { duration: 'repeating', durationInMonths: 3 }, start })
  expect(end).toBe(Date.parse('2027-02-28T12:00:00Z') / 1000)
  expect(discountEnd({ coupon: { duration: 'forever', durationInMonths: null }, start })).toBeNull()
  expect(discountEnd({ coupon: { duration: 'once', durationInMonths: null }, start })).toBeNull()
})

test('nothing is distributed over nothing', () => {
  expect(distribute({ total: 100, weights: [0, 0] })).toEqual([0, 0])
  expect(distribute({ total: 2, weights: [1, 1, 1] })).toEqual([1, 1, 0])
})
