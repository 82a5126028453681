// Turns the price data of the MIT-licensed package `@earendil-works/pi-ai` into catalogue rows. Pure, so that
// the refresh script stays a shell. Whatever cannot be sold through our endpoints is left out, by a rule
// that is written here.
import { reasoningEfforts, type Ability, type CatalogModel, type VendorId } from '../contracts/model.ts'
import { microsPerMillion, type Price, type UnitPrices } from '../lib/money.ts'

interface SourceCost {
  input: number
  output: number
  cacheRead: number
  cacheWrite: number
  tiers?: ({ inputTokensAbove: number } & Omit<SourceCost, 'tiers'>)[]
}

export interface SourceModel {
  id: string
  name: string
  /** Present in the package's own files. */
  type?: string
  input?: string[]
  cost?: SourceCost
  contextWindow: number
  maxTokens: number | null
  reasoning?: boolean | null
  /** Our effort → theirs; null where the model lacks it. */
  thinkingLevelMap?: Record<string, string | null>
  compat?: { forceAdaptiveThinking?: boolean; supportsTemperature?: boolean }
}

export type GeneratedModel = Omit<CatalogModel, 'priceSource' | 'priceCheckedAt'>

export const sourceNames = {
  openai: 'openai',
  anthropic: 'anthropic',
  google: 'google',
  mistral: 'mistral',
  deepseek: 'deepseek',
  xai: 'xai',
  groq: 'groq',
  'workers-ai': 'cloudflare-workers-ai',
} as const satisfies Partial<Record<VendorId, string>>

export type PricedVendor = keyof typeof sourceNames

/** Only OpenAI's Responses API serves these, or they are not models for conversation. */
const notForChat = [
  /-pro$/,
  /codex/,
  /-cyber$/,
  /daybreak/,
  /deep-research/,
  /computer-use/,
  /robotics/,
  /safeguard/,
  /voxtral/,
  /customtools/,
]
const soldForChat = new Set(['gemini-2.5-pro', 'deepseek-v4-pro'])

const isForChat = (model: SourceModel): boolean =>
  (model.type ?? 'chat') === 'chat' &&
  model.maxTokens !== null &&
  (soldForChat.has(model.id) || !notForChat.some((pattern) => pattern.test(model.id)))

function toUnitPrices(cost: Omit<SourceCost, 'tiers'>): UnitPrices {
  const input = microsPerMillion(cost.input)
  const output = microsPerMillion(cost.output)
  return {
    input_tokens: input,
    // Zero means "no price of its own" in the source, not "free": such tokens are input like any other.
    cached_input_tokens: microsPerMillion(cost.cacheRead) || input,
    cache_write_tokens: microsPerMillion(cost.cacheWrite) || input,
    output_tokens: output,
    reasoning_tokens: output,
  }
}

/** Null for a model that the source lists at zero: a free tier or a gap, and we must not sell at a guess. */
function toPrice(cost: SourceCost | undefined): Price | null {
  if (!cost || cost.input <= 0 || cost.output <= 0) return null
  const tiers = cost.tiers?.map(({ inputTokensAbove, ...tier }) => ({ inputTokensAbove, prices: toUnitPrices(tier) }))
  return { prices: toUnitPrices(cost), ...(tiers && { tiers }) }
}

const seesImages = (model: SourceModel): boolean => model.input?.includes('image') ?? false

const openAILike: Ability[] = ['tools', 'parallel-tools', 'json', 'json-schema']
const sampling: Ability[] = ['stop', 'temperature', 'penalties', 'seed']

/** Before structured outputs, or before JSON mode. */
const withoutSchema = new Set(['gpt-4', 'gpt-4-turbo', 'gpt-4o-2024-05-13'])
const withoutJson = new Set(['gpt-4'])
const withoutFiles = new Set(['gpt-4-turbo'])

