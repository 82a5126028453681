import { useEffect } from 'preact/hooks'
import { getBalance, onSpent } from '../../api/balance.ts'
import type { Balance } from '../../api/balance.ts'
import { useResource } from '../../api/use-resource.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { Money } from '../../ui/money.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'

export function BalanceCards({ organizationId }: { organizationId: string | null }) {
  const t = useTranslate()
  const { data, problem, reload } = useResource(organizationId && `balance-${organizationId}`, getBalance)
  useEffect(() => onSpent(reload), [reload])
  if (problem && !data) return <ErrorState problem={problem} onRetry={reload} compact />
  const empty = data !== null && data.balance_micros <= 0
  return (
    <dl class="usage-balance">
      <Card
        term={t('usage.available')}
        explained={empty ? t('usage.low-balance') : t('usage.available-explained')}
        micros={amountOf(data, 'available_micros')}
        main
      />
      <Card term={t('usage.held')} explained={t('usage.held-explained')} micros={amountOf(data, 'held_micros')} />
      <Card
        term={t('usage.balance')}
        explained={t('usage.balance-explained')}
        micros={amountOf(data, 'balance_micros')}
      />
    </dl>
  )
}

const amountOf = (balance: Balance | null, name: keyof Balance): number | null => balance?.[name] ?? null

interface CardProps {
  term: string
  explained: string
  micros: number | null
  main?: boolean
}

function Card({ term, explained, micros, main }: CardProps) {
  return (
    <div class={main ? 'usage-card usage-card-main' : 'usage-card'}>
      <dt>{term}</dt>
      <dd class="usage-card-amount">{micros === null ? <Skeleton lines={1} /> : <Money micros={micros} />}</dd>
      <dd class="usage-card-text">{explained}</dd>
    </div>
  )
}
