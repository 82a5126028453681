// What the caller's organization can call with keys of its own, for lists: those who are not known see the platform's.
import { ledgerOf, type ChatCollaborators, type ChatRequest } from '../context.ts'
import type { OwnRegistries } from './own-models.ts'

/** Null where the platform's registries are the caller's, or nothing else can be found out now. */
export async function registriesOfCaller(
  c: ChatRequest,
  { ownModels, policies }: ChatCollaborators,
): Promise<OwnRegistries | null> {
  const principal = c.get('principal')
  if (!ownModels || (principal.kind !== 'user' && principal.kind !== 'api-key')) return null
  const { organizationId } = principal
  try {
    const snapshot = await ledgerOf(c.env, organizationId).policy()
    policies.keep(organizationId, snapshot)
    return snapshot.providerKeys.length > 0 ? await ownModels(c.env, organizationId, snapshot) : null
  } catch (error) {
    c.get('logger').warn('own-models-unknown', { cause: error instanceof Error ? error.name : 'unknown' })
    return null
  }
}
