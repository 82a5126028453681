import { useEffect, useState } from 'preact/hooks'
import type { SeriesBy } from '#shared/contracts/usage'
import { account, accountProblem, loadAccount, may } from '../../api/account.ts'
import { useResource } from '../../api/use-resource.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { island, useTranslate } from '../../ui/locale-context.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { AlertsCard } from './alerts-card.tsx'
import { BalanceCards } from './balance-cards.tsx'
import { Breakdown } from './breakdown.tsx'
import { Budgets } from './budgets.tsx'
import { Entries } from './entries.tsx'
import { ForecastCard } from './forecast-card.tsx'
import { useNames } from './names.ts'
import { isPeriod, periods, rangeOf } from './period.ts'
import { Spending } from './spending.tsx'
import { listBudgets } from './usage-calls.ts'
import { useAddress } from './use-address.ts'
import './usage.css'

const groupings: readonly SeriesBy[] = ['model', 'member', 'key', 'service']

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
  const by = groupings.find((each) => each === address.by) ?? 'model'
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
      {/* What the organization has is not every member's to know; the cards' place is kept until it is known whose. */}
      {(!known || may('billing.read') || may('usage.read-organization')) && (
        <BalanceCards organizationId={organizationId} />
      )}
      <div class="usage-columns">
        <Spending
          range={range}
          organizationId={organizationId}
          names={names}
          by={by}
          onBy={(value) => setAddress({ by: value })}
        />
        <Breakdown range={range} organizationId={organizationId} names={names} by={by} />
      </div>
      <div class="usage-columns usage-outlook">
        <ForecastCard organizationId={organizationId} />
        {may('budgets.manage') && <AlertsCard organizationId={organizationId} />}
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
