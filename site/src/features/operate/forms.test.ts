import { expect, test } from 'vitest'
import { PlanBody } from '#shared/contracts/plans'
import { newContract, readContract } from './contract-form.ts'
import { emptyPack, packDraftOf, readPackDraft } from './pack-form.ts'
import { emptyPlan, planDraftOf, readPlanDraft, type PlanDraft } from './plan-form.ts'
import { readRefund, refundable } from './refund-form.ts'

const pro: PlanDraft = {
  ...planDraftOf(emptyPlan),
  name: { en: 'Pro', ar: 'الاحترافية' },
  description: { en: 'For one', ar: 'لشخص واحد' },
  prices: [{ currency: 'usd', month: '20', year: '' }],
}
const read = (change: Partial<PlanDraft>) => readPlanDraft({ ...pro, ...change })
const faultsOf = (change: Partial<PlanDraft>) => {
  const reading = read(change)
  return reading.ok ? {} : reading.faults
}

test('a plan and a pack come out of their forms as they went in', () => {
  const team: PlanBody = {
    kind: 'per_seat',
    name: { en: 'Team', ar: 'الفريق' },
    description: { en: 'For all of you', ar: 'لكم جميعًا' },
    features: [{ en: 'Invoices', ar: 'فواتير' }],
    prices: [
      { interval: 'month', currency: 'usd', amount_minor: 3_000 },
      { interval: 'year', currency: 'usd', amount_minor: 30_000 },
      { interval: 'year', currency: 'kwd', amount_minor: 92_500 },
      { interval: 'month', currency: 'jpy', amount_minor: 4_500 },
    ],
    included_credit_micros: { month: 25_000_000, year: 300_000_001 },
    carry_over: 'one_period',
    trial: { days: 14, credit_micros: 2_000_000, needs_payment_method: true },
    seats: { minimum: 2, maximum: 500 },
    requests_per_minute: 600,
    tokens_per_minute: null,
    parallel_requests: 40,
    models: ['openai/*', 'anthropic/claude-sonnet-5'],
    storage_bytes: 500_500_000_000,
    overage: { policy: 'metered', cap_micros: 100_000_000 },
  }
  expect(PlanBody.parse(team)).toEqual(team)
  expect(readPlanDraft(planDraftOf(team))).toEqual({ ok: true, body: team })
  const pack = {
    name: { en: 'Ten', ar: 'عشرة' },
    credit_micros: 10_000_000,
    prices: [{ currency: 'kwd', amount_minor: 3_080 }],
    expires_after_days: null,
  }
  expect(readPackDraft(packDraftOf(pack))).toEqual({ ok: true, body: pack })
})

test('amounts are read in each currency’s own smallest unit, in either script', () => {
  const reading = read({
    prices: [
      { currency: 'usd', month: '١٩٫٩٩', year: '1,200' },
      { currency: 'KWD', month: '6.150', year: '' },
      { currency: 'jpy', month: '', year: '٣٠٠٠' },
    ],
  })
  expect(reading.ok && reading.body.prices).toEqual([
    { interval: 'month', currency: 'usd', amount_minor: 1_999 },
    { interval: 'year', currency: 'usd', amount_minor: 120_000 },
    { interval: 'month', currency: 'kwd', amount_minor: 6_150 },
    { interval: 'year', currency: 'jpy', amount_minor: 3_000 },
  ])
})

test('a price that cannot be charged is told at its own field', () => {
  expect(
    faultsOf({
      prices: [
        { currency: 'usd', month: '19.999', year: '' },
        { currency: 'jpy', month: '10.5', year: '' },
        { currency: 'kwd', month: '6.155', year: '' },
        { currency: 'usd', month: '', year: '' },
        { currency: 'dollars', month: '5', year: 'five' },
      ],
    }),
  ).toEqual({
    'prices.0.month': 'amount-fraction',
    'prices.1.month': 'amount-fraction',
    'prices.2.month': 'amount-last-digit',
    'prices.3.currency': 'currency-twice',
    'prices.3.month': 'price-missing',
    'prices.4.currency': 'currency-invalid',
    'prices.4.year': 'amount-unreadable',
  })
})

