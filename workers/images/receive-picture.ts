// Pictures that somebody sends: judged by what they are and not by what they are called, and rid of everything but
// their pixels.
import type { CleanInput, CleanPicture, LibraryQuestions, PictureFault } from '#shared/contracts/library'
import { invalidRequest, notFound, Problem } from '#shared/http/problems'
import type { GivenPicture } from './prepare-picture.ts'

const sentences: Record<PictureFault, string> = {
  image_unsupported: 'this is no PNG, JPEG or WebP picture, whatever it is called',
  image_damaged: 'the picture is damaged or cut off',
  image_too_large: 'the picture has more pixels or bytes than are taken',
  image_animated: 'the picture moves; a still one is needed',
}

function toFaultProblem({ fault, facts }: Extract<CleanPicture, { ok: false }>, param: string): Problem {
  const { width, height, maxPixels, maxBytes } = facts ?? {}
  return new Problem(fault, `${param}: ${sentences[fault]}.`, {
    param,
    facts: {
      ...(width !== undefined && { width }),
      ...(height !== undefined && { height }),
      ...(maxPixels !== undefined && { max_pixels: maxPixels }),
      ...(maxBytes !== undefined && { max_bytes: maxBytes }),
    },
  })
}

interface Received {
  bytes: Uint8Array
  param: string
  library: Pick<LibraryQuestions, 'clean'>
  how?: Omit<CleanInput, 'bytes'>
}

export async function receivePicture({ bytes, param, library, how = {} }: Received) {
  const cleaned = await library.clean({ bytes, ...how })
  if (!cleaned.ok) throw toFaultProblem(cleaned, param)
  const { mediaType, width, height, hasAlpha } = cleaned.facts
  const picture: GivenPicture = { bytes: cleaned.bytes, mediaType, width, height, itemId: null, sent: true }
  return { picture, hasAlpha }
}

/** Transparent where the picture may change: a mask without that changes nothing. */
export async function receiveMask({ bytes, library }: Pick<Received, 'bytes' | 'library'>): Promise<GivenPicture> {
  const { picture, hasAlpha } = await receivePicture({ bytes, param: 'mask', library, how: { format: 'png' } })
  if (!hasAlpha) throw invalidRequest('mask: must be a PNG that is transparent where the picture may change', 'mask')
  return picture
}

export interface Holder {
  organizationId: string
  userId: string
}

const pictureTypes = ['image/png', 'image/jpeg', 'image/webp'] as const
const isPicture = (type: string): type is (typeof pictureTypes)[number] =>
  (pictureTypes as readonly string[]).includes(type)

/** An item of the library that the caller may see. What they may not see is not there. */
export async function openItem({
  itemId,
  holder,
  library,
  param,
  staged = false,
}: {
  itemId: string
  holder: Holder
  library: Pick<LibraryQuestions, 'open'>
  param: string
  staged?: boolean
}): Promise<GivenPicture> {
  const opened = await library.open({ ...holder, itemId, ...(staged && { staged: true }) })
  if (!opened) throw notFound('picture')
  const { mediaType, width, height } = opened.facts
  if (!isPicture(mediaType) || width === null || height === null)
    throw new Problem('image_unsupported', `${param}: ${itemId} is no picture that can be worked from.`, { param })
  return { bytes: opened.bytes, mediaType, width, height, itemId, sent: staged }
}
