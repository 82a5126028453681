import type { BillingOverview, Subscription } from '#shared/contracts/billing'
import { expect, test } from 'vitest'
import { localeTags } from '../../i18n/locales.ts'
import { subscriptionSentences } from './subscription-sentences.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 10, 22, 12)
const plan = { body: { kind: 'flat', name: { en: 'Pro', ar: 'برو' } } } as BillingOverview['plan']
const active: Subscription = {
  status: 'active',
  interval: 'month',
  currency: 'usd',
  seats: 1,
  amount_minor: 2_000,
  current_period_start: NOW - 10 * DAY,
  current_period_end: Date.UTC(2026, 11, 12, 12),
  trial_ends_at: null,
  cancels_at: null,
  pending_change: null,
  discount: null,
  past_due_since: null,
  read_only_at: null,
  pay_url: null,
}
const said = (part: Partial<Subscription> | null, { locale = 'en', on = plan } = {}) =>
  subscriptionSentences({
    overview: { plan: on, subscription: part && { ...active, ...part } },
    locale,
    now: NOW,
  }).map(({ text }) => text.replace(/[\u200e\u200f\u061c]/g, '').replace(/\u00a0/g, ' '))

test('who pays knows how much, how often and when next', () => {
  expect(said({})).toEqual(['You are on Pro for $20.00 a month. The next payment is on Dec 12, 2026.'])
})

test('the same in Arabic, with Latin digits', () => {
  expect(said({}, { locale: 'ar' })[0]).toMatch(/برو.*20\.00 US\$.*12/)
})

test('a trial says when it ends and what it then costs', () => {
  expect(said({ status: 'trialing', trial_ends_at: Date.UTC(2026, 10, 30) })[0]).toMatch(
    /Nov 30, 2026.*\$20\.00 a month/,
  )
})

test('a trial that was cancelled promises no payment', () => {
  const [sentence] = said({ status: 'trialing', trial_ends_at: NOW + DAY, cancels_at: NOW + DAY })
  expect(sentence).toMatch(/ends on Nov 23, 2026/)
  expect(sentence).not.toContain('$')
})

test('an overdue payment says when paid calls stop; once they have stopped, it says so', () => {
  const late = { status: 'past_due', past_due_since: NOW - DAY } as const
  expect(said({ ...late, read_only_at: NOW + 6 * DAY })[0]).toMatch(/Nov 28, 2026/)
  expect(said({ ...late, read_only_at: NOW - 1 })).toEqual(said({ status: 'unpaid' }))
  expect(said({ ...late, read_only_at: null })[0]).not.toContain('{{')
})

test('a change that is planned is told beside what holds now', () => {
  const pending_change = {
    plan_id: 'x',
    plan_name: { en: 'Basic', ar: 'أساسي' },
    interval: 'year',
    seats: 1,
    at: NOW,
  } as const
  expect(said({ pending_change })).toHaveLength(2)
  expect(said({ pending_change })[1]).toBe('On Nov 22, 2026 it changes to Basic, paid yearly, with one seat.')
})

test('seats and a discount are part of what one pays for', () => {
  const team = { body: { kind: 'per_seat', name: { en: 'Team', ar: 'فريق' } } } as BillingOverview['plan']
  const discount = { name: 'Launch', percent_off: 12.5, amount_off_minor: null }
  expect(said({ seats: 3, discount }, { on: team }).slice(1)).toEqual([
    'It is paid for 3 seats.',
    'Discount: Launch, 12.5% off.',
  ])
  expect(said({ discount: { name: 'Ten', percent_off: null, amount_off_minor: 1_000 } })[1]).toContain('$10.00')
})

test('nobody who pays nothing is told of a payment', () => {
  expect(said(null)).toEqual(['You are on Pro. Nothing is paid and nothing renews.'])
  expect(said({ status: 'canceled' })[0]).toMatch(/ended/)
})

test.each(localeTags)('in %s no state is left without its sentence', (locale) => {
  const states = ['incomplete', 'trialing', 'active', 'past_due', 'unpaid', 'paused', 'canceled'] as const
  for (const status of states) {
    const [sentence = ''] = said({ status, past_due_since: status === 'past_due' ? NOW : null }, { locale })
    expect(sentence).not.toMatch(/billing\.|{{/)
    expect(sentence.length).toBeGreaterThan(10)
  }
})
