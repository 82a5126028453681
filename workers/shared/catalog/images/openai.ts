// OpenAI's pictures are counted in tokens. What a token costs is theirs to say; how many a picture takes at the most is
// said here, for the hold alone: what is charged is what they count.
import { microsPerMillion } from '../../lib/money.ts'
import { plainTraits, toCatalogModel, type ImageCatalogModel, type ImageRow } from './image-row.ts'

// Their page could not be read itself: its numbers as others quote them.
const source = 'https://developers.openai.com/api/docs/pricing#image-generation, as quoted by others'
const checkedAt = '2026-11-22'

type TokenRow = { quality?: string; size?: string; tokens: number }

const operations = ['generate', 'edit', 'variation'] as const

const shared = {
  ...plainTraits,
  operations,
  maxImages: 10,
  maxInputImages: 16,
  mask: true,
  transparency: true,
  partialImages: true,
  maxPromptCharacters: 32_000,
}

/** Of each picture that is shown before it is final. */
const PARTIAL_TOKENS = 100

const standard = ['1024x1024', '1536x1024', '1024x1536'] as const

const usual = [
  ...standard,
  '1280x720',
  '720x1280',
  '1536x864',
  '864x1536',
  '1792x1024',
  '1024x1792',
  '2048x1152',
  '1152x2048',
  '2048x2048',
  '3840x2160',
  '2160x3840',
]

/** The largest square: of as many pixels, what is longer takes fewer tokens. */
const LARGEST = '2880x2880'

/** As their calculator of prices has it, for a factor that stands for the quality. */
function tokensOf(factor: number, size: string): number {
  const [width = 0, height = 0] = size.split('x').map(Number)
  const shortest = Math.round((factor * Math.min(width, height)) / Math.max(width, height))
  return Math.ceil((factor * shortest * (2_000_000 + width * height)) / 4_000_000)
}

/** `margin`: in percent, where their calculator has not told us the factor for certain. */
function tokenRows(factors: Record<string, number>, margin: number): TokenRow[] {
  const most = (factor: number, size: string) => Math.ceil((tokensOf(factor, size) * (100 + margin)) / 100)
  return Object.entries(factors).flatMap(([quality, factor]) => [
    ...usual.map((size) => ({ quality, size, tokens: most(factor, size) })),
    // It chooses among the standard sizes where it is not told.
    { quality, size: 'auto', tokens: Math.max(...standard.map((size) => most(factor, size))) },
    { quality, tokens: most(factor, LARGEST) },
  ])
}

const prices = ({ text, image, output }: { text: number; image: number; output: number }) => ({
  input_tokens: microsPerMillion(text),
  image_input_tokens: microsPerMillion(image),
  image_output_tokens: microsPerMillion(output),
})

/** Any size of sixteenths, up to 4K. Longer than three to one, or smaller than this, is refused by them. */
const anySize = {
  kind: 'range',
  min: 480,
  max: 3_840,
  step: 16,
  minPixels: 655_360,
  maxPixels: 8_294_400,
  maxRatio: 3,
} as const

const current = { text: 5, image: 8, output: 30 }
const currentInput = { inputImageTokens: 10_000, partialTokens: PARTIAL_TOKENS }

/** xhigh and max came with 2.5, whose factors are not published: read off its prices, with a margin. */
const factorsOf25 = { low: 24, medium: 48, high: 64, xhigh: 96, max: 128 }

const of25 = (upstream: string, name: string): ImageRow => ({
  vendor: 'openai',
  upstream,
  name,
  traits: { ...shared, sizes: anySize, qualities: Object.keys(factorsOf25) },
  pricing: { unit: 'tokens', prices: prices(current), rows: tokenRows(factorsOf25, 25), ...currentInput },
  source,
  checkedAt,
})

/** Known by name, and not priced by any source that could be found. */
const unpriced = (upstream: string, name: string): ImageRow => ({
  ...of25(upstream, name),
  pricing: null,
  source: 'no published price was found',
})

const older = { low: [272, 408], medium: [1_056, 1_584], high: [4_160, 6_240] } as const
const mini = { low: [700, 850], medium: [1_500, 2_000], high: [4_700, 6_800] } as const

const fixedRows = (table: Record<string, readonly [square: number, longer: number]>): TokenRow[] =>
  Object.entries(table).flatMap(([quality, [square, longer]]) => [
    { quality, size: '1024x1024', tokens: square },
    { quality, tokens: longer },
  ])

const fixedSizes = { kind: 'list', sizes: standard } as const
const threeQualities = ['low', 'medium', 'high']

const rows: ImageRow[] = [
  of25('gpt-image-2.5-flare', 'GPT Image 2.5 Flare'),
  of25('gpt-image-2.5-sunburst', 'GPT Image 2.5 Sunburst'),
  {
    vendor: 'openai',
    upstream: 'gpt-image-2',
    name: 'GPT Image 2',
    // Transparent backgrounds are a preview there, which not every account has.
    traits: { ...shared, sizes: anySize, qualities: threeQualities, transparency: false },
    pricing: {
      unit: 'tokens',
      prices: prices(current),
      rows: tokenRows({ low: 16, medium: 48, high: 96 }, 5),
      ...currentInput,
    },
    source,
    checkedAt,
  },
  {
    vendor: 'openai',
    upstream: 'gpt-image-1.5',
    name: 'GPT Image 1.5',
    traits: { ...shared, sizes: fixedSizes, qualities: threeQualities, inputFidelity: true },
    pricing: {
      unit: 'tokens',
      prices: { ...prices({ text: 5, image: 8, output: 32 }), output_tokens: microsPerMillion(10) },
      rows: fixedRows(older),
      inputImageTokens: 7_000,
      partialTokens: PARTIAL_TOKENS,
      textTokens: 1_000,
    },
    source,
    checkedAt,
  },
  {
    vendor: 'openai',
    upstream: 'gpt-image-1-mini',
    name: 'GPT Image 1 mini',
    traits: { ...shared, sizes: fixedSizes, qualities: threeQualities },
    pricing: {
      unit: 'tokens',
      prices: prices({ text: 2, image: 2.5, output: 8 }),
      rows: fixedRows(mini),
      inputImageTokens: 2_000,
      partialTokens: PARTIAL_TOKENS,
    },
    source: 'https://developers.openai.com/api/docs/models/gpt-image-1-mini',
    checkedAt,
  },
  unpriced('gpt-image-2.6-flare', 'GPT Image 2.6 Flare'),
  unpriced('gpt-image-2.6-sunburst', 'GPT Image 2.6 Sunburst'),
]

export const openaiImages: readonly ImageCatalogModel[] = rows.map(toCatalogModel)
