import { invalidRequest } from '#shared/http/problems'
import { checkPublicUrl } from '#shared/lib/public-url'
import type { ImagePart } from '#shared/providers/spec/language-model'

const mediaTypes = /^image\/(jpeg|png|gif|webp)$/

/**
 * A public https address or a data: URL. It is the vendor who fetches it, and a server of the operator's own would
 * fetch it from inside the operator's network.
 */
export function toImageSource(url: string, param: string): ImagePart['source'] {
  if (url.startsWith('data:')) {
    const comma = url.indexOf(',')
    const [mediaType = '', ...attributes] = url.slice(5, comma).split(';')
    if (comma < 0 || !attributes.includes('base64') || !mediaTypes.test(mediaType)) {
      throw invalidRequest(
        'An image in the request must be a JPEG, PNG, GIF or WebP in base64: data:image/png;base64,…',
        param,
      )
    }
    return { kind: 'base64', mediaType, data: url.slice(comma + 1) }
  }
  if (!checkPublicUrl(url).ok) throw invalidRequest('An image must be a public https address or a data: URL.', param)
  return { kind: 'url', url }
}
