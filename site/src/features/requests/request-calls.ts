import type { PolicyState } from '#shared/contracts/organizations'
import type { RequestLogDetail, RequestLogEntry } from '#shared/contracts/requests'
import { api } from '../../api/client.ts'
import type { Page } from '../../api/pages-state.ts'
import type { RequestQuery } from './request-filters.ts'

const AT = '/api/requests'
const one = (id: string) => `${AT}/${encodeURIComponent(id)}`

interface Place {
  cursor: string | null
  signal: AbortSignal
}

export const listRequests = (query: RequestQuery, { cursor, signal }: Place): Promise<Page<RequestLogEntry>> =>
  api.get<Page<RequestLogEntry>>(AT, { query: { limit: 25, cursor, ...query }, signal })

export const getRequest = (id: string, signal: AbortSignal): Promise<RequestLogDetail> =>
  api.get<RequestLogDetail>(one(id), { signal })

export const deleteRequest = (id: string): Promise<unknown> => api.delete(one(id))

/** What the organization has decided to keep. */
export const getLogPolicy = async (signal: AbortSignal) => {
  const { policy } = await api.get<PolicyState>('/api/organizations/current/policy', { signal })
  return { keepsNothing: policy.zero_retention, percent: policy.request_log.sample_percent }
}
