import type {
  AuditEvent,
  Invitation,
  Member,
  OrganizationState,
  UpdateMember,
  UpdateOrganization,
} from '#shared/contracts/organizations'
import type { Role } from '#shared/contracts/permissions'
import { api } from '../../api/client.ts'
import type { Page } from '../../api/pages-state.ts'

const HOME = '/api/organizations/current'

interface Place {
  cursor: string | null
  signal: AbortSignal
}

const list =
  <T>(name: string, limit: number) =>
  ({ cursor, signal }: Place): Promise<Page<T>> =>
    api.get<Page<T>>(`${HOME}/${name}`, { query: { limit, cursor }, signal })

const one = (name: string, id: string) => `${HOME}/${name}/${encodeURIComponent(id)}`

export const getOrganization = (signal: AbortSignal): Promise<OrganizationState> =>
  api.get<OrganizationState>(HOME, { signal })
export const updateOrganization = (change: UpdateOrganization): Promise<OrganizationState> =>
  api.patch<OrganizationState>(HOME, change)

export const deleteOrganization = (): Promise<unknown> => api.delete(HOME)

export const listMembers = list<Member>('members', 100)
export const updateMember = (userId: string, change: UpdateMember): Promise<unknown> =>
  api.patch(one('members', userId), change)
export const removeMember = (userId: string): Promise<unknown> => api.delete(one('members', userId))

export const listInvitations = list<Invitation>('invitations', 50)
export const createInvitation = (input: { email: string; role: Role }): Promise<Invitation> =>
  api.post<Invitation>(`${HOME}/invitations`, input)
export const cancelInvitation = (id: string): Promise<unknown> => api.delete(one('invitations', id))

export const listAudit = list<AuditEvent>('audit', 30)
