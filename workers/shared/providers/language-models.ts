// The registry of language models: which of the catalogue can be called here, by which adapter. Built once for each
// isolate; `resolve` is on the way of every paid call and is two look-ups in a map.
import { embeddingModels } from '../catalog/embedding-models.ts'
import { wrongKind } from '../catalog/find-model.ts'
import { catalog } from '../catalog/models.ts'
import { moderationModels } from '../catalog/moderation-models.ts'
import { createSeller, type PriceSettings } from '../catalog/price-markup.ts'
import { kindOf, vendorIds, type CatalogModel, type VendorId } from '../contracts/model.ts'
import { invalidRequest, Problem } from '../http/problems.ts'
import { systemClock, type Clock } from '../lib/clock.ts'
import { createAnthropic } from './anthropic/index.ts'
import { compatibleVendors, createCompatible, type CompatibleVendorId } from './compatible/index.ts'
import { readCompatibleCatalog } from './compatible-catalog.ts'
import type { Wait } from './kit/wait.ts'
import { timerWait } from './kit/wait.ts'
import { createOpenAI } from './openai/index.ts'
import { ownLanguageModel } from './own-key-models.ts'
import { collaboratorsFor, priced, type OwnKeys } from './own-keys.ts'
import { createSandbox } from './sandbox/index.ts'
import type { LanguageModel } from './spec/language-model.ts'
import type { LanguageVendor } from './spec/vendor.ts'
import { createWorkersAi, type WorkersAiBinding } from './workers-ai/index.ts'

/** The settings by their names in `.dev.vars.example`; whatever else the environment holds is not looked at. */
export interface LanguageModelSettings extends PriceSettings {
  OPENAI_API_KEY?: string
  OPENAI_BASE_URL?: string
  ANTHROPIC_API_KEY?: string
  ANTHROPIC_BASE_URL?: string
  GEMINI_API_KEY?: string
  GEMINI_BASE_URL?: string
  MISTRAL_API_KEY?: string
  MISTRAL_BASE_URL?: string
  DEEPSEEK_API_KEY?: string
  DEEPSEEK_BASE_URL?: string
  XAI_API_KEY?: string
  XAI_BASE_URL?: string
  GROQ_API_KEY?: string
  GROQ_BASE_URL?: string
  COMPATIBLE_BASE_URL?: string
  COMPATIBLE_API_KEY?: string
  COMPATIBLE_MODELS?: string
  /** `off` leaves the binding unused. */
  WORKERS_AI?: string
  /** `on` (the default) or `off`. */
  SANDBOX?: string
  AI?: WorkersAiBinding
}

interface Collaborators {
  settings: LanguageModelSettings
  fetch?: typeof fetch
  clock?: Clock
  /** How the sandbox keeps its pace; absent: it does not. */
  wait?: Wait
  /** Vendors that one organization has keys for; absent: this is the platform's registry. */
  own?: OwnKeys
  /** Beside `own`: what the platform itself can call. */
  platform?: LanguageModels
}

/** Null where the vendor is not configured. */
type Factory = (collaborators: Collaborators) => LanguageVendor | null

const fromTable =
  (vendor: CompatibleVendorId): Factory =>
  ({ settings, fetch }) => {
    const { keyName, baseURLName, baseURL, quirks } = compatibleVendors[vendor]
    const apiKey = settings[keyName]
    return apiKey ? createCompatible({ apiKey, baseURL: settings[baseURLName] || baseURL, fetch, quirks }) : null
  }

const factories = {
  openai: ({ settings, fetch }) =>
    settings.OPENAI_API_KEY
      ? createOpenAI({ apiKey: settings.OPENAI_API_KEY, baseURL: settings.OPENAI_BASE_URL || undefined, fetch })
      : null,
  anthropic: ({ settings, fetch }) =>
    settings.ANTHROPIC_API_KEY
      ? createAnthropic({
          apiKey: settings.ANTHROPIC_API_KEY,
          baseURL: settings.ANTHROPIC_BASE_URL || undefined,
          fetch,
        })
      : null,
  google: fromTable('google'),
  mistral: fromTable('mistral'),
  deepseek: fromTable('deepseek'),
  xai: fromTable('xai'),
  groq: fromTable('groq'),
  'workers-ai': ({ settings }) =>
    settings.AI && settings.WORKERS_AI !== 'off' ? createWorkersAi({ ai: settings.AI }) : null,
  // They make pictures and say nothing.
  replicate: () => null,
  fal: () => null,
  compatible: ({ settings, fetch }) =>
    settings.COMPATIBLE_BASE_URL
      ? createCompatible({ apiKey: settings.COMPATIBLE_API_KEY ?? '', baseURL: settings.COMPATIBLE_BASE_URL, fetch })
      : null,
  riwaq: ({ settings, wait }) => (settings.SANDBOX === 'off' ? null : createSandbox({ wait })),
} satisfies Record<VendorId, Factory>

export interface ResolvedModel {
  model: CatalogModel
  language: LanguageModel
  /** Called with the organization's own key: its price is zero, and its vendor's troubles are nobody else's. */
  ownKey?: true
  ownKeyId?: string
  /** The same model with the platform's key, for organizations that have decided that it may take over. */
  platform?: () => ResolvedModel | null
}

