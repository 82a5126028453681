// The pictures that a job works from, as its owner may see them now.
import type { LibraryQuestions } from '#shared/contracts/library'
import { notFound } from '#shared/http/problems'
import type { InputPicture } from '#shared/providers/spec/image-model'
import type { ImageJob, JobPicture } from './image-job.ts'
import type { JobPictures } from './to-image-request.ts'

/** One that was deleted meanwhile is no picture of a job any more: nobody is asked for anything. */
async function openPicture(
  picture: JobPicture,
  { organizationId, userId }: Pick<ImageJob, 'organizationId' | 'userId'>,
  library: LibraryQuestions,
): Promise<InputPicture> {
  const { itemId, mediaType, width, height } = picture
  const opened = await library.open({ organizationId, userId, itemId, ...(picture.sent && { staged: true }) })
  if (!opened) throw notFound('picture to work from (any more)')
  return { bytes: opened.bytes, mediaType, width, height }
}

export async function openPictures(job: ImageJob, library: LibraryQuestions): Promise<JobPictures> {
  const { pictures, mask } = job.input.ways
  const images: InputPicture[] = []
  // One after the other: together they can be more than a Worker's memory takes twice.
  for (const picture of pictures) images.push(await openPicture(picture, job, library))
  return { images, mask: mask && (await openPicture(mask, job, library)) }
}

/** Those that came with the request, and are kept for it alone. */
export const sentPictures = ({ input: { ways } }: Pick<ImageJob, 'input'>): string[] =>
  [...ways.pictures, ...(ways.mask ? [ways.mask] : [])].filter(({ sent }) => sent).map(({ itemId }) => itemId)
