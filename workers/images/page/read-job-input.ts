// What the dashboard's form says, as what is asked for.
import type { ImageJobInput } from '#shared/contracts/images'
import type { LibraryQuestions } from '#shared/contracts/library'
import type { ImageOperation } from '#shared/contracts/model'
import { pageNames } from '../check-traits.ts'
import { fromDataUrl } from '../openai/read-json-images.ts'
import type { GivenPicture, ImageAsk } from '../prepare-picture.ts'
import { openItem, receiveMask, type Holder } from '../receive-picture.ts'

/** Pictures to make another from are pictures to edit: no vendor tells the two apart. */
const operationOf = ({ operation, item_ids: items }: ImageJobInput): ImageOperation =>
  operation === 'generate' && items.length > 0 ? 'edit' : operation

export async function readJobInput(
  input: ImageJobInput,
  { holder, library }: { holder: Holder; library: LibraryQuestions },
): Promise<ImageAsk> {
  const images: GivenPicture[] = []
  for (const itemId of input.item_ids) images.push(await openItem({ itemId, holder, library, param: 'item_ids' }))
  return {
    operation: operationOf(input),
    model: input.model,
    prompt: input.prompt,
    originalPrompt: input.original_prompt || null,
    negativePrompt: input.negative_prompt || null,
    count: input.count,
    size: input.size === 'auto' ? null : input.size,
    quality: input.quality || null,
    style: input.style || null,
    background: input.background ?? null,
    format: input.format,
    compression: input.compression ?? null,
    seed: input.seed ?? null,
    images,
    mask: input.mask ? await receiveMask({ bytes: fromDataUrl(input.mask, 'mask'), library }) : null,
    extend: input.extend ?? null,
    scale: input.scale ?? null,
    inputFidelity: null,
    // The page shows what comes before the picture where a model shows it.
    partialImages: 2,
    endUser: null,
    translate: input.translate,
    collectionId: input.collection_id ?? null,
    temporary: false,
    wantsUrls: false,
    via: 'page',
    names: pageNames,
  }
}
