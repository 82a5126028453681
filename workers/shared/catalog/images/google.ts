// Google's pictures, by the Gemini API. Imagen is not here: its own call ends, and takes no key of that API by now. Nor is
// Gemini 2.5 Flash Image, which it has shut down.
import { microsPerMillion } from '../../lib/money.ts'
import { geminiSizes, geminiSizesAt, type GeminiResolution } from '../gemini-image-sizes.ts'
import { plainTraits, toCatalogModel, type ImageCatalogModel, type ImageRow } from './image-row.ts'

// Their page could not be read itself: its numbers as others quote them.
const source = 'https://ai.google.dev/gemini-api/docs/pricing, as quoted by others'
const checkedAt = '2026-11-22'

/** Of one picture in a prompt. */
const INPUT_TOKENS = 1_300
/** Thoughts, and words that come with a picture: for the hold alone. */
const TEXT_TOKENS = 4_000

const traits = {
  ...plainTraits,
  operations: ['generate', 'edit', 'variation'],
  // Asked once for each.
  maxImages: 4,
  maxInputImages: 14,
  seed: true,
  maxPromptCharacters: 32_000,
} as const

interface Facts {
  upstream: string
  name: string
  /** Dollars for a million tokens: words read (and pictures, as words), words written, pictures made. */
  dollars: { input: number; text: number; image: number }
  /** The most tokens of a picture, by its resolution. */
  tokens: Partial<Record<GeminiResolution, number>>
}

function toRow({ upstream, name, dollars, tokens }: Facts): ImageRow {
  const known = Object.entries(tokens) as [GeminiResolution, number][]
  const text = microsPerMillion(dollars.text)
  return {
    vendor: 'google',
    upstream,
    name,
    traits: { ...traits, sizes: geminiSizes(known.map(([resolution]) => resolution)) },
    pricing: {
      unit: 'tokens',
      prices: {
        input_tokens: microsPerMillion(dollars.input),
        image_input_tokens: microsPerMillion(dollars.input),
        output_tokens: text,
        reasoning_tokens: text,
        image_output_tokens: microsPerMillion(dollars.image),
      },
      rows: [
        ...known.flatMap(([resolution, most]) => geminiSizesAt(resolution).map((size) => ({ size, tokens: most }))),
        // It makes 1K where it is not told.
        { size: 'auto', tokens: tokens['1K'] ?? 0 },
      ],
      inputImageTokens: INPUT_TOKENS,
      textTokens: TEXT_TOKENS,
    },
    source,
    checkedAt,
  }
}

const facts: Facts[] = [
  {
    upstream: 'gemini-nano-banana-2.1',
    name: 'Nano Banana 2.1',
    dollars: { input: 1.5, text: 7.5, image: 30 },
    tokens: { '1K': 1_300, '2K': 2_000, '4K': 4_200 },
  },
  {
    upstream: 'gemini-3-pro-image',
    name: 'Nano Banana Pro (Gemini 3 Pro Image)',
    dollars: { input: 2, text: 12, image: 120 },
    tokens: { '1K': 1_300, '2K': 1_300, '4K': 2_200 },
  },
  {
    upstream: 'gemini-3.1-flash-image',
    name: 'Nano Banana 2 (Gemini 3.1 Flash Image)',
    dollars: { input: 0.5, text: 3, image: 60 },
    tokens: { '1K': 1_300, '2K': 2_000, '4K': 3_000 },
  },
  {
    upstream: 'gemini-3.1-flash-lite-image',
    name: 'Nano Banana 2 Lite (Gemini 3.1 Flash-Lite Image)',
    dollars: { input: 0.25, text: 1.5, image: 30 },
    tokens: { '1K': 1_300 },
  },
]

export const googleImages: readonly ImageCatalogModel[] = facts.map((each) => toCatalogModel(toRow(each)))
