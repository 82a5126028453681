// The registry of embedding models: which of the catalogue can be called here, by which adapter.
import { embeddingModels } from '../catalog/embedding-models.ts'
import { createModelFinder } from '../catalog/find-model.ts'
import { catalog } from '../catalog/models.ts'
import { moderationModels } from '../catalog/moderation-models.ts'
import { createSeller, type PriceSettings } from '../catalog/price-markup.ts'
import { kindOf, type CatalogModel, type EmbeddingTraits, type VendorId } from '../contracts/model.ts'
import { Problem } from '../http/problems.ts'
import { systemClock, type Clock } from '../lib/clock.ts'
import { compatibleVendors } from './compatible/index.ts'
import { createPost } from './compatible/post.ts'
import { readCompatibleCatalog } from './compatible-catalog.ts'
import {
  createEmbeddingModel,
  openAIEmbeddingQuirks,
  type EmbeddingQuirks,
} from './kit/openai-protocol/embedding-model.ts'
import { createNativePost } from './openai/native-post.ts'
import { withOwnKey } from './own-key-models.ts'
import { collaboratorsFor, priced, type OwnKeys } from './own-keys.ts'
import { createSandboxEmbedding } from './sandbox/embedding.ts'
import type { EmbeddingModel } from './spec/embedding-model.ts'
import { createWorkersAiEmbedding } from './workers-ai/embedding.ts'
import type { WorkersAiBinding } from './workers-ai/index.ts'

/** The settings by their names in `.dev.vars.example`. */
export interface EmbeddingModelSettings extends PriceSettings {
  OPENAI_API_KEY?: string
  OPENAI_BASE_URL?: string
  GEMINI_API_KEY?: string
  GEMINI_BASE_URL?: string
  MISTRAL_API_KEY?: string
  MISTRAL_BASE_URL?: string
  COMPATIBLE_BASE_URL?: string
  COMPATIBLE_API_KEY?: string
  COMPATIBLE_MODELS?: string
  WORKERS_AI?: string
  SANDBOX?: string
  AI?: WorkersAiBinding
}

interface Collaborators {
  settings: EmbeddingModelSettings
  fetch?: typeof fetch
  clock?: Clock
  /** Vendors that one organization has keys for; absent: this is the platform's registry. */
  own?: OwnKeys
}

type Build = (modelId: string, traits: EmbeddingTraits) => EmbeddingModel
/** Null where the vendor is not configured. */
type Factory = (collaborators: Collaborators) => Build | null

const PATH = '/embeddings'

const quirks = {
  google: { ...openAIEmbeddingQuirks, label: 'Google', base64: false, endUser: null },
  mistral: { ...openAIEmbeddingQuirks, label: 'Mistral', base64: false, dimensions: null, endUser: null },
  compatible: { ...openAIEmbeddingQuirks, label: 'The model’s server', base64: false },
} satisfies Partial<Record<VendorId, EmbeddingQuirks>>

const fromTable =
  (vendor: 'google' | 'mistral'): Factory =>
  ({ settings, fetch }) => {
    const { keyName, baseURLName, baseURL } = compatibleVendors[vendor]
    const apiKey = settings[keyName]
    if (!apiKey) return null
    const { label } = quirks[vendor]
    const post = createPost({ apiKey, baseURL: settings[baseURLName] || baseURL, fetch, label }, PATH)
    return (modelId, traits) => createEmbeddingModel({ modelId, traits, post, quirks: quirks[vendor], secret: apiKey })
  }

const factories: Partial<Record<VendorId, Factory>> = {
  openai: ({ settings, fetch }) => {
    const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseURL } = settings
    if (!apiKey) return null
    const post = createNativePost({ apiKey, baseURL: baseURL || undefined, fetch }, PATH)
    return (modelId, traits) =>
      createEmbeddingModel({ modelId, traits, post, quirks: openAIEmbeddingQuirks, secret: apiKey })
  },
  google: fromTable('google'),
  mistral: fromTable('mistral'),
  'workers-ai': ({ settings: { AI: ai, WORKERS_AI } }) =>
    ai && WORKERS_AI !== 'off' ? (modelId) => createWorkersAiEmbedding({ ai, modelId }) : null,
  compatible: ({ settings, fetch }) => {
    const { COMPATIBLE_BASE_URL: baseURL, COMPATIBLE_API_KEY: apiKey = '' } = settings
    if (!baseURL) return null
    const post = createPost({ apiKey, baseURL, fetch, label: quirks.compatible.label }, PATH)
    return (modelId, traits) =>
      createEmbeddingModel({ modelId, traits, post, quirks: quirks.compatible, secret: apiKey || undefined })
  },
  riwaq: ({ settings }) =>
    settings.SANDBOX === 'off' ? null : (_modelId, { dimensions }) => createSandboxEmbedding(dimensions ?? 512),
}

export interface ResolvedEmbedding {
  model: CatalogModel & { embedding: EmbeddingTraits }
  embedding: EmbeddingModel
  ownKey?: true
}

export interface EmbeddingModels {
  /** What can be called here: configured and priced, the sandbox last. */
  list(): readonly CatalogModel[]
  /** By full id, or by the vendor's own name where only one configured vendor has it. Throws a Problem. */
  resolve(id: string): ResolvedEmbedding
}

const hasTraits = (model: CatalogModel): model is ResolvedEmbedding['model'] => model.embedding !== undefined

export function createEmbeddingModels(collaborators: Collaborators): EmbeddingModels {
  const builds = new Map<VendorId, Build>()
  for (const vendor of Object.keys(factories) as VendorId[]) {
    const build = factories[vendor]!(collaboratorsFor(vendor, collaborators))
    if (build) builds.set(vendor, build)
  }
  const { own: ownKeys } = collaborators
  const { settings } = collaboratorsFor('compatible', collaborators)
  const compatible = readCompatibleCatalog(settings, collaborators.clock ?? systemClock).models
  const own = compatible.filter((model) => kindOf(model) === 'embedding')
  const real = embeddingModels.filter(({ vendor }) => vendor !== 'riwaq')
  const offered = [...real, ...own, ...embeddingModels.filter(({ vendor }) => vendor === 'riwaq')]
  const { sell } = createSeller(collaborators.settings)
  const configured = offered.filter(({ vendor }) => builds.has(vendor)).map((model) => priced(sell(model), ownKeys))
  const finder = createModelFinder({
    kind: 'embedding',
    configured,
    known: [...offered, ...catalog, ...moderationModels, ...compatible],
  })
  return {
    list: () => configured.filter(({ price }) => price !== null),
    resolve(id) {
      const model = finder.find(id)
      if (!model.price || !hasTraits(model))
        throw new Problem('model_not_priced', `“${model.id}” has no price here, so it cannot be called.`, {
          param: 'model',
        })
      const { vendor } = model
      const embedding = builds.get(vendor)!(model.upstream, model.embedding)
      if (!ownKeys?.has(vendor)) return { model, embedding }
      const embed: EmbeddingModel['embed'] = (...asked) =>
        withOwnKey({ vendor, own: ownKeys }, () => embedding.embed(...asked))
      return { model, embedding: { embed }, ownKey: true }
    },
  }
}

const perEnvironment = new WeakMap<object, EmbeddingModels>()

/** The registry of this isolate. `env` is the Worker's own, which lives as long as the isolate. */
export function embeddingModelsOf(env: EmbeddingModelSettings): EmbeddingModels {
  let models = perEnvironment.get(env)
  if (!models) {
    models = createEmbeddingModels({ settings: env, fetch: (input, init) => fetch(input, init) })
    perEnvironment.set(env, models)
  }
  return models
}
