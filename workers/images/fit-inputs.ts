// Some vendors refuse pictures that are larger than they read, or of another format: those are made anew, for that call alone.
import type { LibraryQuestions } from '#shared/contracts/library'
import type { ImageTraits } from '#shared/contracts/model'
import { Problem } from '#shared/http/problems'
import type { InputPicture } from '#shared/providers/spec/image-model'
import type { JobPictures } from './to-image-request.ts'

type Cleaner = Pick<LibraryQuestions, 'clean'>

type Limits = Pick<ImageTraits, 'maxInputSide' | 'inputFormats'>

/** What has to be done to it; null where it can be sent as it is. */
function changesOf({ width, height, mediaType }: InputPicture, { maxInputSide, inputFormats }: Limits) {
  const tooLarge = maxInputSide !== undefined && Math.max(width, height) > maxInputSide
  const isRead = !inputFormats || inputFormats.some((format) => mediaType === `image/${format}`)
  if (!tooLarge && isRead) return null
  return { ...(tooLarge && { maxSide: maxInputSide }), ...(!isRead && { format: inputFormats[0] }) }
}

async function fit(picture: InputPicture, limits: Limits, library: Cleaner): Promise<InputPicture> {
  const changes = changesOf(picture, limits)
  if (!changes) return picture
  const cleaned = await library.clean({ bytes: picture.bytes, ...changes })
  if (!cleaned.ok) throw new Problem(cleaned.fault, 'A picture to work from could not be made fit for this model.')
  const { mediaType, width, height } = cleaned.facts
  return { bytes: cleaned.bytes, mediaType, width, height }
}

export async function fitInputs({ images, mask }: JobPictures, limits: Limits, library: Cleaner): Promise<JobPictures> {
  const fitted: InputPicture[] = []
  // One after the other: each takes the memory of all its pixels.
  for (const picture of images) fitted.push(await fit(picture, limits, library))
  return { images: fitted, mask: mask && (await fit(mask, limits, library)) }
}
