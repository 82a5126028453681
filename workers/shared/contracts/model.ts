// What the house knows of a model before it calls it: who sells it, what it is for, what it can, what it costs.
import type { Price, UnitPrices } from '../lib/money.ts'

export const vendorIds = [
  'openai',
  'anthropic',
  'google',
  'mistral',
  'deepseek',
  'xai',
  'groq',
  'workers-ai',
  'replicate',
  'fal',
  'compatible',
  'riwaq',
] as const
export type VendorId = (typeof vendorIds)[number]

/** What a model is for. Only `language` models answer; each kind has its own address. */
export const modelKinds = ['language', 'embedding', 'moderation', 'image'] as const
export type ModelKind = (typeof modelKinds)[number]

export const abilities = [
  'vision',
  /** Sound in the prompt, counted in tokens of its own. */
  'audio-input',
  /** PDF files in the prompt. */
  'file-input',
  'tools',
  'parallel-tools',
  /** Answers are JSON, of any shape. */
  'json',
  /** Answers follow a given JSON Schema. */
  'json-schema',
  'reasoning',
  /** How hard it reasons can be said in words (`efforts`). */
  'effort',
  /** How hard it reasons is said in tokens. */
  'reasoning-budget',
  'stop',
  /** `temperature` and `top_p`. */
  'temperature',
  'top-k',
  'penalties',
  'seed',
  /** How much is said can be said in words (`verbosity`). */
  'verbosity',
  /** The prompt can be kept in the vendor's cache for an hour, at a price of its own. */
  'long-cache',
] as const
export type Ability = (typeof abilities)[number]

export const reasoningEfforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const

/** What an adapter is told about a model, instead of guessing from its name. */
export interface ModelTraits {
  abilities: readonly Ability[]
  /** The efforts that this model knows; absent: not known, all are passed on. */
  efforts?: readonly (typeof reasoningEfforts)[number][]
  maxOutputTokens: number
}

/** What is peculiar to a model that turns texts into vectors. */
export interface EmbeddingTraits {
  /** Of a vector, where the caller does not say; null where nobody told us. */
  dimensions: number | null
  /** Whether a caller may ask for shorter vectors. */
  shortens: boolean
  /** Texts in one call. */
  maxInputs: number
  /** Whether it takes texts that are tokens already. */
  takesTokens: boolean
}

/** What can be made of a prompt, of pictures, or of both. */
export const imageOperations = ['generate', 'edit', 'variation', 'outpaint', 'upscale', 'remove-background'] as const
export type ImageOperation = (typeof imageOperations)[number]

/** Which sizes a model makes, in pixels (`width x height`). */
export type ImageSizes =
  | { kind: 'list'; sizes: readonly `${number}x${number}`[] }
  /**
   * Any between the two, each side a multiple of `step`, no more pixels than `maxPixels` nor fewer than `minPixels`, and no
   * longer than `maxRatio` times as wide.
   */
  | { kind: 'range'; min: number; max: number; step: number; maxPixels: number; minPixels?: number; maxRatio?: number }

/**
 * What a picture costs. Prices are micros for a million of the unit, as everywhere: a picture for 4 cents is 40_000_000_000.
 * A row without `quality` or `size` fits every one; `auto` is the size that the model chooses where it is not told.
 */
export type ImagePricing =
  | { unit: 'images'; rows: readonly { quality?: string; size?: string; price: number }[] }
  /** The vendor counts tokens; `rows` say how many a picture can be at most, for the hold and where it counted nothing. */
  | {
      unit: 'tokens'
      prices: UnitPrices
      rows: readonly { quality?: string; size?: string; tokens: number }[]
      /** The most tokens of one picture in the prompt. */
      inputImageTokens: number
      /** The most tokens of words in one answer, thoughts among them, where the vendor counts such. */
      textTokens?: number
      /** Tokens of each picture that is shown before it is final. */
      partialTokens?: number
    }
  /** `image`: what each picture costs beside its size, as where the first megapixel is dearer than the others. */
  | { unit: 'megapixels'; price: number; inputPrice: number; image?: number }
  | { unit: 'tiles'; tile: number; step: number; inputTile: number; steps: number }

/** What is peculiar to a model that makes pictures. What it cannot do is known here, not discovered by an error. */
export interface ImageTraits {
  operations: readonly ImageOperation[]
  sizes: ImageSizes
  /** Whether it chooses the size itself where it is not told. */
  autoSize: boolean
  /** In the vendor's words, the cheapest first; empty where there is no choice. */
  qualities: readonly string[]
  /** Pictures in one call. */
  maxImages: number
  /** Pictures in a prompt. 0: none. */
  maxInputImages: number
  /** The longest side of such a picture, where the vendor refuses larger ones: they are made smaller first. */
  maxInputSide?: number
  /** In which formats it reads them; absent: in all that are taken here. Others are re-encoded into the first. */
  inputFormats?: readonly ('png' | 'jpeg' | 'webp')[]
  /** Whether what may change can be painted. */
  mask: boolean
  transparency: boolean
  seed: boolean
  negativePrompt: boolean
  /** Whether it shows pictures before they are final. */
  partialImages: boolean
  /** Whether it can be told how closely to keep to the pictures of a prompt. */
  inputFidelity?: boolean
  /** `en`: it understands little else, so other prompts are translated. */
  promptLanguage: 'any' | 'en'
  maxPromptCharacters: number
  /** Whether the vendor answers at once, or takes an order and is asked again. */
  delivery: 'direct' | 'job'
  pricing: ImagePricing
}

export interface CatalogModel extends ModelTraits {
  /** `vendor/name`, what callers say and what entries record. */
  id: string
  /** Absent: a language model. */
  kind?: ModelKind
  /** For embedding models alone. */
  embedding?: EmbeddingTraits
  /** For models that make pictures alone. */
  image?: ImageTraits
  vendor: VendorId
  /** What the vendor calls it. */
  upstream: string
  name: string
  contextTokens: number
  /** Null: known, but nobody told us its price; it cannot be called. */
  price: Price | null
  /** What its provider takes of the operator, where that is not what it is sold for. Absent: `price`. */
  listPrice?: Price
  /** The same of a model that makes pictures. Absent: `image.pricing`. */
  listPricing?: ImagePricing
  /** Where the price was read. */
  priceSource: string
  /** ISO date of that reading. */
  priceCheckedAt: string
  /** The most tokens one image can cost, where that is not the vendor's usual maximum. */
  imageTokens?: number
}

export const kindOf = (model: Pick<CatalogModel, 'kind'>): ModelKind => model.kind ?? 'language'
