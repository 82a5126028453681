import { expect, test } from 'vitest'
import { hasLimits, limitDraftOf, noLimits, readLimitDraft } from './limit-form.ts'

const empty = limitDraftOf(noLimits('organization'))

test('nothing typed lifts every limit', () => {
  expect(readLimitDraft(empty)).toEqual({
    ok: true,
    body: {
      budget_micros: null,
      budget_period: null,
      rate_limit_rpm: null,
      rate_limit_tpm: null,
      parallel_requests: null,
      alert_percents: [80],
    },
  })
})

test('limits may be typed in Arabic digits, and a budget of zero lets nothing through', () => {
  const draft = { ...empty, budget: '٠', period: 'day' as const, requests: '٦٠', tokens: '١٠٬٠٠٠', parallel: '٣' }
  expect(readLimitDraft({ ...draft, alerts: '٥٠، ٩٠' })).toEqual({
    ok: true,
    body: {
      budget_micros: 0,
      budget_period: 'day',
      rate_limit_rpm: 60,
      rate_limit_tpm: 10_000,
      parallel_requests: 3,
      alert_percents: [50, 90],
    },
  })
})

test('what is wrong is told field by field', () => {
  const draft = { ...empty, budget: '-1', alerts: '200', requests: '0', tokens: 'x', parallel: '1.5' }
  expect(readLimitDraft(draft)).toEqual({
    ok: false,
    faults: {
      budget: 'amount-too-small',
      alerts: 'alerts-invalid',
      requests: 'requests-invalid',
      tokens: 'tokens-invalid',
      parallel: 'parallel-invalid',
    },
  })
})

test('opening limits and saving them changes nothing', () => {
  const limits = {
    ...noLimits('model:openai/gpt-6-luna'),
    budget_micros: 2_500_000,
    budget_period: 'week' as const,
    rate_limit_tpm: 5,
    alert_percents: [],
  }
  const { account: _, spent_micros: _spent, held_micros: _held, resets_at: _resets, ...body } = limits
  expect(readLimitDraft(limitDraftOf(limits))).toEqual({ ok: true, body })
})

test('an account with one limit has limits', () => {
  expect(hasLimits(noLimits('organization'))).toBe(false)
  expect(hasLimits({ ...noLimits('organization'), parallel_requests: 1 })).toBe(true)
  expect(hasLimits({ ...noLimits('organization'), budget_micros: 0 })).toBe(true)
})
