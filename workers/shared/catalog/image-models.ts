// Models that make pictures: what each can, in its vendor's words, and what it costs. Prices are read by hand, with where and
// when; a model whose price nobody could be found to say is known by name and cannot be called.
import { falImages } from './images/fal.ts'
import { googleImages } from './images/google.ts'
import type { ImageCatalogModel } from './images/image-row.ts'
import { openaiImages } from './images/openai.ts'
import { replicateImages } from './images/replicate.ts'
import { sandboxImages } from './images/sandbox.ts'
import { workersAiImages } from './images/workers-ai.ts'

export type { ImageCatalogModel } from './images/image-row.ts'

/** The sandbox last: where a real one is configured, it comes first. */
export const imageModels: readonly ImageCatalogModel[] = [
  ...openaiImages,
  ...googleImages,
  ...workersAiImages,
  ...falImages,
  ...replicateImages,
  ...sandboxImages,
]
