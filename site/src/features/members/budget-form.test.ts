import { expect, test } from 'vitest'
import { budgetDraftOf, isSameBudget, readBudget } from './budget-form.ts'

test('a budget is read in either script, with its period', () => {
  expect(readBudget({ amount: '٢٠٫٥', period: 'week' })).toEqual({
    ok: true,
    body: { budget_micros: 20_500_000, budget_period: 'week' },
  })
})

test('nothing typed lifts the budget and zero closes it', () => {
  expect(readBudget({ amount: ' ', period: 'day' })).toEqual({
    ok: true,
    body: { budget_micros: null, budget_period: null },
  })
  expect(readBudget({ amount: '0', period: 'day' })).toEqual({
    ok: true,
    body: { budget_micros: 0, budget_period: 'day' },
  })
})

test('what cannot be read is refused with its reason', () => {
  expect(readBudget({ amount: '12,5', period: 'day' })).toEqual({ ok: false, fault: 'amount-unreadable' })
})

test('a dialog opens with the budget that is set and saves it unchanged', () => {
  const set = { budget_micros: 1_250_000, budget_period: 'forever' as const }
  expect(readBudget(budgetDraftOf(set))).toEqual({ ok: true, body: set })
  expect(budgetDraftOf({ budget_micros: null, budget_period: null })).toEqual({ amount: '', period: 'month' })
})

test('a budget that was left as it is counts as unchanged, whatever period stood beside no amount', () => {
  expect(
    isSameBudget({ budget_micros: null, budget_period: null }, { budget_micros: null, budget_period: 'day' }),
  ).toBe(true)
  expect(isSameBudget({ budget_micros: 5, budget_period: 'day' }, { budget_micros: 5, budget_period: 'week' })).toBe(
    false,
  )
  expect(isSameBudget({ budget_micros: 5, budget_period: 'day' }, { budget_micros: 6, budget_period: 'day' })).toBe(
    false,
  )
})
