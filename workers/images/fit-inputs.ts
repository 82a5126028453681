// Some vendors refuse pictures larger than they read: those are made smaller, for that call alone.
import type { LibraryQuestions } from '#shared/contracts/library'
import type { ImageTraits } from '#shared/contracts/model'
import { Problem } from '#shared/http/problems'
import type { InputPicture } from '#shared/providers/spec/image-model'
import type { JobPictures } from './to-image-request.ts'

type Cleaner = Pick<LibraryQuestions, 'clean'>

async function shrink(picture: InputPicture, maxSide: number, library: Cleaner): Promise<InputPicture> {
  if (Math.max(picture.width, picture.height) <= maxSide) return picture
  const cleaned = await library.clean({ bytes: picture.bytes, maxSide })
  if (!cleaned.ok) throw new Problem(cleaned.fault, 'A picture to work from could not be made smaller for this model.')
  const { mediaType, width, height } = cleaned.facts
  return { bytes: cleaned.bytes, mediaType, width, height }
}

export async function fitInputs(
  { images, mask }: JobPictures,
  { maxInputSide }: Pick<ImageTraits, 'maxInputSide'>,
  library: Cleaner,
): Promise<JobPictures> {
  if (maxInputSide === undefined) return { images, mask }
  const fitted: InputPicture[] = []
  // One after the other: each takes the memory of all its pixels.
  for (const picture of images) fitted.push(await shrink(picture, maxInputSide, library))
  return { images: fitted, mask: mask && (await shrink(mask, maxInputSide, library)) }
}
