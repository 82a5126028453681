import { useEffect, useState } from 'preact/hooks'
import { account, accountProblem, loadAccount } from '../../api/account.ts'
import { billingStatus, loadBillingStatus } from '../../api/billing-status.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { island, useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Accounts } from './accounts.tsx'
import { Numbers } from './numbers.tsx'
import { Packs } from './packs.tsx'
import { Payments } from './payments.tsx'
import { Plans } from './plans.tsx'
import { isOperateTab, operateTabs, type OperateTab } from './operate-tabs.ts'
import './operate.css'

/** Which tab is open stands in the address, so that it can be come back to. */
function useTab(): [OperateTab, (tab: OperateTab) => void] {
  const [tab, setTab] = useState<OperateTab>('plans')
  useEffect(() => {
    const read = () => {
      const named = window.location.hash.slice(1)
      if (isOperateTab(named)) setTab(named)
    }
    read()
    window.addEventListener('hashchange', read)
    return () => window.removeEventListener('hashchange', read)
  }, [])
  const choose = (next: OperateTab) => {
    setTab(next)
    window.history.replaceState(null, '', `#${next}`)
  }
  return [tab, choose]
}

/** What is done here has no effect on anybody’s money where nothing is sold; that is said before it is tried. */
function Mode() {
  const t = useTranslate()
  const status = billingStatus.value
  if (!status) return null
  if (status.mode !== 'stripe') return <Note>{t(`operate.mode-${status.mode}`)}</Note>
  return status.test_payments ? <Note tone="warning">{t('operate.test-payments')}</Note> : null
}

function Operate() {
  const t = useTranslate()
  const [tab, setTab] = useTab()
  // Nothing is drawn that the note above it would push down later.
  const [ready, setReady] = useState(false)
  useEffect(() => {
    void loadAccount()
    void loadBillingStatus().then(() => setReady(true))
  }, [])
  const known = account.value
  return (
    <div class="stack operate">
      <header class="page-head">
        <div>
          <h1>{t('operate.title')}</h1>
          <p>{t('operate.intro')}</p>
        </div>
      </header>
      {accountProblem.value && (
        <ErrorState problem={accountProblem.value} onRetry={() => void loadAccount({ again: true })} compact />
      )}
      {known?.platform_admin && ready && (
        <Tabs
          label={t('operate.sections')}
          value={tab}
          onChange={setTab}
          tabs={operateTabs.map((value) => ({ value, label: t(`operate.tab-${value}`) }))}
        >
          <div class="stack">
            <Mode />
            {tab === 'plans' && <Plans />}
            {tab === 'packs' && <Packs />}
            {tab === 'payments' && <Payments />}
            {tab === 'accounts' && <Accounts />}
            {tab === 'numbers' && <Numbers />}
          </div>
        </Tabs>
      )}
      {known && !known.platform_admin && (
        <div class="card">
          <EmptyState icon="admin" title={t('admin.forbidden-title')} text={t('admin.forbidden-text')} />
        </div>
      )}
      {!(known && (ready || !known.platform_admin)) && !accountProblem.value && (
        <div class="card">
          <Skeleton lines={6} />
        </div>
      )}
    </div>
  )
}

export const OperateIsland = island(Operate)
