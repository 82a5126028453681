import { invalidRequest, unsupportedParameter } from '#shared/http/problems'
import type { ImageRequest } from '../spec/image-model.ts'
import { toDataUrl } from './data-url.ts'
import { toWhiteMask } from './white-mask.ts'

/**
 * What is sent as a mask, white where the picture may change; null where there is none. Left out it would be another
 * picture, so a model that takes none refuses, and so does one that is nothing without it.
 */
export async function maskAddressOf(
  { mask, operation }: ImageRequest,
  takes: 'needed' | undefined,
): Promise<string | null> {
  if (!mask) {
    if (takes === 'needed' && operation === 'edit')
      throw invalidRequest('This model changes what a mask leaves free, and needs one.', 'mask')
    return null
  }
  if (!takes) throw unsupportedParameter('mask', 'This model takes no mask. Leave it out, or choose another model.')
  return toDataUrl({ bytes: await toWhiteMask(mask.bytes), mediaType: 'image/png' })
}