test('a plan speaks both languages', () => {
  expect(faultsOf({ name: { en: 'Pro', ar: ' ' }, features: [{ en: 'x'.repeat(201), ar: 'س' }] })).toEqual({
    'name.ar': 'text-missing',
    'features.0.en': 'text-long',
  })
})

test('an empty limit is no limit, and a wrong one is none either', () => {
  const reading = read({ requestsPerMinute: '', tokensPerMinute: '٥٠٠٠٠', storage: '2.5' })
  expect(reading.ok && reading.body).toMatchObject({
    requests_per_minute: null,
    tokens_per_minute: 50_000,
    storage_bytes: 2_500_000_000,
  })
  expect(faultsOf({ requestsPerMinute: '0', parallelRequests: 'many', storage: 'much' })).toEqual({
    requestsPerMinute: 'count-invalid',
    parallelRequests: 'count-invalid',
    storage: 'count-invalid',
  })
  expect(faultsOf({ seatsMinimum: '5', seatsMaximum: '3' })).toEqual({ seatsMaximum: 'seats-order' })
})

test('models are named one by one, or all are meant', () => {
  const reading = read({ allModels: false, models: 'openai/gpt-5\nanthropic/*، openai/gpt-5' })
  expect(reading.ok && reading.body.models).toEqual(['openai/gpt-5', 'anthropic/*'])
  expect(faultsOf({ allModels: false, models: '' })).toEqual({ models: 'models-invalid' })
  expect(faultsOf({ allModels: false, models: 'gpt' })).toEqual({ models: 'models-invalid' })
})

test('what is not for sale has no price and no trial, whatever was typed before', () => {
  const reading = read({ kind: 'contract', trial: { days: '14', credit: '1', needsPaymentMethod: true } })
  expect(reading.ok && [reading.body.prices, reading.body.trial]).toEqual([[], null])
})

test('a trial has days', () => {
  expect(faultsOf({ trial: { days: '', credit: '', needsPaymentMethod: false } })).toEqual({
    'trial.days': 'count-invalid',
  })
})

test('a credit pack gives something and costs something', () => {
  const reading = readPackDraft(emptyPack)
  expect(reading.ok ? {} : reading.faults).toEqual({
    credit: 'amount-missing',
    'name.en': 'text-missing',
    'name.ar': 'text-missing',
    'prices.0.amount': 'amount-missing',
  })
  const free = readPackDraft({
    ...emptyPack,
    name: { en: 'a', ar: 'ب' },
    credit: '5',
    prices: [{ currency: 'usd', amount: '0' }],
  })
  expect(free.ok ? {} : free.faults).toEqual({ 'prices.0.amount': 'amount-too-small' })
})

test('a contract may be dearer than any card takes', () => {
  const reading = readContract('org_1', { ...newContract('enterprise'), amount: '٢٬٥٠٠٬٠٠٠', seats: '400' })
  expect(reading.ok && reading.body).toEqual({
    organization_id: 'org_1',
    plan_id: 'enterprise',
    interval: 'year',
    currency: 'usd',
    amount_minor: 250_000_000,
    seats: 400,
    days_until_due: 30,
  })
})

test('no more is refunded than is left of what was paid', () => {
  const invoice = { paid_minor: 3_000, refunded_minor: 500, currency: 'usd' } as Parameters<typeof refundable>[0]
  const draft = { id: 'refund-1', reason: 'duplicate' as const }
  expect(refundable(invoice)).toBe(2_500)
  expect(readRefund({ ...draft, amount: '25' }, invoice)).toMatchObject({ ok: true, body: { amount_minor: 2_500 } })
  expect(readRefund({ ...draft, amount: '25.01' }, invoice)).toEqual({ ok: false, fault: 'amount-too-large' })
  expect(readRefund({ ...draft, amount: '0' }, invoice)).toEqual({ ok: false, fault: 'amount-too-small' })
})
