// The models of the operator's own server as rows of the catalogue, from two settings that only count together.
import type { CatalogModel } from '../contracts/model.ts'
import type { Clock } from '../lib/clock.ts'
import { parseCompatibleModels, type CompatibleModel } from './compatible/parse-compatible-models.ts'

interface CompatibleSettings {
  COMPATIBLE_BASE_URL?: string
  COMPATIBLE_MODELS?: string
}

/** Nobody knows what another server's model can: everything is passed on, and what it refuses comes back as its 400. */
const compatibleAbilities: CatalogModel['abilities'] = [
  'vision',
  'file-input',
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

/** Texts in one call: servers differ, and who takes fewer says so. */
const MAX_INPUTS = 2_048

function toRow({ dimensions, image, ...model }: CompatibleModel, clock: Clock): CatalogModel {
  const hears = model.price?.prices.audio_input_tokens !== undefined
  const shared = {
    ...model,
    id: `compatible/${model.id}`,
    vendor: 'compatible' as const,
    upstream: model.id,
    name: model.id,
    priceSource: 'COMPATIBLE_MODELS',
    priceCheckedAt: new Date(clock()).toISOString().slice(0, 10),
  }
  if (image) return { ...shared, abilities: image.maxInputImages > 0 ? ['vision'] : [], image }
  return model.kind === 'embedding'
    ? {
        ...shared,
        abilities: [],
        embedding: { dimensions: dimensions ?? null, shortens: true, maxInputs: MAX_INPUTS, takesTokens: true },
      }
    : { ...shared, abilities: hears ? [...compatibleAbilities, 'audio-input'] : compatibleAbilities }
}

/** `models`: those of every kind. */
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
  return { models: models.map((model) => toRow(model, clock)), faults }
}
