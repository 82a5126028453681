import type { BillingOverview, Subscription } from '#shared/contracts/billing'
import type { PlanOffer } from '#shared/contracts/plans'
import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { translator } from '../../i18n/translate.ts'
import { island } from '../../ui/locale-context.tsx'
import { PlanCard } from './plan-card.tsx'

const t = translator('en')
const NOW = Date.UTC(2026, 10, 22)
const active: Subscription = {
  status: 'active',
  interval: 'month',
  currency: 'usd',
  seats: 1,
  amount_minor: 2_000,
  current_period_start: NOW,
  current_period_end: NOW + 86_400_000,
  trial_ends_at: null,
  cancels_at: null,
  pending_change: null,
  discount: null,
  past_due_since: null,
  read_only_at: null,
  pay_url: null,
}
const body = {
  kind: 'flat',
  name: { en: 'Pro', ar: 'برو' },
  included_credit_micros: { month: 1_000_000, year: 0 },
  carry_over: 'none',
  seats: { minimum: 1, maximum: null },
  requests_per_minute: null,
  models: null,
  storage_bytes: null,
  overage: { policy: 'stop', cap_micros: 0 },
}
const overviewOf = (subscription: Subscription | null, part: object = {}) =>
  ({ mode: 'stripe', plan: { id: 'pro', body }, plan_is_current: true, subscription, ...part }) as BillingOverview
const Page = island(PlanCard)
const nothing = () => {}
const card = (overview: BillingOverview, mayManage = true) =>
  renderToString(
    <Page
      locale="en"
      overview={overview}
      offer={{} as PlanOffer}
      mayManage={mayManage}
      onChanged={nothing}
      onChange={nothing}
      onCancel={nothing}
    />,
  )

test('who is subscribed can change and cancel', () => {
  const html = card(overviewOf(active))
  expect(html).toContain(t('billing.change-plan'))
  expect(html).toContain(t('billing.cancel-plan'))
})

test('who has cancelled can keep it, and has nothing more to cancel', () => {
  const html = card(overviewOf({ ...active, cancels_at: NOW }))
  expect(html).toContain(t('billing.resume'))
  expect(html).not.toContain(t('billing.cancel-plan'))
  expect(html).not.toContain(t('billing.change-plan'))
})

test('a planned change can be undone', () => {
  const pending_change = {
    plan_id: 'x',
    plan_name: { en: 'X', ar: 'س' },
    interval: 'month',
    seats: 1,
    at: NOW,
  } as const
  expect(card(overviewOf({ ...active, pending_change }))).toContain(t('billing.undo-change'))
})

test('while a payment is overdue the plan cannot be changed, and it says why', () => {
  const html = card(overviewOf({ ...active, status: 'past_due', past_due_since: NOW }))
  expect(html).toMatch(/<button[^>]*disabled[^>]*>/)
  expect(html).toContain(t('billing.locked-overdue'))
})

test('who may only look has no buttons', () => {
  expect(card(overviewOf(active), false)).not.toContain('<button')
})

test('where nothing is sold there is nothing to buy and nothing to cancel', () => {
  const html = card(overviewOf(null, { mode: 'granted' }))
  expect(html).not.toContain('<button')
  expect(html).toContain('$1.00 of credit included each month')
})

test('a plan by contract is changed by talking, not by a button', () => {
  const contract = { plan: { id: 'enterprise', body: { ...body, kind: 'contract' } } }
  expect(card(overviewOf(active, contract))).not.toContain(t('billing.change-plan'))
})
