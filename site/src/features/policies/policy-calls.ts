import type { ChangePolicy, PolicyState } from '#shared/contracts/organizations'
import { api } from '../../api/client.ts'

const AT = '/api/organizations/current/policy'

export type PolicyChange = ChangePolicy['policy']

export const getPolicy = (signal?: AbortSignal): Promise<PolicyState> => api.get<PolicyState>(AT, { signal })

/** Refused with `conflict` where another version is present by now. */
export const changePolicy = (version: number, policy: PolicyChange): Promise<PolicyState> =>
  api.patch<PolicyState>(AT, { version, policy })