export interface LanguageModels {
  /** What can be called here: configured and priced, real vendors first. */
  list(): readonly CatalogModel[]
  /** By full id, or by the vendor's own name where only one configured vendor has it. Throws a Problem. */
  resolve(id: string): ResolvedModel
  /** Every configured vendor's model of this bare name, priced ones alone. */
  named?(name: string): ResolvedModel[]
  /** What is wrong with the settings, one sentence each, for the log and the operator. */
  faults: readonly string[]
}

const modelNotFound = (id: string, why: string) =>
  new Problem('model_not_found', `There is no model “${id.slice(0, 200)}” here. ${why}`, { param: 'model' })

function groupByName(models: readonly CatalogModel[]): Map<string, CatalogModel[]> {
  const groups = new Map<string, CatalogModel[]>()
  for (const model of models) groups.set(model.upstream, [...(groups.get(model.upstream) ?? []), model])
  return groups
}

/** Null where the platform itself cannot call it. */
function findIn(models: LanguageModels | undefined, id: string): ResolvedModel | null {
  try {
    return models?.resolve(id) ?? null
  } catch {
    return null
  }
}

const withOwnKeyOf = (
  { model, language }: ResolvedModel,
  { own, platform }: { own: OwnKeys; platform: LanguageModels | undefined },
): ResolvedModel => ({
  model,
  language: ownLanguageModel(language, { vendor: model.vendor, own }),
  ownKey: true,
  ownKeyId: own.idOf(model.vendor),
  platform: () => findIn(platform, model.id),
})

export function createLanguageModels(collaborators: Collaborators): LanguageModels {
  const vendors = new Map<VendorId, LanguageVendor>()
  const { own: ownKeys } = collaborators
  for (const vendor of vendorIds) {
    const built = factories[vendor](collaboratorsFor(vendor, collaborators))
    if (built) vendors.set(vendor, built)
  }
  const { settings } = collaboratorsFor('compatible', collaborators)
  const compatible = readCompatibleCatalog(settings, collaborators.clock ?? systemClock)
  const seller = createSeller(collaborators.settings)
  const real = catalog.filter((model) => model.vendor !== 'riwaq')
  const own = compatible.models.filter((model) => kindOf(model) === 'language')
  const ofOtherKinds = [
    ...embeddingModels,
    ...moderationModels,
    ...compatible.models.filter((row) => !own.includes(row)),
  ]
  const known = [...real, ...own, ...catalog.filter((model) => model.vendor === 'riwaq')]
  const configured = known
    .filter((model) => vendors.has(model.vendor))
    .map((model) => priced(seller.sell(model), ownKeys))
  const callable = configured.filter((model) => model.price !== null)
  const byId = new Map(configured.map((model) => [model.id, model]))
  const byName = groupByName(configured)
  const resolved = new Map<string, ResolvedModel>()

  function find(id: string): CatalogModel {
    const exact = byId.get(id)
    if (exact) return exact
    const candidates = byName.get(id) ?? []
    if (candidates.length === 1) return candidates[0]!
    if (candidates.length > 1)
      throw invalidRequest(`“${id}” is ambiguous: say ${candidates.map((model) => model.id).join(' or ')}.`, 'model')
    const isNamed = (model: CatalogModel) => model.id === id || model.upstream === id
    const ofOtherKind = ofOtherKinds.find(isNamed)
    if (ofOtherKind) throw wrongKind(ofOtherKind)
    const elsewhere = known.find(isNamed)
    throw modelNotFound(
      id,
      elsewhere
        ? `Its vendor (${elsewhere.vendor}) is not configured on this platform.`
        : 'GET /v1/models lists those that there are.',
    )
  }

  function resolve(id: string): ResolvedModel {
    const before = resolved.get(id)
    if (before) return before
    const model = find(id)
    if (!model.price)
      throw new Problem('model_not_priced', `“${model.id}” has no price here, so it cannot be called.`, {
        param: 'model',
      })
    const language = vendors.get(model.vendor)!.language(model.upstream, model)
    const entry = ownKeys?.has(model.vendor)
      ? withOwnKeyOf({ model, language }, { own: ownKeys, platform: collaborators.platform })
      : { model, language }
    resolved.set(id, entry)
    return entry
  }

  return {
    faults: [...compatible.faults, ...seller.faults],
    list: () => callable,
    resolve,
    named: (name) => (byName.get(name) ?? []).filter(({ price }) => price !== null).map(({ id }) => resolve(id)),
  }
}

const perEnvironment = new WeakMap<object, LanguageModels>()

/** The registry of this isolate. `env` is the Worker's own, which lives as long as the isolate. */
export function languageModelsOf(env: LanguageModelSettings): LanguageModels {
  let models = perEnvironment.get(env)
  if (!models) {
    models = createLanguageModels({ settings: env, fetch: (input, init) => fetch(input, init), wait: timerWait })
    perEnvironment.set(env, models)
  }
  return models
}

/**
 * The registry of an organization that brings keys of its own (`createOwnKeys`): its vendors are called with them
 * alone, also those that the platform has no key for, and cost nothing here.
 */
export const modelsFor = ({
  settings,
  own,
  platform = languageModelsOf(settings),
  fetch: send = (input, init) => fetch(input, init),
}: {
  settings: LanguageModelSettings
  own: OwnKeys
  /** What the platform itself can call. */
  platform?: LanguageModels
  fetch?: typeof fetch
}): LanguageModels => createLanguageModels({ settings, own, platform, fetch: send, wait: timerWait })
