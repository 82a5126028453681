import { invalidRequest } from '#shared/http/problems'
import type { ImagePart } from '#shared/providers/spec/language-model'

const mediaTypes = /^image\/(jpeg|png|gif|webp)$/

/** Names that only mean something inside a network. */
const INTERNAL_NAME = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|arpa)$/

/** Loopback, private, link-local (where clouds keep their metadata), shared, multicast and reserved ranges. */
function isInternalIPv4(host: string): boolean {
  const parts = host.split('.').map(Number)
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part))) return false
  const [a = 0, b = 0] = parts
  return (
    [0, 10, 127].includes(a) ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    a >= 224
  )
}

/** `URL` has written the host in its one canonical way: `0x7f.1` and `2130706433` are 127.0.0.1 by now. */
function isInternal({ hostname }: URL): boolean {
  const host = hostname.replace(/\.$/, '').toLowerCase()
  // Nobody publishes pictures under a bare IPv6 address.
  return host.startsWith('[') || !host.includes('.') || INTERNAL_NAME.test(host) || isInternalIPv4(host)
}

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
  const parsed = URL.canParse(url) ? new URL(url) : null
  if (parsed?.protocol !== 'https:' || parsed.username !== '' || isInternal(parsed))
    throw invalidRequest('An image must be a public https address or a data: URL.', param)
  return { kind: 'url', url }
}
