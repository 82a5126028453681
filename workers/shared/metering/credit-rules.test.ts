import fc from 'fast-check'
import { expect, test } from 'vitest'
import { creditSources, type CreditLot } from '../contracts/ledger.ts'
import {
  boughtExpiry,
  compareLots,
  drawFrom,
  expiredParts,
  givenBackExpiry,
  includedExpiry,
  modelInPlan,
  overageFor,
  overageNote,
  overdraftLeft,
  payOwed,
  returnTo,
  toCreditLot,
  usable,
  type KeptLot,
  type LotPart,
} from './credit-rules.ts'

const NOW = Date.UTC(2100, 5, 16)
const DAY = 86_400_000

const lot = (id: string, change: Partial<CreditLot> = {}): CreditLot => ({
  id,
  source: 'promotion',
  amountMicros: 100,
  remainingMicros: 100,
  grantedAt: 0,
  expiresAt: null,
  series: null,
  ...change,
})

const sum = (parts: LotPart[]) => parts.reduce((total, { micros }) => total + micros, 0)
const free = { takenAt: null, now: NOW }

test('what expires first is used first, then included, promised and bought credit, and overage last', () => {
  const lots = [
    lot('overage', { source: 'overage' }),
    lot('bought', { source: 'bought' }),
    lot('promotion'),
    lot('included', { source: 'included' }),
    lot('bought-until-later', { source: 'bought', expiresAt: NOW + 2 * DAY }),
    lot('included-until-later', { source: 'included', expiresAt: NOW + 2 * DAY }),
    lot('bought-until-soon', { source: 'bought', expiresAt: NOW + DAY }),
  ]
  expect(lots.toSorted(compareLots).map(({ id }) => id)).toEqual([
    'bought-until-soon',
    'included-until-later',
    'bought-until-later',
    'included',
    'promotion',
    'bought',
    'overage',
  ])
})

