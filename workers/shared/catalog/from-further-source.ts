// Turns the price data of the MIT-licensed package `@pydantic/genai-prices` into what the first source does not have:
// prices of embeddings, of sound in a prompt, and of a cache that lasts an hour. Pure, as its sibling.
import type { VendorId } from '../contracts/model.ts'
import { microsPerMillion } from '../lib/money.ts'

/** Dollars per million tokens; an object where a price depends on the length of the prompt. */
type Amount = number | { base: number }

export interface FurtherSourceModel {
  id: string
  /** A list where the price changes by the day; the last one is the newest. */
  prices: Record<string, Amount | undefined> | { prices: Record<string, Amount | undefined> }[]
}

export const furtherSourceNames = {
  openai: 'openai',
  anthropic: 'anthropic',
  google: 'google',
  mistral: 'mistral',
  'workers-ai': 'cloudflare',
} as const satisfies Partial<Record<VendorId, string>>

type FurtherVendor = keyof typeof furtherSourceNames

/** Micros per million, by model id. */
export interface FurtherPrices {
  source: string
  checkedAt: string
  embeddings: Record<string, { input: number }>
  audio: Record<string, { input: number; output: number; audioInput: number }>
  longCache: Record<string, { input: number; cacheWrite: number; output: number; longCacheWrite: number }>
}

function amountOf({ prices }: FurtherSourceModel, unit: string): number | null {
  const newest = Array.isArray(prices) ? prices.at(-1)?.prices : prices
  const amount = newest?.[unit]
  const dollars = typeof amount === 'object' ? amount.base : amount
  return dollars !== undefined && dollars > 0 ? microsPerMillion(dollars) : null
}

const isEmbedding = ({ id }: FurtherSourceModel): boolean => /embed|(?:^|\/)bge-/.test(id) && !id.includes('rerank')
/** Those that speak and those of a live connection are not called by chat completions. */
const hearsInChat = ({ id }: FurtherSourceModel): boolean => id.startsWith('gpt-audio')

function collect<T>(
  models: [string, FurtherSourceModel][],
  toRow: (model: FurtherSourceModel) => T | null,
): Record<string, T> {
  const rows = models.flatMap(([id, model]): [string, T][] => {
    const row = toRow(model)
    return row === null ? [] : [[id, row]]
  })
  return Object.fromEntries(rows.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function toAudio(model: FurtherSourceModel): FurtherPrices['audio'][string] | null {
  const [input, output, audioInput] = ['input_mtok', 'output_mtok', 'input_audio_mtok'].map((unit) =>
    amountOf(model, unit),
  )
  return hearsInChat(model) && input && output && audioInput ? { input, output, audioInput } : null
}

function toLongCache(model: FurtherSourceModel): FurtherPrices['longCache'][string] | null {
  const [input, cacheWrite, output, longCacheWrite] = [
    'input_mtok',
    'cache_write_mtok',
    'output_mtok',
    'cache_write_1h_mtok',
  ].map((unit) => amountOf(model, unit))
  return input && cacheWrite && output && longCacheWrite ? { input, cacheWrite, output, longCacheWrite } : null
}

export function toFurtherPrices({
  source,
  generatedAt,
  providers,
}: {
  source: string
  generatedAt: string
  providers: Record<string, FurtherSourceModel[]>
}): FurtherPrices {
  const models = (Object.entries(furtherSourceNames) as [FurtherVendor, string][]).flatMap(([vendor, name]) =>
    (providers[name] ?? []).map((model): [string, FurtherSourceModel] => [`${vendor}/${model.id}`, model]),
  )
  return {
    source,
    checkedAt: generatedAt.slice(0, 10),
    embeddings: collect(models, (model) => {
      const input = isEmbedding(model) ? amountOf(model, 'input_mtok') : null
      return input === null ? null : { input }
    }),
    audio: collect(models, toAudio),
    longCache: collect(models, toLongCache),
  }
}

/** One price a line, so that a change is one line of a diff. */
export const toFurtherText = ({ embeddings, audio, longCache, ...provenance }: FurtherPrices): string => {
  const block = (rows: Record<string, unknown>) =>
    `{\n${Object.entries(rows)
      .map(([id, row]) => `${JSON.stringify(id)}:${JSON.stringify(row)}`)
      .join(',\n')}\n}`
  return `${JSON.stringify(provenance).slice(0, -1)},\n"embeddings":${block(embeddings)},\n"audio":${block(audio)},\n"longCache":${block(longCache)}}\n`
}
