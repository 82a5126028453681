// The registry of models that make pictures: which of the catalogue can be called here, by which adapter.
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
import { withOwnKey } from './own-key-models.ts'
import { collaboratorsFor, priced, type OwnKeys } from './own-keys.ts'
import type { ImageModel } from './spec/image-model.ts'
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
  WORKERS_AI?: string
  SANDBOX?: string
  /** Unset, or this machine's: links of a server on this machine may be fetched. */
  PUBLIC_URL?: string
  AI?: WorkersAiBinding
}

export type CallableImageModel = CatalogModel & { image: ImageTraits }

/** Draws what the sandbox shows. Only a Worker's entry can load what it takes, so it is handed in. */
export type SandboxDrawing = (drawing: { svg: string; width: number; height: number }) => Promise<Uint8Array>

interface Collaborators {
  settings: ImageModelSettings
  fetch?: typeof fetch
  clock?: Clock
  /** Vendors that one organization has keys for; absent: this is the platform's registry. */
  own?: OwnKeys
  /** Absent: nobody can draw here, so the sandbox's models are listed and cannot be called. */
  sandbox?: SandboxDrawing
}

type Build = (modelId: string, traits: ImageTraits) => ImageModel
/** Null where the vendor is not configured. */
type Factory = (collaborators: Collaborators) => Build | null

const factories: Partial<Record<VendorId, Factory>> = {}

export interface ResolvedImage {
  model: CallableImageModel
  image: ImageModel
  ownKey?: true
}

export interface ImageModels {
  /** What can be called here: configured and priced, real vendors first. */
  list(): readonly CallableImageModel[]
  /** By full id, or by the vendor's own name where only one configured vendor has it. Throws a Problem. */
  resolve(id: string): ResolvedImage
  /** The one that is taken where none is named. Throws a Problem where there is none. */
  default(): CallableImageModel
}

const hasTraits = (model: CatalogModel): model is CallableImageModel => model.image !== undefined

function ownImageModel(image: ImageModel, vendor: VendorId, own: OwnKeys): ImageModel {
  const of = { vendor, own }
  if (image.delivery === 'direct')
    return { delivery: 'direct', generate: (...asked) => withOwnKey(of, () => image.generate(...asked)) }
  return {
    delivery: 'job',
    start: (...asked) => withOwnKey(of, () => image.start(...asked)),
    poll: (...asked) => withOwnKey(of, () => image.poll(...asked)),
    cancel: (...asked) => withOwnKey(of, () => image.cancel(...asked)),
  }
}

export function createImageModels(collaborators: Collaborators): ImageModels {
  const builds = new Map<VendorId, Build>()
  for (const vendor of Object.keys(factories) as VendorId[]) {
    const build = factories[vendor]!(collaboratorsFor(vendor, collaborators))
    if (build) builds.set(vendor, build)
  }
  const { own: ownKeys } = collaborators
  const { settings } = collaboratorsFor('compatible', collaborators)
  const compatible = readCompatibleCatalog(settings, collaborators.clock ?? systemClock).models
  const own = compatible.filter((model) => kindOf(model) === 'image')
  const real = imageModels.filter(({ vendor }) => vendor !== 'riwaq')
  const offered: CatalogModel[] = [...real, ...own, ...imageModels.filter(({ vendor }) => vendor === 'riwaq')]
  const { sell } = createSeller(collaborators.settings)
  const configured = offered.filter(({ vendor }) => builds.has(vendor)).map((model) => priced(sell(model), ownKeys))
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
      if (first) return first
      throw new Problem('model_not_found', 'No model that makes pictures is configured on this platform.', {
        param: 'model',
      })
    },
    resolve(id) {
      const model = finder.find(id)
      if (!model.price || !hasTraits(model))
        throw new Problem('model_not_priced', `“${model.id}” has no price here, so it cannot be called.`, {
          param: 'model',
        })
      const { vendor } = model
      const image = builds.get(vendor)!(model.upstream, model.image)
      if (!ownKeys?.has(vendor)) return { model, image }
      return { model, image: ownImageModel(image, vendor, ownKeys), ownKey: true }
    },
  }
}

const perEnvironment = new WeakMap<object, ImageModels>()

/** The registry of this isolate. `env` is the Worker's own, which lives as long as the isolate. */
export function imageModelsOf(env: ImageModelSettings, { sandbox }: { sandbox?: SandboxDrawing } = {}): ImageModels {
  let models = perEnvironment.get(env)
  if (!models) {
    models = createImageModels({ settings: env, sandbox, fetch: (input, init) => fetch(input, init) })
    perEnvironment.set(env, models)
  }
  return models
}
