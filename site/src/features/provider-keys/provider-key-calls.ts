import type { PolicyState } from '#shared/contracts/organizations'
import type { CreateProviderKey, ProviderKey, ProviderKeyTest } from '#shared/contracts/vault'
import { api } from '../../api/client.ts'
import type { Page } from '../../api/pages-state.ts'

const HOME = '/api/provider-keys'
const POLICY = '/api/organizations/current/policy'
const at = (id: string) => `${HOME}/${encodeURIComponent(id)}`

export const listProviderKeys = async (signal: AbortSignal): Promise<ProviderKey[]> =>
  (await api.get<Page<ProviderKey>>(HOME, { signal })).data

/** In place of the one that there is for this vendor. */
export const saveProviderKey = (body: CreateProviderKey): Promise<ProviderKey> => api.post(HOME, body)
export const deleteProviderKey = (id: string): Promise<unknown> => api.delete(at(id))
export const testProviderKey = (id: string): Promise<ProviderKeyTest> => api.post(`${at(id)}/test`)

export const getFallback = async (signal: AbortSignal): Promise<boolean> =>
  (await api.get<PolicyState>(POLICY, { signal })).policy.provider_key_fallback

/** Without a version: it is one switch, and the last who turns it decides. */
export const setFallback = async (on: boolean): Promise<boolean> =>
  (await api.patch<PolicyState>(POLICY, { policy: { provider_key_fallback: on } })).policy.provider_key_fallback
