// Which models that make pictures can be called here, and at which price: without their adapters, so that whoever only
// lists them carries none.
import { embeddingModels } from '../catalog/embedding-models.ts'
import { createModelFinder } from '../catalog/find-model.ts'
import { imageModels } from '../catalog/image-models.ts'
import { catalog } from '../catalog/models.ts'
import { moderationModels } from '../catalog/moderation-models.ts'
import { createSeller, type PriceSettings } from '../catalog/price-markup.ts'
import { kindOf, type CatalogModel, type ImageTraits, type VendorId } from '../contracts/model.ts'
import { Problem } from '../http/problems.ts'
import { systemClock, type Clock } from '../lib/clock.ts'
import { readCompatibleCatalog } from './compatible-catalog.ts'
import { collaboratorsFor, priced, type OwnKeys } from './own-keys.ts'
import type { WorkersAiBinding } from './workers-ai/index.ts'

/** The settings by their names in `.dev.vars.example`. */
export interface ImageModelSettings extends PriceSettings {
  OPENAI_API_KEY?: string
  OPENAI_BASE_URL?: string
  GEMINI_API_KEY?: string
  GEMINI_BASE_URL?: string
  COMPATIBLE_BASE_URL?: string
  COMPATIBLE_API_KEY?: string
  COMPATIBLE_MODELS?: string
  REPLICATE_API_TOKEN?: string
  REPLICATE_BASE_URL?: string
  FAL_KEY?: string
  FAL_BASE_URL?: string
  /** Vendors whose keys another Worker holds, comma-separated: for who lists their models and never calls them. */
  IMAGE_VENDORS?: string
  WORKERS_AI?: string
  SANDBOX?: string
  /** Unset, or this machine's: links of a server on this machine may be fetched. */
  PUBLIC_URL?: string
  AI?: WorkersAiBinding
}

export type CallableImageModel = CatalogModel & { image: ImageTraits }

export interface ImageCatalogCollaborators {
  settings: ImageModelSettings
  fetch?: typeof fetch
  clock?: Clock
  /** Vendors that one organization has keys for; absent: the platform's own. */
  own?: OwnKeys
}

const isNamed = ({ IMAGE_VENDORS }: ImageModelSettings, vendor: VendorId): boolean =>
  (IMAGE_VENDORS ?? '').split(',').some((name) => name.trim() === vendor)

const configuredBy: Partial<Record<VendorId, (settings: ImageModelSettings) => boolean>> = {
  openai: ({ OPENAI_API_KEY }) => Boolean(OPENAI_API_KEY),
  google: ({ GEMINI_API_KEY }) => Boolean(GEMINI_API_KEY),
  'workers-ai': ({ AI, WORKERS_AI }) => AI !== undefined && WORKERS_AI !== 'off',
  replicate: (settings) => Boolean(settings.REPLICATE_API_TOKEN) || isNamed(settings, 'replicate'),
  fal: (settings) => Boolean(settings.FAL_KEY) || isNamed(settings, 'fal'),
  compatible: ({ COMPATIBLE_BASE_URL }) => Boolean(COMPATIBLE_BASE_URL),
  riwaq: ({ SANDBOX }) => SANDBOX !== 'off',
}

export interface ImageCatalog {
  /** What can be called here: configured and priced, real vendors first. */
  list(): readonly CallableImageModel[]
  /** By full id, or by the vendor's own name where only one configured vendor has it. Throws a Problem. */
  find(id: string): CallableImageModel
  /** The one that is taken where none is named. Throws a Problem where there is none. */
  default(): CallableImageModel
}

const hasTraits = (model: CatalogModel): model is CallableImageModel => model.image !== undefined

const notPriced = ({ id }: CatalogModel) =>
  new Problem('model_not_priced', `“${id}” has no price here, so it cannot be called.`, { param: 'model' })

const noneConfigured = () =>
  new Problem('model_not_found', 'No model that makes pictures is configured on this platform.', { param: 'model' })

export function createImageCatalog(collaborators: ImageCatalogCollaborators): ImageCatalog {
  const { own, clock = systemClock } = collaborators
  const settingsOf = (vendor: VendorId) => collaboratorsFor(vendor, collaborators).settings
  const isConfigured = ({ vendor }: CatalogModel) => configuredBy[vendor]?.(settingsOf(vendor)) ?? false
  const compatible = readCompatibleCatalog(settingsOf('compatible'), clock).models
  const ofOwnServer = compatible.filter((model) => kindOf(model) === 'image')
  const isSandbox = ({ vendor }: CatalogModel) => vendor === 'riwaq'
  const offered: CatalogModel[] = [
    ...imageModels.filter((model) => !isSandbox(model)),
    ...ofOwnServer,
    ...imageModels.filter(isSandbox),
  ]
  const { sell } = createSeller(collaborators.settings)
  const configured = offered.filter(isConfigured).map((model) => priced(sell(model), own))
  const callable = configured.filter(hasTraits).filter(({ price }) => price !== null)
  const finder = createModelFinder({
    kind: 'image',
    configured,
    known: [...offered, ...catalog, ...embeddingModels, ...moderationModels, ...compatible],
  })
  return {
    list: () => callable,
    default() {
      const [first] = callable
      if (!first) throw noneConfigured()
      return first
    },
    find(id) {
      const model = finder.find(id)
      if (!model.price || !hasTraits(model)) throw notPriced(model)
      return model
    },
  }
}

const perEnvironment = new WeakMap<object, ImageCatalog>()

/** The catalogue of this isolate. `env` is the Worker's own, which lives as long as the isolate. */
export function imageCatalogOf(env: ImageModelSettings): ImageCatalog {
  let models = perEnvironment.get(env)
  if (!models) {
    models = createImageCatalog({ settings: env })
    perEnvironment.set(env, models)
  }
  return models
}
