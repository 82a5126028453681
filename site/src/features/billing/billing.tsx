import { useEffect } from 'preact/hooks'
import { account, accountProblem, loadAccount, may } from '../../api/account.ts'
import { billingStatus, loadBillingStatus } from '../../api/billing-status.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { island, useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { BillingSections } from './billing-sections.tsx'
import { BillingWait } from './billing-wait.tsx'
import { localText } from './local-text.ts'
import { ModeNote } from './mode-note.tsx'
import './billing.css'

function Billing() {
  const t = useTranslate()
  useEffect(() => void loadAccount(), [])
  const organization = account.value?.organization
  return (
    <div class="stack billing">
      <header class="page-head">
        <div>
          <h1>{t('billing.title')}</h1>
          <p>{t('billing.intro')}</p>
        </div>
      </header>
      {accountProblem.value && (
        <ErrorState problem={accountProblem.value} onRetry={() => void loadAccount({ again: true })} compact />
      )}
      {!organization && !accountProblem.value && <BillingWait />}
      {organization && (may('billing.read') ? <BillingSections organizationId={organization.id} /> : <WithoutMoney />)}
    </div>
  )
}

/** Members never pay: they are told on what plan they are, and whom to ask. */
function WithoutMoney() {
  const t = useTranslate()
  const locale = useLocale()
  useEffect(() => void loadBillingStatus(), [])
  const status = billingStatus.value
  return (
    <>
      {status && <ModeNote mode={status.mode} testPayments={status.test_payments} />}
      <div class="card billing-wait">
        <EmptyState
          icon="billing"
          title={status ? t('billing.member-title', { plan: localText(status.plan.name, locale) }) : t('billing.title')}
          text={t('billing.member-text')}
        />
      </div>
    </>
  )
}

export const BillingIsland = island(Billing)
