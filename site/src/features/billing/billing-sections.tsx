import { useEffect, useState } from 'preact/hooks'
import type { BillingOverview } from '#shared/contracts/billing'
import type { PlanOffer } from '#shared/contracts/plans'
import { may } from '../../api/account.ts'
import { loadBillingStatus } from '../../api/billing-status.ts'
import { announceSpent } from '../../api/balance.ts'
import { useResource } from '../../api/use-resource.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { AutoTopUpCard } from './auto-top-up-card.tsx'
import { backIn, chosenPlanIn, isFromPortal } from './billing-address.ts'
import type { ChosenPlan } from './billing-address.ts'
import { getOffer, getOverview, syncBilling } from './billing-calls.ts'
import { BillingWait } from './billing-wait.tsx'
import { CancelDialog } from './cancel-dialog.tsx'
import { ChangeDialog } from './change-dialog.tsx'
import { CreditSection } from './credit-section.tsx'
import { DetailsCard } from './details-card.tsx'
import { Invoices } from './invoices.tsx'
import { ModeNote } from './mode-note.tsx'
import { OverageCard } from './overage-card.tsx'
import { OverdueNote } from './overdue-note.tsx'
import { PaymentCard } from './payment-card.tsx'
import { runs } from './plan-action.ts'
import { PlanCard } from './plan-card.tsx'

/** What every part of the page is told. */
export interface BillingParts {
  overview: BillingOverview
  offer: PlanOffer
  mayManage: boolean
  /** Something was paid or changed: everything is looked at again. */
  onChanged: () => void
}

export function BillingSections({ organizationId }: { organizationId: string }) {
  const overview = useResource(`billing-${organizationId}`, getOverview)
  const offer = useResource('billing-offer', getOffer)
  const problem = overview.problem ?? offer.problem
  if (!overview.data || !offer.data) {
    const again = () => {
      overview.reload()
      offer.reload()
    }
    return problem ? <ErrorState problem={problem} onRetry={again} /> : <BillingWait />
  }
  const onChanged = () => {
    overview.reload()
    announceSpent()
    void loadBillingStatus({ again: true })
  }
  return (
    <Sections overview={overview.data} offer={offer.data} mayManage={may('billing.manage')} onChanged={onChanged} />
  )
}

const forgetSearch = () => window.history.replaceState(null, '', window.location.pathname)

function Sections(parts: BillingParts) {
  const t = useTranslate()
  const { overview, mayManage } = parts
  const sells = overview.mode === 'stripe'
  const [changing, setChanging] = useState<{ chosen: ChosenPlan | null } | null>(null)
  const [cancelling, setCancelling] = useState(false)
  const [back, setBack] = useState<string | null>(null)
  useEffect(() => {
    const { search } = window.location
    const chosen = chosenPlanIn(search)
    const overdue = overview.subscription !== null && overview.subscription.past_due_since !== null
    if (chosen && sells && mayManage && !overdue) setChanging({ chosen })
    if (new URLSearchParams(search).get('do') === 'cancel' && runs(overview.subscription)) setCancelling(true)
    setBack(backIn(search))
    if (!isFromPortal(search)) return
    forgetSearch()
    // What cannot be asked now comes with a webhook.
    void syncBilling().then(parts.onChanged, () => {})
  }, [])
  const closeChange = () => {
    setChanging(null)
    // A choice from the page of plans is not made again by a reload.
    if (changing?.chosen) forgetSearch()
  }
  return (
    <>
      <ModeNote mode={overview.mode} testPayments={overview.test_payments} />
      <OverdueNote overview={overview} />
      <PlanCard {...parts} onChange={() => setChanging({ chosen: null })} onCancel={() => setCancelling(true)} />
      <CreditSection {...parts} back={back} />
      {sells && (
        <>
          <PaymentCard {...parts} />
          <AutoTopUpCard {...parts} />
          <OverageCard {...parts} />
          <DetailsCard {...parts} />
        </>
      )}
      <Invoices overview={overview} />
      {changing && <ChangeDialog {...parts} chosen={changing.chosen} back={back} onClose={closeChange} />}
      <CancelDialog {...parts} open={cancelling} onClose={() => setCancelling(false)} />
      {!mayManage && <p class="muted">{t('billing.read-only-role')}</p>}
    </>
  )
}