test('of equal credit the older is used first, and of equally old credit always the same', () => {
  const lots = [lot('b'), lot('c', { grantedAt: 1 }), lot('a')]
  expect(lots.toSorted(compareLots).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  expect(compareLots(lots[0]!, lots[0]!)).toBe(0)
})

test('an amount goes over as many lots as it needs, and never takes more than there is', () => {
  const lots = [lot('a'), lot('b', { remainingMicros: 0 }), lot('c')]
  expect(drawFrom(lots, 100, free)).toEqual([{ id: 'a', micros: 100 }])
  expect(drawFrom(lots, 130, free)).toEqual([
    { id: 'a', micros: 100 },
    { id: 'c', micros: 30 },
  ])
  expect(sum(drawFrom(lots, 900, free))).toBe(200)
  expect(drawFrom(lots, 0, free)).toEqual([])
})

test('what is taken back is taken from its own grant first', () => {
  expect(drawFrom([lot('a'), lot('b'), lot('c')], 250, { ...free, first: 'c' })).toEqual([
    { id: 'c', micros: 100 },
    { id: 'a', micros: 100 },
    { id: 'b', micros: 50 },
  ])
})

test('what is given back goes where it was taken from, the last first', () => {
  const drawn = [
    { id: 'a', micros: 70 },
    { id: 'b', micros: 30 },
  ]
  expect(returnTo(drawn, 50)).toEqual([
    { id: 'b', micros: 30 },
    { id: 'a', micros: 20 },
  ])
})

test('credit that has expired is lost, but for what requests hold that began before', () => {
  const lots = [
    lot('over', { expiresAt: NOW - 10 }),
    lot('just-over', { expiresAt: NOW }),
    lot('good', { expiresAt: NOW + 1 }),
  ]
  expect(expiredParts(lots, [], NOW)).toEqual([
    { id: 'over', micros: 100 },
    { id: 'just-over', micros: 100 },
  ])
  const before = { heldMicros: 30, takenAt: NOW - 20 }
  const between = { heldMicros: 60, takenAt: NOW - 5 }
  const after = { heldMicros: 500, takenAt: NOW }
  expect(expiredParts(lots, [before, between, after], NOW)).toEqual([
    { id: 'over', micros: 70 },
    { id: 'just-over', micros: 40 },
  ])
  expect(expiredParts(lots, [{ heldMicros: 900 }], NOW), 'a hold of an older version began before everything').toEqual(
    [],
  )
})

test('what was ended in the millisecond in which a request began is kept for it', () => {
  const hold = { heldMicros: 30, takenAt: NOW }
  expect(expiredParts([lot('a', { expiresAt: NOW })], [hold], NOW)).toEqual([{ id: 'a', micros: 100 }])
  const lots: KeptLot[] = [lot('a', { expiresAt: NOW }), { ...lot('0', { expiresAt: NOW }), ended: true }]
  expect(expiredParts(lots.toSorted(compareLots), [hold], NOW)).toEqual([
    { id: 'a', micros: 100 },
    { id: '0', micros: 70 },
  ])
  expect(usable(lots, NOW, NOW)).toBe(100)
  expect(toCreditLot(lots[1]!)).toEqual(lot('0', { expiresAt: NOW }))
})

test('what stays of expired credit is for those requests alone', () => {
  const lots = [lot('over', { expiresAt: NOW - 10, remainingMicros: 30 }), lot('good')]
  expect(usable(lots, NOW - 20, NOW)).toBe(130)
  expect(usable(lots, NOW - 5, NOW)).toBe(100)
  expect(usable(lots, null, NOW)).toBe(100)
  expect(drawFrom(lots, 40, { takenAt: NOW - 20, now: NOW })).toEqual([
    { id: 'over', micros: 30 },
    { id: 'good', micros: 10 },
  ])
  expect(drawFrom(lots, 40, { takenAt: NOW - 5, now: NOW })).toEqual([{ id: 'good', micros: 40 }])
})

test('whatever is drawn, expires or stays, nothing is lost twice and nobody is left without what they hold', () => {
  const lots = fc.array(
    fc.record({
      source: fc.constantFrom(...creditSources),
      remainingMicros: fc.integer({ min: 0, max: 200 }),
      expiresAt: fc.option(fc.integer({ min: NOW - 5, max: NOW + 5 })),
    }),
    { maxLength: 8 },
  )
  const holds = fc.array(
    fc.record({ heldMicros: fc.integer({ min: 0, max: 150 }), takenAt: fc.integer({ min: NOW - 8, max: NOW - 6 }) }),
    { maxLength: 4 },
  )
  fc.assert(
    fc.property(lots, holds, fc.integer({ min: 0, max: 900 }), (drawn, inFlight, amount) => {
      const sorted = drawn.map((each, at) => lot(`lot-${at}`, each)).toSorted(compareLots)
      const total = sorted.reduce((all, { remainingMicros }) => all + remainingMicros, 0)
      const held = inFlight.reduce((all, { heldMicros }) => all + heldMicros, 0)
      const lost = expiredParts(sorted, inFlight, NOW)
      for (const { id, micros } of lost)
        expect(micros).toBeLessThanOrEqual(sorted.find((each) => each.id === id)!.remainingMicros)
      expect(total - sum(lost), 'what is held is still there').toBeGreaterThanOrEqual(Math.min(held, total))
      expect(sum(drawFrom(sorted, amount, free))).toBe(Math.min(amount, usable(sorted, null, NOW)))
    }),
  )
})

test('included credit is good for its period and what a late renewal needs, one period more, or for ever', () => {
  const period = { periodStart: NOW, periodEnd: NOW + 30 * DAY }
  expect(includedExpiry({ carryOver: 'none', ...period })).toEqual({
    expiresAt: NOW + 33 * DAY,
    replacesSeries: true,
  })
  expect(includedExpiry({ carryOver: 'one_period', ...period })).toEqual({
    expiresAt: NOW + 63 * DAY,
    replacesSeries: false,
  })
  expect(includedExpiry({ carryOver: 'unlimited', ...period })).toEqual({ expiresAt: null, replacesSeries: false })
})

test('bought credit is good for as long as its pack says', () => {
  expect(boughtExpiry({ grantedAt: NOW, expiresAfterDays: 365 })).toBe(NOW + 365 * DAY)
  expect(boughtExpiry({ grantedAt: NOW, expiresAfterDays: null })).toBeNull()
})

test('what is given back has the time that it had left when it was taken', () => {
  const taken = { takenAt: NOW, now: NOW + 40 * DAY }
  expect(givenBackExpiry({ expiresAt: NOW + DAY, ...taken })).toBe(NOW + 41 * DAY)
  expect(givenBackExpiry({ expiresAt: null, ...taken })).toBeNull()
  expect(givenBackExpiry({ expiresAt: NOW - 1, ...taken })).toBeNull()
})

test('beyond the balance as much may be spent as the cap leaves, or anything where nobody is billed', () => {
  const metered = { kind: 'metered', capMicros: 500, since: 0 } as const
  expect(overdraftLeft(null, 0)).toBe(0)
  expect(overdraftLeft(metered, 200)).toBe(300)
  expect(overdraftLeft(metered, 900)).toBe(0)
  expect(overdraftLeft({ ...metered, kind: 'unlimited', capMicros: null }, 900)).toBe(Number.POSITIVE_INFINITY)
  expect([overageFor(80, 100), overageFor(130, 100)]).toEqual([0, 30])
  expect([overageNote({ kind: 'metered' }), overageNote({ kind: 'unlimited' })]).toEqual(['overage', 'unlimited'])
})

test('the oldest debt is paid first', () => {
  const owed = [
    { id: 'refund:1', micros: 40 },
    { id: 'refund:2', micros: 30 },
  ]
  expect(payOwed(owed, 50)).toEqual([
    { id: 'refund:1', micros: 40 },
    { id: 'refund:2', micros: 10 },
  ])
  expect(payOwed(owed, 0)).toEqual([])
})

test('a plan has all models, some, or those of a vendor', () => {
  expect(modelInPlan({ models: null }, 'openai/gpt')).toBe(true)
  expect(modelInPlan({ models: ['openai/*', 'google/one'] }, 'openai/gpt')).toBe(true)
  expect(modelInPlan({ models: ['openai/*', 'google/one'] }, 'google/one')).toBe(true)
  expect(modelInPlan({ models: ['openai/*', 'google/one'] }, 'google/two')).toBe(false)
  expect(modelInPlan({ models: ['openai/*'] }, 'openai-other/gpt')).toBe(false)
  expect(modelInPlan({ models: [] }, 'openai/gpt')).toBe(false)
})
