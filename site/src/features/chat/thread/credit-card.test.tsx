import { renderToString } from 'preact-render-to-string'
import { afterEach, expect, test } from 'vitest'
import { account } from '../../../api/account.ts'
import type { Account } from '../../../api/account.ts'
import { billingStatus } from '../../../api/billing-status.ts'
import { translator } from '../../../i18n/translate.ts'
import { island } from '../../../ui/locale-context.tsx'
import { CreditCard, isAboutMoney } from './credit-card.tsx'

const t = translator('en')
const Page = island(CreditCard)
const facts = { needed_micros: 500_000, available_micros: 1_000 }
const signIn = (can_manage: boolean, mode: 'stripe' | 'granted' = 'stripe') => {
  const permissions = can_manage ? ['billing.read', 'billing.manage'] : ['chat.use']
  account.value = { permissions } as Account
  billingStatus.value = {
    mode,
    test_payments: false,
    plan: { id: 'free', name: { en: 'Free', ar: 'مجانية' } },
    read_only: false,
    past_due: false,
    trial_ends_at: null,
    can_manage,
  }
}
const card = (code = 'insufficient_credits') =>
  renderToString(<Page locale="en" code={code} facts={facts} onChooseModel={() => {}} onRetry={() => {}} />)
afterEach(() => {
  account.value = null
  billingStatus.value = null
})

test('who pays is led to more credit and to larger plans', () => {
  signIn(true)
  const html = card()
  expect(html).toContain('href="/en/billing?back=')
  expect(html).toContain('href="/en/pricing"')
  expect(html).toContain('$0.50')
})

test('a member sees no amounts of the organization and is told whom to ask', () => {
  signIn(false)
  const html = card()
  expect(html).toContain(t('chat.credit-ask'))
  expect(html).not.toContain('/billing')
  expect(html).not.toContain('$0.50')
})

test('where nothing is sold, nobody is sent to buy', () => {
  signIn(true, 'granted')
  expect(card()).not.toMatch(/\/billing|\/pricing/)
})

test('an overdue payment is not helped by a cheaper model', () => {
  signIn(true)
  const html = card('payment_overdue')
  expect(html).toContain(t('chat.overdue-pay'))
  expect(html).not.toContain(t('chat.credit-cheaper'))
  expect(isAboutMoney('payment_overdue')).toBe(true)
})

test('a budget is lifted by whoever set it, not by paying', () => {
  signIn(true)
  const html = card('budget_exceeded')
  expect(html).toContain(t('chat.budget-text'))
  expect(html).not.toContain('/billing')
})
