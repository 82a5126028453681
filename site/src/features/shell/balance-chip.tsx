import { useEffect } from 'preact/hooks'
import { getBalance, onSpent } from '../../api/balance.ts'
import { useResource } from '../../api/use-resource.ts'
import { formatMoney } from '../../i18n/format-number.ts'
import { localized } from '../../i18n/paths.ts'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Money } from '../../ui/money.tsx'

const LOW_MICROS = 100_000

/** What can be spent now, always in sight; asks again whenever something was spent. */
export function BalanceChip() {
  const t = useTranslate()
  const locale = useLocale()
  const { data, problem, reload } = useResource('balance', getBalance)
  useEffect(() => onSpent(reload), [])

  const held = data?.held_micros ?? 0
  const low = data !== null && data.available_micros < LOW_MICROS
  return (
    <a
      class={`balance${low ? ' balance-low' : ''}`}
      href={localized(locale, '/usage')}
      title={held > 0 ? t('shell.balance-held', { amount: formatMoney(locale, held) }) : undefined}
    >
      <span class="balance-name">{t('shell.balance')}</span>
      {data ? (
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
