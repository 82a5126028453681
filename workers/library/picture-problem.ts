import type { Staged } from '#shared/contracts/library'
import { Problem } from '#shared/http/problems'
import { MAX_PICTURE_BYTES, MAX_PIXELS, MAX_SIDE } from './pixels/limits.ts'

type Refused = Extract<Staged, { ok: false }>

const messages: Record<Refused['fault'], string> = {
  image_unsupported: 'This is no PNG, JPEG or WebP picture, whatever it is called.',
  image_damaged: 'The picture is damaged or cut off.',
  image_too_large: 'The picture has more pixels or bytes than are taken.',
  image_animated: 'The picture moves; a still one is needed.',
  storage_exhausted: 'There is no room left for it. Delete something for good, or move to a larger plan.',
}

/** A picture that was sent and is not taken, with what would have been. */
export function pictureProblem({ fault, facts = {} }: Refused): Problem {
  const limits = {
    max_bytes: facts.maxBytes ?? MAX_PICTURE_BYTES,
    max_pixels: facts.maxPixels ?? MAX_PIXELS,
    max_side: facts.maxSide ?? MAX_SIDE,
  }
  return new Problem(fault, messages[fault], {
    param: 'file',
    facts: {
      ...(fault === 'image_too_large' && limits),
      ...(facts.width !== undefined && { width: facts.width }),
      ...(facts.height !== undefined && { height: facts.height }),
      ...(facts.format !== undefined && { format: facts.format }),
    },
  })
}
