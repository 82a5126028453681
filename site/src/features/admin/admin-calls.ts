import type { AdminOrganization, AdminUser, GrantedCredit } from '#shared/contracts/administration'
import type { DeadLetter } from '#shared/contracts/jobs'
import { api } from '../../api/client.ts'
import type { Page } from '../../api/pages-state.ts'
import type { GrantBody } from './grant-form.ts'

interface Search {
  q: string
  cursor: string | null
  signal: AbortSignal
}

const LIMIT = 30

export const listUsers = ({ q, cursor, signal }: Search): Promise<Page<AdminUser>> =>
  api.get<Page<AdminUser>>('/api/admin/users', { query: { q, limit: LIMIT, cursor }, signal })

export const listOrganizations = ({ q, cursor, signal }: Search): Promise<Page<AdminOrganization>> =>
  api.get<Page<AdminOrganization>>('/api/admin/organizations', { query: { q, limit: LIMIT, cursor }, signal })

export const grantCredit = (organizationId: string, body: GrantBody): Promise<GrantedCredit> =>
  api.post<GrantedCredit>(`/api/admin/organizations/${encodeURIComponent(organizationId)}/grant`, body)

export interface Health {
  status: 'ok' | 'degraded'
  services: Record<string, { status: 'up' | 'down' }>
}

export const getHealth = (signal: AbortSignal): Promise<Health> => api.get<Health>('/health', { signal })

export const listDeadLetters = ({ cursor, signal }: Omit<Search, 'q'>): Promise<Page<DeadLetter>> =>
  api.get<Page<DeadLetter>>('/api/images/dead-letters', { query: { limit: LIMIT, cursor }, signal })

/** A new job from the old one's input, paid by whoever had asked first. */
export const retryDeadLetter = (id: string): Promise<DeadLetter> =>
  api.post<DeadLetter>(`/api/images/dead-letters/${encodeURIComponent(id)}/retry`)
