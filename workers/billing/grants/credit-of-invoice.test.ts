import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CreditPackBody, PlanBody } from '#shared/contracts/plans'
import { creditOfInvoice, type CreditLine, type InvoiceToCredit, type Sold } from './credit-of-invoice.ts'
import { addMonths, periodBefore } from './full-period.ts'

const DAY = 86_400_000
const JANUARY = Date.UTC(2026, 0, 1)
const FEBRUARY = Date.UTC(2026, 1, 1)

const body = (change: Partial<PlanBody> = {}): PlanBody => ({
  kind: 'flat',
  name: { en: 'A', ar: 'أ' },
  description: { en: 'A', ar: 'أ' },
  features: [],
  prices: [{ interval: 'month', currency: 'usd', amount_minor: 2_000 }],
  included_credit_micros: { month: 31_000_000, year: 365_000_000 },
  carry_over: 'none',
  trial: null,
  seats: { minimum: 1, maximum: null },
  requests_per_minute: null,
  tokens_per_minute: null,
  parallel_requests: null,
  models: null,
  storage_bytes: null,
  overage: { policy: 'stop', cap_micros: 0 },
  ...change,
})

const plan = (change: Partial<PlanBody> = {}, interval: 'month' | 'year' = 'month'): Sold => ({
  kind: 'plan',
  planId: 'pro',
  version: 1,
  interval,
  priceMinor: 2_000,
  body: body(change),
})

const pack: CreditPackBody = {
  name: { en: 'A', ar: 'أ' },
  credit_micros: 10_000_000,
  prices: [{ currency: 'usd', amount_minor: 1_000 }],
  expires_after_days: 365,
}

const line = (change: Partial<CreditLine> = {}): CreditLine => ({
  sold: plan(),
  quantity: 1,
  amountMinor: 2_000,
  proration: false,
  periodStart: JANUARY,
  periodEnd: FEBRUARY,
  ...change,
})

const invoice = (lines: CreditLine[], change: Partial<InvoiceToCredit> = {}): InvoiceToCredit => ({
  id: 'in_1',
  organizationId: 'org_1',
  subscriptionId: 'sub_1',
  reason: 'subscription_create',
  anchor: null,
  paidAt: JANUARY,
  lines,
  ...change,
})

const creditOf = (lines: CreditLine[], change?: Partial<InvoiceToCredit>) => creditOfInvoice(invoice(lines, change))

test('a paid period gives what its plan includes, named by the invoice', () => {
  expect(creditOf([line()])).toEqual([
    {
      id: 'invoice:in_1',
      source: 'included',
      amountMicros: 31_000_000,
      expiresAt: FEBRUARY + 3 * DAY,
      series: 'subscription:sub_1',
      replacesSeries: false,
      startsAt: JANUARY,
    },
  ])
})

test('only a renewal of a plan without carry-over takes the place of what is left', () => {
  const renewal = { reason: 'subscription_cycle' }
  const replaces = (carry: PlanBody['carry_over'], reason: string) =>
    creditOf([line({ sold: plan({ carry_over: carry }) })], { reason })[0]!.replacesSeries
  expect(creditOf([line()], renewal)[0]!.replacesSeries).toBe(true)
  expect(replaces('one_period', 'subscription_cycle')).toBe(false)
  expect(replaces('unlimited', 'subscription_cycle')).toBe(false)
  expect(replaces('none', 'subscription_update')).toBe(false)
})

test('seats share by their number only where seats are sold', () => {
  expect(creditOf([line({ sold: plan({ kind: 'per_seat' }), quantity: 4 })])[0]!.amountMicros).toBe(124_000_000)
  expect(creditOf([line({ sold: plan({ kind: 'contract' }), quantity: 4 })])[0]!.amountMicros).toBe(31_000_000)
})

test('a year gives a year’s credit', () => {
  const sold = plan({}, 'year')
  expect(creditOf([line({ sold, periodEnd: Date.UTC(2027, 0, 1) })])[0]!.amountMicros).toBe(365_000_000)
})

test('an upgrade in mid-period gives the difference of what is left of it', () => {
  const rest = { proration: true, periodStart: JANUARY + 21 * DAY }
  const dearer = plan({ included_credit_micros: { month: 62_000_000, year: 0 } })
  // Ten of thirty-one days: ten millions of the old plan go, twenty of the new come.
  const credit = creditOf([line({ ...rest, amountMinor: -645 }), line({ ...rest, sold: dearer, amountMinor: 1_290 })])
  expect(credit).toMatchObject([{ amountMicros: 10_000_000, expiresAt: FEBRUARY + 3 * DAY, replacesSeries: false }])
})

