// Vendors' keys that an organization brings.
import { CreateProviderKey, ProviderKey, ProviderKeyPage, ProviderKeyTest } from '../../contracts/vault.ts'
import { pathId, type Route } from '../route.ts'

const providerKeys = { tag: 'provider-keys', access: 'session' } as const
const keyId = pathId('id', 'The provider key.')

export const providerKeyRoutes: Route[] = [
  {
    ...providerKeys,
    method: 'post',
    path: '/api/provider-keys',
    id: 'saveProviderKey',
    summary: 'Bring a key of your own',
    description:
      'For owners and admins; no API key opens this. It takes the place of the one that there is for the same provider, and is used from the next call on.',
    request: { schema: CreateProviderKey, example: { vendor: 'openai', api_key: 'sk-…' } },
    answers: [{ status: 201, description: 'The key, without the key itself.', schema: ProviderKey }],
    problems: ['service_unavailable'],
  },
  {
    ...providerKeys,
    method: 'get',
    path: '/api/provider-keys',
    id: 'listProviderKeys',
    summary: 'The provider keys of your organization',
    answers: [{ status: 200, description: 'All of them, one for each provider at the most.', schema: ProviderKeyPage }],
  },
  {
    ...providerKeys,
    method: 'delete',
    path: '/api/provider-keys/{id}',
    id: 'deleteProviderKey',
    summary: 'Delete a provider key',
    description: 'No call uses it from the moment of this answer.',
    parameters: [keyId],
    answers: [{ status: 200, description: 'The key that is gone.', schema: ProviderKey }],
    problems: ['not_found', 'service_unavailable'],
  },
  {
    ...providerKeys,
    method: 'post',
    path: '/api/provider-keys/{id}/test',
    id: 'testProviderKey',
    summary: 'Try a provider key',
    description: 'Asks the provider for the list of its models, which costs nothing.',
    parameters: [keyId],
    answers: [{ status: 200, description: 'Whether the provider takes it, and why not.', schema: ProviderKeyTest }],
    problems: ['not_found'],
  },
]
