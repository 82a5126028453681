import type { z } from 'zod'
import type {
  AdminPlan,
  AdminPlans,
  Discrepancy,
  OperatorNumbers,
  OrganizationBilling,
  ProviderInvoice,
  ReconciliationRun,
  RefundInvoice,
  StartContract,
  StartedContract,
  StripeEventView,
  WriteCreditPack,
  WritePlan,
} from '#shared/contracts/billing-administration'
import type { AdminOrganization } from '#shared/contracts/administration'
import { api } from '../../api/client.ts'
import type { Page } from '../../api/pages-state.ts'
import type { Range } from './months.ts'

export type Sold = z.infer<typeof AdminPlans>
export type AdminPack = Sold['credit_packs'][number]

const at = (...parts: string[]) => `/api/billing/admin/${parts.map(encodeURIComponent).join('/')}`
const LIMIT = 30

interface Place {
  cursor: string | null
  signal: AbortSignal
}

export const listSold = (signal: AbortSignal): Promise<Sold> => api.get<Sold>(at('plans'), { signal })
export const writePlan = (id: string, body: WritePlan): Promise<AdminPlan> => api.put<AdminPlan>(at('plans', id), body)
export const writePack = (id: string, body: WriteCreditPack): Promise<AdminPack> =>
  api.put<AdminPack>(at('credit-packs', id), body)

const verb = (archived: boolean) => (archived ? 'archive' : 'restore')
export const archivePlan = (id: string, archived: boolean): Promise<AdminPlan> =>
  api.post<AdminPlan>(at('plans', id, verb(archived)))
export const archivePack = (id: string, archived: boolean): Promise<AdminPack> =>
  api.post<AdminPack>(at('credit-packs', id, verb(archived)))

export const listEvents = ({
  state,
  type,
  cursor,
  signal,
}: Place & { state: string; type: string }): Promise<Page<StripeEventView>> =>
  api.get(at('events'), { query: { state, type, limit: LIMIT, cursor }, signal })
export const replayEvent = (id: string): Promise<unknown> => api.post(at('events', id, 'replay'))
export const replayFailed = (): Promise<unknown> => api.post(at('events', 'replay-failed'))

export const listDiscrepancies = ({ state, cursor, signal }: Place & { state: string }): Promise<Page<Discrepancy>> =>
  api.get(at('discrepancies'), { query: { state, limit: LIMIT, cursor }, signal })
export const resolveDiscrepancy = (id: string, note: string): Promise<Discrepancy> =>
  api.post(at('discrepancies', id, 'resolve'), { note })

export const listRuns = (signal: AbortSignal): Promise<Page<ReconciliationRun>> =>
  api.get(at('reconciliations'), { query: { limit: 10 }, signal })
export const startRun = (): Promise<unknown> => api.post(at('reconcile'))

export const findOrganizations = ({ q, cursor, signal }: Place & { q: string }): Promise<Page<AdminOrganization>> =>
  api.get('/api/admin/organizations', { query: { q, limit: LIMIT, cursor }, signal })
export const getOrganizationBilling = (id: string, signal: AbortSignal): Promise<OrganizationBilling> =>
  api.get(at('organizations', id), { signal })
export const refundInvoice = (id: string, body: RefundInvoice): Promise<unknown> =>
  api.post(at('invoices', id, 'refund'), body)
export const startContract = (body: StartContract): Promise<StartedContract> => api.post(at('subscriptions'), body)

export const getNumbers = ({ from, to }: Range, signal: AbortSignal): Promise<OperatorNumbers> =>
  api.get(at('numbers'), { query: { from, to }, signal })
export const listProviderInvoices = (signal: AbortSignal): Promise<{ data: ProviderInvoice[] }> =>
  api.get(at('provider-invoices'), { signal })
export const writeProviderInvoice = (
  { provider, month }: Pick<ProviderInvoice, 'provider' | 'month'>,
  body: { amount_micros: number; note?: string },
): Promise<ProviderInvoice> => api.put(at('provider-invoices', provider, month), body)