test('what is given back is never more than nothing', () => {
  const rest = { proration: true, periodStart: JANUARY + 21 * DAY }
  expect(creditOf([line({ ...rest, amountMinor: -645 })])).toEqual([])
  expect(creditOf([])).toEqual([])
})

test('from a month to a year the rest of the month goes and the year comes', () => {
  const now = JANUARY + 21 * DAY
  const year = line({ sold: plan({}, 'year'), amountMinor: 20_000, periodStart: now, periodEnd: addMonths(now, 12) })
  const credit = creditOf([line({ proration: true, periodStart: now, amountMinor: -645 }), year], {
    reason: 'subscription_update',
    anchor: now,
  })
  expect(credit).toMatchObject([{ amountMicros: 365_000_000 - 10_000_000, replacesSeries: false, startsAt: now }])
})

test('a discount takes nothing from the credit', () => {
  expect(creditOf([line({ amountMinor: 2_000 })])[0]!.amountMicros).toBe(31_000_000)
})

test('a trial gives its own credit, named by the organization', () => {
  const trial = { days: 14, credit_micros: 3_000_000, needs_payment_method: true }
  const sold = plan({ trial })
  expect(creditOf([line({ sold, amountMinor: 0 })])).toMatchObject([
    { id: 'trial:org_1', source: 'promotion', amountMicros: 3_000_000, replacesSeries: false },
  ])
  expect(creditOf([line({ amountMinor: 0 })]), 'without credit of its own').toEqual([])
  // Another plan within the trial: nothing was paid for.
  const change = { sold, amountMinor: 0, proration: true }
  expect(creditOf([line(change), line(change)])).toEqual([])
})

test('a pack gives its credit for each that was bought, and its time runs from the payment', () => {
  const sold: Sold = { kind: 'credit_pack', packId: 'ten', version: 1, body: pack }
  expect(creditOf([line({ sold, quantity: 3 })], { subscriptionId: null })).toEqual([
    {
      id: 'invoice:in_1',
      source: 'bought',
      amountMicros: 30_000_000,
      expiresAt: JANUARY + 365 * DAY,
      series: null,
      replacesSeries: false,
      startsAt: JANUARY,
    },
  ])
})

test('overage and what is not ours give nothing', () => {
  expect(creditOf([line({ sold: null }), line({ sold: { kind: 'overage' } })])).toEqual([])
})

test('a month that began on its 31st day is as long as it was', () => {
  const anchor = Date.UTC(2026, 0, 31)
  const before = (end: number, known: number | null = anchor) =>
    new Date(periodBefore({ end, interval: 'month', anchor: known })).toISOString().slice(0, 10)
  expect(before(Date.UTC(2026, 1, 28))).toBe('2026-01-31')
  expect(before(Date.UTC(2026, 2, 31))).toBe('2026-02-28')
  expect(before(Date.UTC(2026, 1, 28), null)).toBe('2026-01-28')
  expect(periodBefore({ end: Date.UTC(2028, 1, 29), interval: 'year', anchor: Date.UTC(2024, 1, 29) })).toBe(
    Date.UTC(2027, 1, 28),
  )
})

test('however a period is cut into pieces, they never give more than the whole', () => {
  fc.assert(
    fc.property(
      // With so many seats at most what a ledger can hold: below two to the 53rd.
      fc.integer({ min: 1, max: 900_000_000_000 }),
      fc.integer({ min: 1, max: 10_000 }),
      fc.integer({ min: 0, max: 31 * DAY - 1 }),
      (included, seats, at) => {
        const sold = plan({ kind: 'per_seat', included_credit_micros: { month: included, year: 0 } })
        const part = { sold, quantity: seats, proration: true, periodStart: JANUARY + at }
        const [whole, rest] = [creditOf([line({ sold, quantity: seats })]), creditOf([line(part)])]
        const returned = creditOf([line({ sold, quantity: seats }), line({ ...part, amountMinor: -1 })])
        const sum = (rest[0]?.amountMicros ?? 0) + (returned[0]?.amountMicros ?? 0)
        expect(whole[0]!.amountMicros - sum).toBeGreaterThanOrEqual(0)
        // Two roundings down.
        expect(whole[0]!.amountMicros - sum).toBeLessThanOrEqual(2)
      },
    ),
  )
})
