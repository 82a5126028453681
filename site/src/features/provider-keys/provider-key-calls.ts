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

const getPolicy = (signal?: AbortSignal): Promise<PolicyState> => api.get<PolicyState>(POLICY, { signal })

export const getFallback = async (signal: AbortSignal): Promise<boolean> =>
  (await getPolicy(signal)).policy.provider_key_fallback

/** It is one switch, and the last who turns it decides: whatever else was changed meanwhile stays. */
export async function setFallback(on: boolean): Promise<boolean> {
  const { version } = await getPolicy()
  const changed = await api.patch<PolicyState>(POLICY, { version, policy: { provider_key_fallback: on } })
  return changed.policy.provider_key_fallback
}
