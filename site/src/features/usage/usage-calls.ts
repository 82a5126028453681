import type { SummaryBy } from '#shared/contracts/ledger'
import type {
  SeriesBy,
  UsageAlerts,
  UsageBudget,
  UsageEntry,
  UsageForecast,
  UsageSeries,
  UsageSummaryRow,
} from '#shared/contracts/usage'
import { api } from '../../api/client.ts'
import type { Page } from '../../api/pages-state.ts'
import type { Range } from './period.ts'

interface EntriesInput {
  limit: number
  cursor: string | null
  requestId?: string | null
  signal?: AbortSignal
}

export const listEntries = ({ limit, cursor, requestId, signal }: EntriesInput): Promise<Page<UsageEntry>> =>
  api.get<Page<UsageEntry>>('/api/usage/entries', { query: { limit, cursor, request_id: requestId }, signal })

export const getSummary = async ({
  from,
  to,
  by,
  signal,
}: Range & { by: SummaryBy; signal?: AbortSignal }): Promise<UsageSummaryRow[]> =>
  (await api.get<{ data: UsageSummaryRow[] }>('/api/usage/summary', { query: { from, to, by }, signal })).data

export const listBudgets = async (signal: AbortSignal): Promise<UsageBudget[]> =>
  (await api.get<Page<UsageBudget>>('/api/usage/budgets', { signal })).data

export const getSeries = ({
  from,
  to,
  by,
  limit,
  signal,
}: Range & { by: SeriesBy; limit: number; signal?: AbortSignal }): Promise<UsageSeries> =>
  api.get<UsageSeries>('/api/usage/series', { query: { from, to, by, limit }, signal })

export const getForecast = (signal: AbortSignal): Promise<UsageForecast> =>
  api.get<UsageForecast>('/api/usage/forecast', { signal })

export const getAlerts = (signal: AbortSignal): Promise<UsageAlerts> =>
  api.get<UsageAlerts>('/api/usage/alerts', { signal })

export const setAlerts = (percents: number[]): Promise<UsageAlerts> =>
  api.put<UsageAlerts>('/api/usage/alerts', { percents })
