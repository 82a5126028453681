import { toApiProblem } from '../../api/api-problem.ts'

/** The currency in which the organization pays already, where something was asked for in another; null otherwise. */
export function fixedCurrencyIn(error: unknown): string | null {
  const { param, facts } = toApiProblem(error)
  const { currency } = facts
  return param === 'currency' && typeof currency === 'string' && /^[a-z]{3}$/.test(currency) ? currency : null
}
