// Which names of models there are, so that a slip of the pen in a policy or a limit is found when it is made.
import { catalog } from '#shared/catalog/models'
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
