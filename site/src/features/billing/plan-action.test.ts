import type { PlanBody } from '#shared/contracts/plans'
import { expect, test } from 'vitest'
import { planAction, runs } from './plan-action.ts'
import type { PlanChoice, Present } from './plan-action.ts'

const trial = { days: 14, credit_micros: 5_000_000, needs_payment_method: true }
const plan = (id: string, position: number, body: Partial<PlanBody>) => ({
  id,
  position,
  available: true,
  body: {
    kind: 'flat',
    prices: (['month', 'year'] as const).map((interval) => ({ interval, currency: 'usd', amount_minor: 2_000 })),
    trial: null,
    ...body,
  } as PlanBody,
})
const free = plan('free', 0, { kind: 'free', prices: [] })
const pro = plan('pro', 1, { trial })
const team = plan('team', 2, { kind: 'per_seat' })
const enterprise = plan('enterprise', 3, { kind: 'contract', prices: [] })

const onPro = (part: Partial<Present> = {}): Present => ({
  plan: pro,
  subscription: { status: 'active', interval: 'month', currency: 'usd', seats: 3, past_due_since: null },
  mayManage: true,
  mayTry: false,
  ...part,
})
const onFree: Present = { plan: free, subscription: null, mayManage: true, mayTry: true }
const action = (shown: PlanChoice['plan'], present: Present | null, part: Partial<PlanChoice> = {}) =>
  planAction({ plan: shown, interval: 'month', currency: 'usd', seats: 3, mode: 'stripe', present, ...part })

test('a visitor begins with an account', () => {
  expect([free, pro, team, enterprise].map((shown) => action(shown, null))).toEqual([
    'start-free',
    'start-trial',
    'start',
    'contact',
  ])
})

test('who pays nothing yet subscribes, and tries first where that is still possible', () => {
  expect([free, pro, team].map((shown) => action(shown, onFree))).toEqual(['current', 'trial', 'subscribe'])
  expect(action(pro, { ...onFree, mayTry: false })).toBe('subscribe')
})

test('who subscribed goes up, down, or stays', () => {
  expect([free, pro, team, enterprise].map((shown) => action(shown, onPro()))).toEqual([
    'cancel',
    'current',
    'upgrade',
    'contact',
  ])
  expect(action(pro, onPro({ plan: team }))).toBe('downgrade')
})

test('the same plan by the year is a change of its own', () => {
  expect(action(pro, onPro(), { interval: 'year' })).toBe('to-year')
  const yearly = { status: 'active', interval: 'year', currency: 'usd', seats: 3, past_due_since: null } as const
  expect(action(pro, onPro({ subscription: yearly }))).toBe('to-month')
})

test('a subscription that has ended is none', () => {
  const ended = { status: 'canceled', interval: 'month', currency: 'usd', seats: 3, past_due_since: null } as const
  expect(action(pro, { ...onFree, mayTry: false, subscription: ended })).toBe('subscribe')
  expect(runs({ status: 'past_due' })).toBe(true)
  expect(runs(null)).toBe(false)
})

test('while a payment is overdue, nothing changes but the payment', () => {
  const late = { status: 'past_due', interval: 'month', currency: 'usd', seats: 3, past_due_since: 1 } as const
  expect(action(team, onPro({ subscription: late }))).toBe('pay-first')
})

test('a member who does not pay is led to those who do', () => {
  expect(action(team, onPro({ mayManage: false }))).toBe('ask-owner')
  expect(action(pro, onPro({ mayManage: false }))).toBe('current')
})

test('what is not sold in this currency, or not at all, offers no button that fails', () => {
  expect(action(pro, onFree, { currency: 'kwd' })).toBe('unavailable')
  expect(action({ ...pro, available: false }, onFree)).toBe('unavailable')
  expect(action(pro, null, { mode: 'granted' })).toBe('unavailable')
})

test('more or fewer seats of the same plan are a change as well', () => {
  const onTeam = onPro({ plan: team })
  expect(action(team, onTeam)).toBe('current')
  expect(action(team, onTeam, { seats: 5 })).toBe('seats')
  expect(action(pro, onPro(), { seats: 5 })).toBe('current')
})
