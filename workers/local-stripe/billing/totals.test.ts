import { expect, test } from 'vitest'
import { settlement, totals, type TotalledLine } from './totals.ts'

const line = (amount: number, changes: Partial<TotalledLine> = {}): TotalledLine => ({
  amount,
  discountable: true,
  product: 'prod_1',
  taxBehavior: 'exclusive',
  ...changes,
})
const tax = { status: 'complete', country: 'SA', rate: 1500, reason: 'standard_rated' } as const

test('tax is added to a price that excludes it', () => {
  expect(totals({ lines: [line(2000)], discounts: [], tax })).toMatchObject({
    subtotal: 2000,
    exclusiveTax: 300,
    total: 2300,
    totalExcludingTax: 2000,
    subtotalExcludingTax: 2000,
  })
})

test('tax is found inside a price that includes it', () => {
  const result = totals({ lines: [line(2300, { taxBehavior: 'inclusive' })], discounts: [], tax })
  expect(result).toMatchObject({ subtotal: 2300, inclusiveTax: 300, total: 2300, totalExcludingTax: 2000 })
  expect(result.lines[0]).toMatchObject({ tax: 300, taxableAmount: 2000 })
})

test('a discount lowers the tax, the second discount sees what the first has left', () => {
  const discounts = [
    { id: 'di_half', percentOff: 50, amountOff: null, products: null },
    { id: 'di_minus', percentOff: null, amountOff: 300, products: null },
  ]
  const result = totals({ lines: [line(2000)], discounts, tax })
  expect(result.discounts).toEqual([
    { discount: 'di_half', amount: 1000 },
    { discount: 'di_minus', amount: 300 },
  ])
  expect(result).toMatchObject({ totalExcludingTax: 700, exclusiveTax: 105, total: 805 })
})

test('the tax of what is given back is given back too', () => {
  const lines = [line(-1333, { discountable: false }), line(3333, { discountable: false })]
  expect(totals({ lines, discounts: [], tax }).total).toBe(2000 + 300)
})

test('without tax the totals are the lines', () => {
  expect(totals({ lines: [line(10), line(5)], discounts: [], tax: null }).total).toBe(15)
})

test('credit is used first, and what is left of it stays', () => {
  expect(settlement({ total: 2000, balance: -500, currency: 'usd' })).toMatchObject({
    amountDue: 1500,
    endingBalance: 0,
  })
  expect(settlement({ total: 2000, balance: -2500, currency: 'usd' })).toMatchObject({
    amountDue: 0,
    endingBalance: -500,
  })
  expect(settlement({ total: -700, balance: 0, currency: 'usd' })).toMatchObject({ amountDue: 0, endingBalance: -700 })
})

test('an amount no card can be charged with waits for the next invoice', () => {
  expect(settlement({ total: 49, balance: 0, currency: 'usd' })).toMatchObject({ amountDue: 0, endingBalance: 49 })
  expect(settlement({ total: 50, balance: 0, currency: 'usd' })).toMatchObject({ amountDue: 50, endingBalance: 0 })
})
