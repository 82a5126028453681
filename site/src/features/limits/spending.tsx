import type { AccountLimits } from '#shared/contracts/limits'
import { formatMoney, formatNumber } from '../../i18n/format-number.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Meter } from '../../ui/meter.tsx'

/** How much of a budget is spent and held, in words and as a bar, and when it begins anew. */
export function Spending({ limits }: { limits: AccountLimits }) {
  const t = useTranslate()
  const locale = useLocale()
  const { budget_micros, budget_period, spent_micros, held_micros, resets_at } = limits
  if (budget_micros === null) return <span class="muted">{t('limits.no-budget')}</span>
  const label = t('limits.budget-used', {
    spent: formatMoney(locale, spent_micros ?? 0, 'short'),
    limit: formatMoney(locale, budget_micros, 'short'),
    period: t(`limits.period-${budget_period ?? 'forever'}`),
  })
  const facts = [
    (held_micros ?? 0) > 0 && t('limits.held', { amount: formatMoney(locale, held_micros ?? 0, 'short') }),
    resets_at !== null && t('limits.resets', { when: formatTime(locale, resets_at) }),
    limits.alert_percents.length > 0 &&
      t('limits.alerts-at', { percents: limits.alert_percents.map((percent) => `${percent}%`).join(' · ') }),
  ].filter((fact) => fact !== false)
  return (
    <span class="limits-spending">
      <span>{label}</span>
      <Meter value={(spent_micros ?? 0) + (held_micros ?? 0)} limit={budget_micros} label={label} />
      {facts.length > 0 && (
        <span class="limits-facts">
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </span>
      )}
    </span>
  )
}

/** The limits that are no money. */
export function Rates({ limits }: { limits: AccountLimits }) {
  const t = useTranslate()
  const locale = useLocale()
  const rates = [
    { name: 'requests', value: limits.rate_limit_rpm },
    { name: 'tokens', value: limits.rate_limit_tpm },
    { name: 'parallel', value: limits.parallel_requests },
  ] as const
  const set = rates.filter(({ value }) => value !== null)
  if (set.length === 0) return <span class="muted">{t('limits.no-rates')}</span>
  return (
    <span class="limits-rates">
      {set.map(({ name, value }) => (
        <span key={name}>{t(`limits.${name}-value`, { amount: formatNumber(locale, value ?? 0) })}</span>
      ))}
    </span>
  )
}
