// Vendors that answer with addresses keep what is behind them for an hour or a day: it is fetched at once, within limits.
import { safeFetch, type SafeFetchFault } from '#shared/lib/safe-fetch'
import { fromBase64Url } from '#shared/lib/bytes'
import { sniffMediaType } from '#shared/lib/sniff-media-type'
import { pictureProblem } from './picture-problems.ts'

const MAX_BYTES = 40 * 1_048_576
const TIMEOUT_MS = 60_000
const accept = ['image/png', 'image/jpeg', 'image/webp'] as const

export interface FetchPicturesInput {
  /** As people know it: for what is said where it fails. */
  vendor: string
  /** https, or `data:` with the picture itself. */
  addresses: readonly string[]
  signal: AbortSignal
  fetch?: typeof fetch
  /** The platform runs on somebody's machine, whose own servers may be asked too. */
  local?: boolean
}

const isBad: ReadonlySet<SafeFetchFault> = new Set(['wrong-type', 'too-large'])

function fromDataUrl(address: string, vendor: string): Uint8Array {
  const data = /^data:[^,]{0,100};base64,([A-Za-z0-9+/=_-]+)$/.exec(address)?.[1]
  const bytes = data !== undefined && data.length <= (MAX_BYTES * 4) / 3 ? fromBase64Url(data) : null
  if (bytes && accept.some((type) => type === sniffMediaType(bytes))) return bytes
  throw pictureProblem('provider_bad_image', vendor, 'a data address that is no picture')
}

async function fetchPicture(
  address: string,
  { vendor, signal, fetch, local }: FetchPicturesInput,
): Promise<Uint8Array> {
  if (address.startsWith('data:')) return fromDataUrl(address, vendor)
  const outcome = await safeFetch({
    url: address,
    maxBytes: MAX_BYTES,
    timeoutMs: TIMEOUT_MS,
    accept,
    signal,
    ...(fetch && { fetch }),
    ...(local !== undefined && { local }),
  })
  if (outcome.ok) return outcome.bytes
  const { fault, status } = outcome
  throw pictureProblem(
    isBad.has(fault) ? 'provider_bad_image' : 'provider_image_lost',
    vendor,
    `its link: ${fault}${status === undefined ? '' : ` ${status}`}`,
  )
}

/** In the order of their addresses. Throws a Problem where one is lost, or is no picture. */
export const fetchPictures = (input: FetchPicturesInput): Promise<Uint8Array[]> =>
  Promise.all(input.addresses.map((address) => fetchPicture(address, input)))
