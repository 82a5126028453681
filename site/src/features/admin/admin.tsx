import { useEffect, useState } from 'preact/hooks'
import { account, accountProblem, loadAccount } from '../../api/account.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { island, useTranslate } from '../../ui/locale-context.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { DeadLetters } from './dead-letters.tsx'
import { HealthPanel } from './health.tsx'
import { Models } from './models.tsx'
import { Organizations } from './organizations.tsx'
import { Users } from './users.tsx'
import './admin.css'

const tabs = ['organizations', 'users', 'health', 'models', 'dead-letters'] as const
type Tab = (typeof tabs)[number]

function Admin() {
  const t = useTranslate()
  const [tab, setTab] = useState<Tab>('organizations')
  useEffect(() => void loadAccount(), [])
  const known = account.value
  return (
    <div class="stack admin">
      <header class="page-head">
        <div>
          <h1>{t('admin.title')}</h1>
          <p>{t('admin.intro')}</p>
        </div>
      </header>
      {accountProblem.value && (
        <ErrorState problem={accountProblem.value} onRetry={() => void loadAccount({ again: true })} compact />
      )}
      {known?.platform_admin && (
        <Tabs
          label={t('admin.sections')}
          value={tab}
          onChange={setTab}
          tabs={tabs.map((value) => ({ value, label: t(`admin.tab-${value}`) }))}
        >
          <div class="card admin-card">
            {tab === 'organizations' && <Organizations />}
            {tab === 'users' && <Users />}
            {tab === 'health' && <HealthPanel />}
            {tab === 'models' && <Models />}
            {tab === 'dead-letters' && <DeadLetters />}
          </div>
        </Tabs>
      )}
      {known && !known.platform_admin && (
        <div class="card">
          <EmptyState icon="admin" title={t('admin.forbidden-title')} text={t('admin.forbidden-text')} />
        </div>
      )}
      {!known && !accountProblem.value && (
        <div class="card">
          <Skeleton lines={6} />
        </div>
      )}
    </div>
  )
}

export const AdminIsland = island(Admin)
