import type {
  AutoTopUp,
  AutoTopUpState,
  BillingDetails,
  BillingOverview,
  BuyCredit,
  CancelSubscription,
  ChangePreview,
  ChangeResult,
  ChangeWanted,
  CheckoutOutcome,
  ConfirmChange,
  Invoice,
  InvoiceDetails,
  OpenPortal,
  Overage,
  OverageState,
  Redirect,
  StartCheckout,
} from '#shared/contracts/billing'
import type { PlanOffer } from '#shared/contracts/plans'
import { api } from '../../api/client.ts'
import type { Page } from '../../api/pages-state.ts'

const at = (route: string) => `/api/billing/${route}`

export const getOffer = (signal?: AbortSignal): Promise<PlanOffer> => api.get<PlanOffer>(at('plans'), { signal })
export const getOverview = (signal?: AbortSignal): Promise<BillingOverview> =>
  api.get<BillingOverview>(at('overview'), { signal })

export const startCheckout = (wanted: StartCheckout): Promise<Redirect> => api.post<Redirect>(at('checkout'), wanted)
export const buyCredit = (packId: string, wanted: BuyCredit): Promise<Redirect> =>
  api.post<Redirect>(at(`credit-packs/${encodeURIComponent(packId)}/checkout`), wanted)
export const openPortal = (wanted: OpenPortal): Promise<Redirect> => api.post<Redirect>(at('portal'), wanted)
/** After Stripe's page: what it says of this session is looked at now, and not when a webhook comes. */
export const finishCheckout = (sessionId: string): Promise<CheckoutOutcome> =>
  api.post<CheckoutOutcome>(at('checkout/return'), { session_id: sessionId })
export const syncBilling = (): Promise<BillingOverview> => api.post<BillingOverview>(at('sync'))

export const previewChange = (wanted: ChangeWanted): Promise<ChangePreview> =>
  api.post<ChangePreview>(at('subscription/preview'), wanted)
export const confirmChange = (confirmed: ConfirmChange): Promise<ChangeResult> =>
  api.post<ChangeResult>(at('subscription/change'), confirmed)
export const undoChange = (): Promise<unknown> => api.delete(at('subscription/change'))
export const cancelSubscription = (why: CancelSubscription): Promise<unknown> =>
  api.post(at('subscription/cancel'), why)
export const resumeSubscription = (): Promise<unknown> => api.post(at('subscription/resume'))

export const saveDetails = (details: BillingDetails): Promise<BillingDetails> =>
  api.put<BillingDetails>(at('details'), details)
export const saveAutoTopUp = (wanted: AutoTopUp): Promise<AutoTopUpState> =>
  api.put<AutoTopUpState>(at('auto-top-up'), wanted)
export const saveOverage = (wanted: Overage): Promise<OverageState> => api.put<OverageState>(at('overage'), wanted)

export const listInvoices = ({
  cursor,
  signal,
  limit = 12,
}: {
  cursor: string | null
  signal?: AbortSignal
  limit?: number
}): Promise<Page<Invoice>> => api.get<Page<Invoice>>(at('invoices'), { query: { limit, cursor }, signal })
export const getInvoice = (id: string, signal?: AbortSignal): Promise<InvoiceDetails> =>
  api.get<InvoiceDetails>(at(`invoices/${encodeURIComponent(id)}`), { signal })
