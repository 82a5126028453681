import { useEffect, useState } from 'preact/hooks'
import type { Account } from '#shared/contracts/account'
import type { BillingStatus, Subscription } from '#shared/contracts/billing'
import type { PlanOffer } from '#shared/contracts/plans'
import { getSession } from '../../api/auth.ts'
import { api } from '../../api/client.ts'
import { getOverview } from './billing-calls.ts'
import type { Present } from './plan-action.ts'

export interface KnownPresent extends Present {
  subscription: Subscription | null
}

/** What the reader has, on a page that is also for those who are not signed in: null for them, and until it is known. */
export function usePresent(offer: PlanOffer): KnownPresent | null {
  const [present, setPresent] = useState<KnownPresent | null>(null)
  useEffect(() => {
    let gone = false
    // A page of prices works without this: who cannot be asked about is shown what a visitor sees.
    void ask(offer).then(
      (known) => !gone && setPresent(known),
      () => {},
    )
    return () => void (gone = true)
  }, [offer])
  return present
}

async function ask(offer: PlanOffer): Promise<KnownPresent | null> {
  if ((await getSession()) === null) return null
  const { permissions } = await api.get<Account>('/api/account')
  if (!permissions.includes('billing.read')) {
    const { plan } = await api.get<BillingStatus>('/api/billing/status')
    const position = offer.plans.find(({ id }) => id === plan.id)?.position ?? 0
    return { plan: { id: plan.id, position }, subscription: null, mayManage: false, mayTry: false }
  }
  const { plan, subscription, trial_available } = await getOverview()
  const mayManage = permissions.includes('billing.manage')
  return { plan, subscription, mayManage, mayTry: trial_available ?? subscription === null }
}
