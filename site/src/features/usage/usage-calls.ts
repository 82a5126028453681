import type { SummaryBy } from '#shared/contracts/ledger'
import type { UsageBudget, UsageEntry, UsageSummaryRow } from '#shared/contracts/usage'
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
