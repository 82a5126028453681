// Which names of models there are, so that a slip of the pen in a policy or a limit is found when it is made.
import { catalog } from '#shared/catalog/models'
import type { PolicySnapshot } from '#shared/contracts/policy'
import { systemClock } from '#shared/lib/clock'
import { readCompatibleCatalog } from '#shared/providers/compatible-catalog'

export interface KnownModels {
  has(id: string): boolean
}

interface ModelSettings {
  COMPATIBLE_BASE_URL?: string
  COMPATIBLE_MODELS?: string
}

export function createKnownModels(settings: ModelSettings): KnownModels {
  const own = readCompatibleCatalog(settings, systemClock).models
  return new Set([...catalog, ...own].map(({ id }) => id))
}

/** Which models a server offers that an organization brings, the vault alone knows: there any name may be one. */
export const withOwnServer = (
  models: KnownModels,
  { providerKeys }: Pick<PolicySnapshot, 'providerKeys'>,
): KnownModels =>
  providerKeys.some(({ vendor }) => vendor === 'compatible')
    ? { has: (id) => models.has(id) || id.startsWith('compatible/') }
    : models
