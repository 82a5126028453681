import type { ApiProblem } from '../api/api-problem.ts'
import type { Locale } from '../i18n/locales.ts'
import { hasKey, translator } from '../i18n/translate.ts'

/** What went wrong, in the reader's language. The wire's own English is never shown. */
export function problemSentence(locale: Locale, problem: Pick<ApiProblem, 'code'>): string {
  const t = translator(locale)
  const key = `problem.${problem.code}`
  if (hasKey(locale, key)) return t(key)
  const accountKey = `auth-problem.${problem.code.toLowerCase().replaceAll('_', '-')}`
  return hasKey(locale, accountKey) ? t(accountKey) : t('problem.unknown')
}
