// A job that ended without success, asked for once more in the same words.
import type { LibraryQuestions } from '#shared/contracts/library'
import { conflict, isProblem } from '#shared/http/problems'
import { apiNames, pageNames } from '../check-traits.ts'
import type { ImageJob, JobPicture } from '../image-job.ts'
import type { GivenPicture, ImageAsk } from '../prepare-picture.ts'
import { openItem } from '../receive-picture.ts'

const gone = () =>
  conflict('The pictures that this was made from are not there any more. Ask for it anew with pictures that are.')

async function reopen(picture: JobPicture, job: ImageJob, library: LibraryQuestions): Promise<GivenPicture> {
  const { organizationId, userId } = job
  const { itemId, sent } = picture
  try {
    return await openItem({ itemId, holder: { organizationId, userId }, library, param: 'item_ids', staged: sent })
  } catch (error) {
    throw isProblem(error) && error.code === 'not_found' ? gone() : error
  }
}

export async function askAgain(job: ImageJob, library: LibraryQuestions): Promise<ImageAsk> {
  const { input } = job
  const { ways } = input
  if (ways.unkept) throw conflict('Your organization keeps nothing of its requests, so this cannot be asked for again.')
  const images: GivenPicture[] = []
  for (const picture of ways.pictures) images.push(await reopen(picture, job, library))
  return {
    operation: input.operation,
    model: input.model,
    prompt: input.prompt,
    originalPrompt: input.original_prompt,
    negativePrompt: input.negative_prompt,
    count: input.count,
    size: input.size === 'auto' ? null : input.size,
    quality: input.quality,
    style: input.style,
    background: input.background,
    format: input.format,
    compression: input.compression,
    seed: input.seed,
    images,
    mask: ways.mask && (await reopen(ways.mask, job, library)),
    extend: input.extend,
    scale: input.scale,
    inputFidelity: ways.inputFidelity,
    partialImages: ways.partialImages,
    // A name that was made the organization's own already would be hashed once more.
    endUser: null,
    translate: input.translate,
    collectionId: input.collection_id,
    temporary: ways.temporary,
    wantsUrls: false,
    via: ways.via,
    names: ways.via === 'api' ? apiNames : pageNames,
  }
}
