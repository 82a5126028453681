// The small facts of an audit event, as words. What is not known is left out rather than shown raw.
import type { AuditEvent } from '#shared/contracts/organizations'
import { roles } from '#shared/contracts/permissions'
import type { Role } from '#shared/contracts/permissions'
import { formatMoney } from '../../i18n/format-number.ts'
import type { Key, Locale } from '../../i18n/locales.ts'
import { hasKey, translator } from '../../i18n/translate.ts'
import { budgetPeriods } from './budget-form.ts'

/** `member.role-changed` → its sentence; an action without one is shown by its own name. */
export function auditSentence(locale: Locale, action: string): string {
  const key = `members.audit-${action.replaceAll('.', '-')}`
  return hasKey(locale, key) ? translator(locale)(key) : action
}

const isRole = (value: unknown): value is Role => (roles as readonly unknown[]).includes(value)

export function auditFacts(locale: Locale, facts: AuditEvent['facts']): string[] {
  const t = translator(locale)
  const words: string[] = []
  const { from, to } = facts ?? {}
  if (isRole(from) && isRole(to))
    words.push(t('members.audit-from-to', { from: t(`role.${from}`), to: t(`role.${to}`) }))
  for (const [name, value] of Object.entries(facts ?? {})) {
    if (name === 'role' && isRole(value)) words.push(t(`role.${value}`))
    else if (name.endsWith('_micros') && typeof value === 'number') words.push(formatMoney(locale, value))
    else if (name.endsWith('_micros') && value === null) words.push(t('members.audit-budget-lifted'))
    else if (name.endsWith('period') && (budgetPeriods as readonly unknown[]).includes(value))
      words.push(t(`members.period-${String(value)}` as Key))
    else if ((name === 'name' || name === 'vendor') && typeof value === 'string') words.push(value)
  }
  return words
}
