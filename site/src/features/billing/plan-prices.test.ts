import { expect, test } from 'vitest'
import { largestSaving, priceOf, seatsWithin, yearlySaving } from './plan-prices.ts'

const price = (interval: 'month' | 'year', currency: string, amount_minor: number) => ({
  interval,
  currency,
  amount_minor,
})
const pro = {
  prices: [
    price('month', 'usd', 2_000),
    price('year', 'usd', 19_900),
    price('month', 'kwd', 6_150),
    price('year', 'kwd', 73_800),
  ],
}

test('a plan has a price only where it is sold', () => {
  expect(priceOf(pro, 'year', 'usd')).toBe(19_900)
  expect(priceOf(pro, 'month', 'sar')).toBeNull()
})

test('what a year saves is told exactly, and its share rounded down', () => {
  expect(yearlySaving(pro, 'usd')).toEqual({ amountMinor: 4_100, percent: 17 })
})

test('a year that costs as much as twelve months saves nothing, and nothing is said', () => {
  expect(yearlySaving(pro, 'kwd')).toBeNull()
  expect(yearlySaving(pro, 'sar')).toBeNull()
})

test('the switch to a year promises the most that any plan keeps', () => {
  const small = { prices: [price('month', 'usd', 1_000), price('year', 'usd', 11_000)] }
  expect(largestSaving([small, pro], 'usd')).toBe(17)
  expect(largestSaving([], 'usd')).toBe(0)
})

test('seats stay within what may be bought; a plan without seats is bought once', () => {
  const team = { kind: 'per_seat' as const, seats: { minimum: 3, maximum: 50 } }
  expect([1, 3, 20, 99, Number.NaN].map((wanted) => seatsWithin(team, wanted))).toEqual([3, 3, 20, 50, 3])
  expect(seatsWithin({ kind: 'flat', seats: { minimum: 5, maximum: 5 } }, 5)).toBe(1)
})
