import { api } from '../../api/client.ts'
import type { Page } from '../../api/pages-state.ts'
import type { ApiKey, CreatedKey } from '#shared/contracts/keys'
import type { KeyBody } from './key-form.ts'

const at = (id: string) => `/api/keys/${encodeURIComponent(id)}`

export const listKeys = ({ cursor, signal }: { cursor: string | null; signal: AbortSignal }): Promise<Page<ApiKey>> =>
  api.get<Page<ApiKey>>('/api/keys', { query: { limit: 100, cursor }, signal })

export const createKey = (body: Partial<KeyBody>): Promise<CreatedKey> => api.post<CreatedKey>('/api/keys', body)
export const updateKey = (id: string, change: Partial<KeyBody>): Promise<ApiKey> => api.patch<ApiKey>(at(id), change)
export const revokeKey = (id: string): Promise<unknown> => api.delete(at(id))
