import type { AccountLimits, AccountLimitsList, SetLimits } from '#shared/contracts/limits'
import type { Member } from '#shared/contracts/organizations'
import { api } from '../../api/client.ts'
import { readAll } from '../../api/read-all.ts'

const HOME = '/api/organizations/current'
const at = (account: string) => `${HOME}/limits/${encodeURIComponent(account)}`

export const listLimits = async (signal: AbortSignal): Promise<AccountLimits[]> =>
  (await api.get<AccountLimitsList>(`${HOME}/limits`, { signal })).data

export const listMembers = (signal: AbortSignal): Promise<Member[]> => readAll<Member>(`${HOME}/members`, { signal })

export const setLimits = (account: string, limits: SetLimits): Promise<AccountLimits> =>
  api.put<AccountLimits>(at(account), limits)

export const liftLimits = (account: string): Promise<unknown> => api.delete(at(account))
