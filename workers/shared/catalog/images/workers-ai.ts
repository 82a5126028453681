// Workers AI's pictures, one for each call. Prices are per square of 512 pixels and per round of the model; the rounds are
// those that the adapter asks for.
import type { ImagePricing, ImageTraits } from '../../contracts/model.ts'
import { each, plainTraits, toCatalogModel, type ImageCatalogModel } from './image-row.ts'
import { workersAiSteps as steps } from './workers-ai-steps.ts'

const checkedAt = '2026-11-22'
const page = (upstream: string) => `https://developers.cloudflare.com/workers-ai/models/${upstream.split('/').at(-1)}/`

/** They make one picture for each call, and are called as often as that. */
const shared = { ...plainTraits, autoSize: false, maxImages: 4, seed: true, maxPromptCharacters: 2_048 } as const

const range = (min: number, max: number, step: number, maxPixels: number) =>
  ({ kind: 'range', min, max, step, maxPixels }) as const

/** Takes up to four pictures of at most 512 pixels a side. */
const flux2 = {
  ...shared,
  operations: ['generate', 'edit'],
  sizes: range(256, 1_920, 16, 3_686_400),
  maxInputImages: 4,
  maxInputSide: 512,
} as const satisfies Omit<ImageTraits, 'pricing'>

/** They read little but English. */
const english = { ...shared, promptLanguage: 'en' } as const

const diffusion = {
  ...english,
  operations: ['generate', 'edit'],
  sizes: range(256, 2_048, 8, 4_194_304),
  maxInputImages: 1,
  mask: true,
  negativePrompt: true,
} as const satisfies Omit<ImageTraits, 'pricing'>

const tiles = (prices: { tile: number; step?: number; inputTile?: number; steps: number }): ImagePricing => ({
  unit: 'tiles',
  tile: each(prices.tile),
  step: each(prices.step ?? 0),
  inputTile: each(prices.inputTile ?? 0),
  steps: prices.steps,
})

/** In beta, and listed at nothing per round. */
const freeWhileBeta = (rounds: number) => tiles({ tile: 0, steps: rounds })

const rows: { upstream: string; name: string; traits: Omit<ImageTraits, 'pricing'>; pricing: ImagePricing | null }[] = [
  {
    upstream: '@cf/black-forest-labs/flux-2-klein-9b',
    name: 'FLUX.2 [klein] 9B',
    traits: flux2,
    pricing: { unit: 'megapixels', image: each(0.015 - 0.002), price: each(0.002), inputPrice: each(0.002) },
  },
  {
    upstream: '@cf/black-forest-labs/flux-2-klein-4b',
    name: 'FLUX.2 [klein] 4B',
    traits: flux2,
    pricing: tiles({ tile: 0.000287, inputTile: 0.000059, steps: steps.klein }),
  },
  {
    upstream: '@cf/black-forest-labs/flux-2-dev',
    name: 'FLUX.2 [dev]',
    traits: flux2,
    // Per square and round: as many rounds as are asked for, so a square has one price.
    pricing: tiles({
      tile: 0.00041 * steps.flux2dev,
      inputTile: 0.00021 * steps.flux2dev,
      steps: steps.flux2dev,
    }),
  },
  {
    upstream: '@cf/black-forest-labs/flux-1-schnell',
    name: 'FLUX.1 [schnell]',
    traits: { ...english, sizes: { kind: 'list', sizes: ['1024x1024'] }, autoSize: true, seed: false },
    pricing: tiles({ tile: 0.0000528, step: 0.0001056, steps: steps.schnell }),
  },
  {
    upstream: '@cf/leonardo/lucid-origin',
    name: 'Lucid Origin',
    traits: { ...english, sizes: range(512, 2_496, 8, 6_230_016) },
    pricing: tiles({ tile: 0.007, step: 0.000132, steps: steps.leonardo }),
  },
  {
    upstream: '@cf/leonardo/phoenix-1.0',
    name: 'Phoenix 1.0',
    traits: { ...english, sizes: range(512, 2_048, 8, 4_194_304), negativePrompt: true },
    pricing: tiles({ tile: 0.0058, step: 0.00011, steps: steps.leonardo }),
  },
  {
    upstream: '@cf/bytedance/stable-diffusion-xl-lightning',
    name: 'SDXL Lightning',
    traits: diffusion,
    pricing: freeWhileBeta(steps.lightning),
  },
  {
    upstream: '@cf/runwayml/stable-diffusion-v1-5-inpainting',
    name: 'Stable Diffusion 1.5 Inpainting',
    traits: { ...diffusion, operations: ['edit'] },
    pricing: freeWhileBeta(steps.diffusion),
  },
  // Their pages name no price.
  {
    upstream: '@cf/stabilityai/stable-diffusion-xl-base-1.0',
    name: 'Stable Diffusion XL 1.0',
    traits: diffusion,
    pricing: null,
  },
  { upstream: '@cf/lykon/dreamshaper-8-lcm', name: 'Dreamshaper 8 LCM', traits: diffusion, pricing: null },
]

export const workersAiImages: readonly ImageCatalogModel[] = rows.map((row) =>
  toCatalogModel({ ...row, vendor: 'workers-ai', source: page(row.upstream), checkedAt }),
)
