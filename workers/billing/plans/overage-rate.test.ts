import { expect, test } from 'vitest'
import { seedPacks } from '#db/seed/credit-packs'
import { CreditPackBody } from '#shared/contracts/plans'
import { overageRate } from './overage-rate.ts'

const packs = seedPacks.map(({ body }) => CreditPackBody.parse(body))

test('a million micros of use beyond credit are a dollar', () => {
  expect(overageRate({ currency: 'usd', packs: [] })).toBe('0.0001')
})

test('in another currency it costs what credit costs in the smallest pack', () => {
  expect(overageRate({ currency: 'sar', packs })).toBe('0.000375')
  expect(overageRate({ currency: 'eur', packs: packs.toReversed() })).toBe('0.000095')
  expect(overageRate({ currency: 'kwd', packs })).toBe('0.000308')
})

test('a part that has no end is rounded down, and never in the platform’s favour', () => {
  const pack = { ...packs[0]!, credit_micros: 3_000_000, prices: [{ currency: 'eur', amount_minor: 200 }] }
  expect(overageRate({ currency: 'eur', packs: [pack] })).toBe('0.000066666666')
})

test('a currency without packs has none', () => {
  expect(overageRate({ currency: 'jpy', packs })).toBeNull()
})
