// The registry of moderation models: which of them can be called here, by which adapter.
import { embeddingModels } from '../catalog/embedding-models.ts'
import { createModelFinder } from '../catalog/find-model.ts'
import { catalog } from '../catalog/models.ts'
import { moderationModels } from '../catalog/moderation-models.ts'
import { createSeller, type PriceSettings } from '../catalog/price-markup.ts'
import type { CatalogModel, VendorId } from '../contracts/model.ts'
import { Problem } from '../http/problems.ts'
import { createOpenAIModeration } from './openai/moderation.ts'
import { createNativePost } from './openai/native-post.ts'
import { withOwnKey } from './own-key-models.ts'
import { collaboratorsFor, priced, type OwnKeys } from './own-keys.ts'
import { createSandboxModeration } from './sandbox/moderation/moderate.ts'
import type { ModerationModel } from './spec/moderation-model.ts'

export interface ModerationModelSettings extends PriceSettings {
  OPENAI_API_KEY?: string
  OPENAI_BASE_URL?: string
  /** `on` (the default) or `off`. */
  SANDBOX?: string
}

interface Collaborators {
  settings: ModerationModelSettings
  fetch?: typeof fetch
  /** Vendors that one organization has keys for; absent: this is the platform's registry. */
  own?: OwnKeys
}

type Build = (modelId: string) => ModerationModel

/** Null where the vendor is not configured. */
const vendors: Partial<Record<VendorId, (collaborators: Collaborators) => Build | null>> = {
  openai: ({ settings, fetch }) => {
    const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseURL } = settings
    if (!apiKey) return null
    const post = createNativePost({ apiKey, baseURL: baseURL || undefined, fetch }, '/moderations')
    return (modelId) => createOpenAIModeration({ modelId, post, secret: apiKey })
  },
  riwaq: ({ settings }) => (settings.SANDBOX === 'off' ? null : createSandboxModeration),
}

export interface ResolvedModeration {
  model: CatalogModel
  moderation: ModerationModel
  ownKey?: true
}

export interface ModerationModels {
  list(): readonly CatalogModel[]
  /** By id or bare name; null: the first that is configured, a real one before the sandbox's. Throws a Problem. */
  resolve(id: string | null): ResolvedModeration
}

const noneConfigured = () =>
  new Problem('model_not_found', 'No moderation model is configured on this platform.', { param: 'model' })

export function createModerationModels(collaborators: Collaborators): ModerationModels {
  const builds = new Map<VendorId, Build>()
  for (const vendor of Object.keys(vendors) as VendorId[]) {
    const build = vendors[vendor]!(collaboratorsFor(vendor, collaborators))
    if (build) builds.set(vendor, build)
  }
  const { own } = collaborators
  const { sell } = createSeller(collaborators.settings)
  const configured = moderationModels
    .filter((model) => builds.has(model.vendor))
    .map((model) => priced(sell(model), own))
  const finder = createModelFinder({
    kind: 'moderation',
    configured,
    known: [...moderationModels, ...catalog, ...embeddingModels],
  })
  return {
    list: () => configured,
    resolve(id) {
      const model = id === null ? configured[0] : finder.find(id)
      if (!model) throw noneConfigured()
      const { vendor } = model
      const moderation = builds.get(vendor)!(model.upstream)
      if (!own?.has(vendor)) return { model, moderation }
      const moderate: ModerationModel['moderate'] = (...asked) =>
        withOwnKey({ vendor, own }, () => moderation.moderate(...asked))
      return { model, moderation: { ...moderation, moderate }, ownKey: true }
    },
  }
}

const perEnvironment = new WeakMap<object, ModerationModels>()

/** The registry of this isolate. `env` is the Worker's own, which lives as long as the isolate. */
export function moderationModelsOf(env: ModerationModelSettings): ModerationModels {
  let models = perEnvironment.get(env)
  if (!models) {
    models = createModerationModels({ settings: env, fetch: (input, init) => fetch(input, init) })
    perEnvironment.set(env, models)
  }
  return models
}
