import { useEffect, useState } from 'preact/hooks'
import { account, accountProblem, loadAccount } from '../../api/account.ts'
import { useResource } from '../../api/use-resource.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { island, useTranslate } from '../../ui/locale-context.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { BalanceCards } from './balance-cards.tsx'
import { Breakdown } from './breakdown.tsx'
import { Budgets } from './budgets.tsx'
import { Entries } from './entries.tsx'
import { useNames } from './names.ts'
import { isPeriod, periods, rangeOf } from './period.ts'
import { Spending } from './spending.tsx'
import { listBudgets } from './usage-calls.ts'
import { useAddress } from './use-address.ts'
import './usage.css'

function Usage() {
  const t = useTranslate()
  const [opened, setOpened] = useState(0)
  const [address, setAddress] = useAddress()
  const names = useNames()
  useEffect(() => {
    setOpened(Date.now())
    void loadAccount()
  }, [])
  const known = account.value
  const period = isPeriod(address.period) ? address.period : '30-days'
  const range = rangeOf(period, opened)
  // Nothing is asked before the address was read: it may name another period or one request.
  const organizationId = opened > 0 && address.read && known ? known.organization.id : null
  const budgets = useResource(organizationId && `budgets-${organizationId}`, listBudgets)

  return (
    <div class="stack usage">
      <header class="page-head">
        <div>
          <h1>{t('usage.title')}</h1>
          <p>{t('usage.intro')}</p>
        </div>
        <Segmented
          label={t('usage.period')}
          value={period}
          onChange={(value) => setAddress({ period: value })}
          options={periods.map((value) => ({ value, label: t(`usage.period-${value}`) }))}
        />
      </header>
      {accountProblem.value && (
        <ErrorState problem={accountProblem.value} onRetry={() => void loadAccount({ again: true })} compact />
      )}
      <BalanceCards organizationId={organizationId} />
      <div class="usage-columns">
        <Spending range={range} organizationId={organizationId} />
        <Breakdown range={range} organizationId={organizationId} names={names} />
      </div>
      {/* Drawn once it is known whether budgets stand above: nothing is pushed down while one reads. */}
      {!budgets.loading && (
        <>
          <Budgets budgets={budgets.data ?? []} />
          <Entries
            organizationId={organizationId}
            names={names}
            range={range}
            requestId={address.requestId}
            onRequestId={(requestId) => setAddress({ requestId })}
          />
        </>
      )}
    </div>
  )
}

export const UsageIsland = island(Usage)
