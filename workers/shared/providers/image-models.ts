// The registry of models that make pictures: which of the catalogue can be called here, by which adapter.
import type { ImageTraits, VendorId } from '../contracts/model.ts'
import { serviceUnavailable } from '../http/problems.ts'
import { isLocalPlatform } from '../lib/local-platform.ts'
import { createCompatibleImages } from './compatible/image.ts'
import { createFal } from './fal/index.ts'
import { createGoogleImages } from './google/image.ts'
import {
  createImageCatalog,
  type CallableImageModel,
  type ImageCatalog,
  type ImageCatalogCollaborators,
  type ImageModelSettings,
} from './image-catalog.ts'
import { createOpenAIImages } from './openai/image.ts'
import { withOwnKey } from './own-key-models.ts'
import { collaboratorsFor, type OwnKeys } from './own-keys.ts'
import { createReplicate } from './replicate/index.ts'
import { createSandboxImages, type SandboxDrawing } from './sandbox/image/index.ts'
import type { ImageModel } from './spec/image-model.ts'
import { createWorkersAiImages } from './workers-ai/image.ts'

export type { CallableImageModel, ImageModelSettings } from './image-catalog.ts'
export type { SandboxDrawing } from './sandbox/image/index.ts'

interface Collaborators extends ImageCatalogCollaborators {
  /** Draws what the sandbox shows. Only a Worker's entry can load what it takes, so it is handed in. */
  sandbox?: SandboxDrawing
}

interface ImageVendor {
  image(modelId: string, traits: ImageTraits): ImageModel
}

interface VendorCollaborators extends Collaborators {
  /** The platform itself runs on somebody's machine: links of vendors may lead to that machine. */
  local: boolean
}

/** Asked only for vendors that are configured. */
const factories: Partial<Record<VendorId, (collaborators: VendorCollaborators) => ImageVendor>> = {
  openai: ({ settings, fetch }) =>
    createOpenAIImages({ apiKey: settings.OPENAI_API_KEY!, baseURL: settings.OPENAI_BASE_URL || undefined, fetch }),
  google: ({ settings, fetch }) =>
    createGoogleImages({ apiKey: settings.GEMINI_API_KEY!, baseURL: settings.GEMINI_BASE_URL || undefined, fetch }),
  'workers-ai': ({ settings }) => createWorkersAiImages({ ai: settings.AI! }),
  replicate: ({ settings, fetch, local }) =>
    createReplicate({
      apiKey: settings.REPLICATE_API_TOKEN!,
      baseURL: settings.REPLICATE_BASE_URL || undefined,
      fetch,
      local,
    }),
  fal: ({ settings, fetch, local }) =>
    createFal({
      apiKey: settings.FAL_KEY!,
      baseURL: settings.FAL_BASE_URL || undefined,
      fetch,
      local,
    }),
  compatible: ({ settings, fetch, local }) =>
    createCompatibleImages({
      apiKey: settings.COMPATIBLE_API_KEY ?? '',
      baseURL: settings.COMPATIBLE_BASE_URL!,
      fetch,
      local,
    }),
  riwaq: ({ sandbox, clock }) => {
    if (!sandbox) throw serviceUnavailable('The sandbox’s painter', 'no drawing engine was handed in')
    return createSandboxImages({ draw: sandbox, now: clock })
  },
}

export interface ResolvedImage {
  model: CallableImageModel
  image: ImageModel
  /** Called with the organization's own key: its price is zero. */
  ownKey?: true
}

export interface ImageModels extends Omit<ImageCatalog, 'find'> {
  /** By full id, or by the vendor's own name where only one configured vendor has it. Throws a Problem. */
  resolve(id: string): ResolvedImage
}

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
  const { find, ...models } = createImageCatalog(collaborators)
  const { own } = collaborators
  const local = isLocalPlatform(collaborators.settings.PUBLIC_URL)
  const vendors = new Map<VendorId, ImageVendor>()
  function vendorOf(vendor: VendorId): ImageVendor {
    const before = vendors.get(vendor)
    if (before) return before
    const built = factories[vendor]!({
      ...collaboratorsFor<ImageModelSettings, Collaborators>(vendor, collaborators),
      local,
    })
    vendors.set(vendor, built)
    return built
  }
  return {
    ...models,
    resolve(id) {
      const model = find(id)
      const { vendor } = model
      const image = vendorOf(vendor).image(model.upstream, model.image)
      return own?.has(vendor) ? { model, image: ownImageModel(image, vendor, own), ownKey: true } : { model, image }
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
