import type { BillingStatus } from '#shared/contracts/billing'
import { expect, test } from 'vitest'
import { billingNotice } from './billing-notice.ts'

const NOW = Date.UTC(2026, 10, 22)
const DAY = 86_400_000
const fine: BillingStatus = {
  mode: 'stripe',
  test_payments: false,
  plan: { id: 'pro', name: { en: 'Pro', ar: 'برو' } },
  read_only: false,
  past_due: false,
  trial_ends_at: null,
  can_manage: true,
}
const notice = (part: Partial<BillingStatus>) => billingNotice({ ...fine, ...part }, NOW)

test('nothing is told where all is well', () => {
  expect(notice({})).toBeNull()
})

test('everyone is told why paid calls stop, and only those who pay what to do about it', () => {
  expect(notice({ read_only: true, past_due: true })).toMatchObject({ tone: 'danger', action: 'shell.past-due-pay' })
  expect(notice({ read_only: true, past_due: true, can_manage: false })).toMatchObject({ tone: 'danger', action: null })
})

test('a payment that is merely late is told to those who pay alone', () => {
  expect(notice({ past_due: true })?.tone).toBe('warning')
  expect(notice({ past_due: true, can_manage: false })).toBeNull()
})

test('a trial is told of in its last days', () => {
  expect(notice({ trial_ends_at: NOW + 10 * DAY })).toBeNull()
  expect(notice({ trial_ends_at: NOW + 2 * DAY })).toMatchObject({ text: 'shell.trial-ends', when: NOW + 2 * DAY })
  expect(notice({ trial_ends_at: NOW - DAY })).toBeNull()
  expect(notice({ trial_ends_at: NOW + DAY, can_manage: false })).toBeNull()
})

test('where nothing is sold there is nothing to tell', () => {
  expect(notice({ mode: 'unlimited', read_only: true })).toBeNull()
})
