import { expect, test } from 'vitest'
import { ApiProblem } from '../../api/api-problem.ts'
import { fixedCurrencyIn } from './fixed-currency.ts'

const problem = (param: string | null, facts: Record<string, string>) =>
  new ApiProblem({ code: 'conflict', status: 409, message: '', requestId: null, param, facts })

test('who pays in riyals already is shown riyals', () => {
  expect(fixedCurrencyIn(problem('currency', { currency: 'sar' }))).toBe('sar')
})

test('any other problem changes no currency', () => {
  expect(fixedCurrencyIn(problem('seats', { currency: 'sar' }))).toBeNull()
  expect(fixedCurrencyIn(problem('currency', { currencies: 'usd eur' }))).toBeNull()
  expect(fixedCurrencyIn(new Error('broken'))).toBeNull()
})