const abilityRules: Record<PricedVendor, (model: SourceModel) => Ability[]> = {
  openai: (model) => [
    ...openAILike.filter(
      (ability) =>
        !(ability === 'json-schema' && withoutSchema.has(model.id)) &&
        !(ability === 'json' && withoutJson.has(model.id)),
    ),
    ...(model.reasoning ? (['reasoning', 'effort'] as const) : sampling),
    ...(model.reasoning && model.id.startsWith('gpt-') ? (['verbosity'] as const) : []),
    // It reads a file by its text and by pictures of its pages.
    ...(seesImages(model) && !withoutFiles.has(model.id) ? (['file-input'] as const) : []),
  ],
  anthropic: (model) => [
    'file-input',
    'tools',
    'parallel-tools',
    'json-schema',
    'reasoning',
    ...(model.compat?.forceAdaptiveThinking ? (['effort'] as const) : (['reasoning-budget'] as const)),
    'stop',
    ...(takesTemperature(model) ? (['temperature', 'top-k'] as const) : []),
  ],
  google: (model) => [
    'tools',
    'json',
    'json-schema',
    ...(model.reasoning ? (['reasoning', 'effort'] as const) : []),
    'stop',
    'temperature',
  ],
  mistral: (model) => [
    ...openAILike,
    ...(model.thinkingLevelMap ? (['reasoning', 'effort'] as const) : []),
    ...sampling,
  ],
  deepseek: () => ['tools', 'json', 'reasoning', 'effort', 'stop', 'temperature'],
  xai: () => [...openAILike, 'reasoning', 'effort', 'temperature', 'seed'],
  groq: (model) => [
    ...openAILike,
    ...(model.reasoning ? (['reasoning', 'effort'] as const) : []),
    'stop',
    'temperature',
    'seed',
  ],
  'workers-ai': (model) => [
    'tools',
    'json',
    'json-schema',
    ...(model.reasoning ? (['reasoning'] as const) : []),
    'stop',
    'temperature',
    'top-k',
    'penalties',
    'seed',
  ],
}

/** From Opus 4.7 on, and in every Fable, sampling settings are refused with a 400. */
const takesTemperature = (model: SourceModel): boolean =>
  model.compat?.supportsTemperature !== false && !model.id.startsWith('claude-fable')

function effortsOf(model: SourceModel, vendor: PricedVendor): CatalogModel['efforts'] {
  const map = model.thinkingLevelMap
  if (vendor === 'anthropic') return model.compat?.forceAdaptiveThinking ? anthropicEfforts(map ?? {}) : undefined
  if (!map) return undefined
  return reasoningEfforts.filter((effort) =>
    effort === 'none' ? map['off'] === 'none' : typeof map[effort] === 'string',
  )
}

/** The source names only what departs from the usual four. */
const anthropicEfforts = (map: Record<string, string | null>): NonNullable<CatalogModel['efforts']> =>
  reasoningEfforts.filter((effort) => {
    if (effort === 'minimal') return false
    if (effort === 'none') return map['off'] !== null
    return effort === 'xhigh' || effort === 'max' ? typeof map[effort] === 'string' : map[effort] !== null
  })

export function toCatalogModel(model: SourceModel, vendor: PricedVendor): GeneratedModel | null {
  const price = isForChat(model) ? toPrice(model.cost) : null
  if (!price) return null
  const efforts = effortsOf(model, vendor)
  const abilities = abilityRules[vendor](model)
  return {
    id: `${vendor}/${model.id}`,
    vendor,
    upstream: model.id,
    name: model.name,
    contextTokens: model.contextWindow,
    maxOutputTokens: Math.min(model.maxTokens ?? 0, model.contextWindow),
    abilities: seesImages(model) ? ['vision', ...abilities] : abilities,
    ...(efforts && efforts.length > 0 && { efforts }),
    price,
  }
}

export interface GeneratedCatalog {
  source: string
  checkedAt: string
  models: GeneratedModel[]
}

/** `providers`: file name → models by key, whatever groups them (the package nests by protocol, an extract does not). */
export function toGeneratedCatalog(input: {
  source: string
  generatedAt: string
  providers: Record<string, Record<string, SourceModel>>
}): GeneratedCatalog {
  const models = (Object.entries(sourceNames) as [PricedVendor, string][]).flatMap(([vendor, name]) =>
    Object.values(input.providers[name] ?? {})
      .map((model) => toCatalogModel(model, vendor))
      .filter((model) => model !== null)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  )
  return { source: input.source, checkedAt: input.generatedAt.slice(0, 10), models }
}
