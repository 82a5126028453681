// The models of the operator's own server as rows of the catalogue, from two settings that only count together.
import type { CatalogModel } from '../contracts/model.ts'
import type { Clock } from '../lib/clock.ts'
import { parseCompatibleModels } from './compatible/parse-compatible-models.ts'

interface CompatibleSettings {
  COMPATIBLE_BASE_URL?: string
  COMPATIBLE_MODELS?: string
}

/** Nobody knows what another server's model can: everything is passed on, and what it refuses comes back as its 400. */
const compatibleAbilities: CatalogModel['abilities'] = [
  'vision',
  'tools',
  'parallel-tools',
  'json',
  'json-schema',
  'reasoning',
  'effort',
  'stop',
  'temperature',
  'penalties',
  'seed',
]

export function readCompatibleCatalog(
  settings: CompatibleSettings,
  clock: Clock,
): { models: CatalogModel[]; faults: string[] } {
  if (!settings.COMPATIBLE_MODELS) {
    return {
      models: [],
      faults: settings.COMPATIBLE_BASE_URL
        ? ['COMPATIBLE_BASE_URL is set but COMPATIBLE_MODELS is not, so none of its models is offered.']
        : [],
    }
  }
  const { models, faults } = parseCompatibleModels(settings.COMPATIBLE_MODELS)
  if (!settings.COMPATIBLE_BASE_URL)
    return {
      models: [],
      faults: [...faults, 'COMPATIBLE_MODELS is set but COMPATIBLE_BASE_URL is not, so none of its models is offered.'],
    }
  const rows = models.map((model): CatalogModel => ({
    ...model,
    id: `compatible/${model.id}`,
    vendor: 'compatible',
    upstream: model.id,
    name: model.id,
    abilities: compatibleAbilities,
    priceSource: 'COMPATIBLE_MODELS',
    priceCheckedAt: new Date(clock()).toISOString().slice(0, 10),
  }))
  return { models: rows, faults }
}
