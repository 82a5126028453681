import type { BudgetPeriod } from '#shared/contracts/ledger'
import { formatMoney } from '../../i18n/format-number.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Meter } from '../../ui/meter.tsx'

interface BudgetStateProps {
  budget_micros: number | null
  budget_period: BudgetPeriod | null
  spent_micros: number | null
  resets_at: number | null
}

/** How much of a budget is used, in words and as a bar. */
export function BudgetState({ budget_micros, budget_period, spent_micros, resets_at }: BudgetStateProps) {
  const t = useTranslate()
  const locale = useLocale()
  if (budget_micros === null) return <span class="muted">{t('members.no-budget')}</span>
  const label = t('members.budget-used', {
    spent: spent_micros === null ? '–' : formatMoney(locale, spent_micros, 'short'),
    limit: formatMoney(locale, budget_micros, 'short'),
    period: t(`members.period-${budget_period ?? 'forever'}`),
  })
  return (
    <span class="members-budget">
      <span>{label}</span>
      {spent_micros !== null && <Meter value={spent_micros} limit={budget_micros} label={label} />}
      {resets_at !== null && (
        <span class="members-facts">{t('members.budget-resets', { when: formatTime(locale, resets_at, 'date') })}</span>
      )}
    </span>
  )
}
