import { useEffect, useState } from 'preact/hooks'
import type { UsageBudget } from '#shared/contracts/usage'
import { account, may } from '../../api/account.ts'
import { getBalance, onSpent } from '../../api/balance.ts'
import { billingStatus, loadBillingStatus } from '../../api/billing-status.ts'
import { api } from '../../api/client.ts'
import { useResource } from '../../api/use-resource.ts'
import { formatMoney } from '../../i18n/format-number.ts'
import { localized } from '../../i18n/paths.ts'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Money } from '../../ui/money.tsx'
import { leftOfBudget } from './own-budget.ts'

const LOW_MICROS = 100_000

/** What can be spent now, always in sight. Who does not answer for the organization's money sees their own budget. */
export function BalanceChip() {
  const [asked, setAsked] = useState(false)
  useEffect(() => void loadBillingStatus().then(() => setAsked(true)), [])
  const known = account.value
  if (!known || !asked) return <Waiting />
  const seesMoney = may('billing.read') || may('usage.read-organization')
  return seesMoney ? <OrganizationChip /> : <OwnChip userId={known.user.id} />
}

function Waiting() {
  const t = useTranslate()
  const locale = useLocale()
  return (
    <a class="balance" href={localized(locale, '/usage')}>
      <span class="balance-name">{t('shell.balance')}</span>
      <span class="skeleton-line" />
    </a>
  )
}

/** Asks again whenever something was spent. */
function OrganizationChip() {
  const t = useTranslate()
  const locale = useLocale()
  const { data, problem, reload } = useResource('balance', getBalance)
  useEffect(() => onSpent(reload), [])
  const unlimited = billingStatus.value?.mode === 'unlimited'
  const held = data?.held_micros ?? 0
  const low = !unlimited && data !== null && data.available_micros < LOW_MICROS
  return (
    <a
      class={`balance${low ? ' balance-low' : ''}`}
      href={localized(locale, low && may('billing.read') ? '/billing' : '/usage')}
      title={held > 0 ? t('shell.balance-held', { amount: formatMoney(locale, held) }) : undefined}
    >
      <span class="balance-name">{t('shell.balance')}</span>
      {unlimited ? (
        <span>{t('shell.unlimited')}</span>
      ) : data ? (
        <Money micros={data.available_micros} style="short" />
      ) : problem ? (
        <span title={t('shell.balance-unknown')}>—</span>
      ) : (
        <span class="skeleton-line" />
      )}
      <span class="visually-hidden">{!data && problem ? t('shell.balance-unknown') : ''}</span>
    </a>
  )
}

const listBudgets = async (signal: AbortSignal): Promise<UsageBudget[]> =>
  (await api.get<{ data: UsageBudget[] }>('/api/usage/budgets', { signal })).data

function OwnChip({ userId }: { userId: string }) {
  const t = useTranslate()
  const locale = useLocale()
  const { data, reload } = useResource('own-budget', listBudgets)
  useEffect(() => onSpent(reload), [])
  const left = data && leftOfBudget(data, userId)
  if (left === null) return null
  return (
    <a
      class={`balance${left < LOW_MICROS ? ' balance-low' : ''}`}
      href={localized(locale, '/usage')}
      title={t('shell.my-budget-ask')}
    >
      <span class="balance-name">{t('shell.my-budget')}</span>
      <Money micros={left} style="short" />
    </a>
  )
}
