import type { UsageBudget } from '#shared/contracts/usage'
import { account } from '../../api/account.ts'
import { formatMoney } from '../../i18n/format-number.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Meter } from '../../ui/meter.tsx'
import { bindingBudgets } from './binding-budgets.ts'

/** The limits within which the reader spends. Nothing is shown where there are none. */
export function Budgets({ budgets }: { budgets: UsageBudget[] }) {
  const t = useTranslate()
  const shown = bindingBudgets(budgets, account.value?.user.id ?? '')
  if (shown.length === 0) return null
  return (
    <section class="card usage-panel" aria-labelledby="usage-budgets">
      <h2 id="usage-budgets">{t('usage.budgets')}</h2>
      <ul class="usage-budgets" role="list">
        {shown.map((budget) => (
          <Budget key={budget.account} budget={budget} />
        ))}
      </ul>
    </section>
  )
}

function Budget({ budget }: { budget: UsageBudget }) {
  const t = useTranslate()
  const locale = useLocale()
  const label = t('usage.budget-used', {
    spent: formatMoney(locale, budget.spent_micros, 'short'),
    limit: formatMoney(locale, budget.budget_micros, 'short'),
    period: t(`usage.budget-${budget.budget_period}`),
  })
  return (
    <li class="usage-group">
      <span class="usage-group-name">
        {budget.account === 'organization' ? t('usage.budget-organization') : t('usage.budget-yours')}
      </span>
      <span>{label}</span>
      <span class="usage-budget-meter">
        <Meter value={budget.spent_micros} limit={budget.budget_micros} label={label} />
      </span>
      <span class="usage-group-facts">
        {budget.resets_at !== null && t('usage.budget-resets', { when: formatTime(locale, budget.resets_at, 'date') })}
        {budget.held_micros > 0 &&
          ` · ${t('usage.budget-held', { amount: formatMoney(locale, budget.held_micros, 'short') })}`}
      </span>
    </li>
  )
}
