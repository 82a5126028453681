import { api } from '../../api/client.ts'
import type { Page } from '../../api/pages-state.ts'
import type { Range } from './period.ts'
import type { Entry, SummaryBy, SummaryRow } from './usage-wire.ts'

interface EntriesInput {
  limit: number
  cursor: string | null
  requestId?: string | null
  signal?: AbortSignal
}

export const listEntries = ({ limit, cursor, requestId, signal }: EntriesInput): Promise<Page<Entry>> =>
  api.get<Page<Entry>>('/api/usage/entries', { query: { limit, cursor, request_id: requestId }, signal })

export const getSummary = async ({ from, to, by, signal }: Range & { by: SummaryBy; signal?: AbortSignal }): Promise<SummaryRow[]> =>
  (await api.get<{ data: SummaryRow[] }>('/api/usage/summary', { query: { from, to, by }, signal })).data
