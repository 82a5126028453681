// Bytes of R2 as an answer of their own. What they are was found out when they came in; here they are given out as that
// and nothing else, and as a page they may do nothing.
import { contentDisposition } from './serve-disposition.ts'
import { readRange } from './serve-range.ts'

/** What a browser may show. Whatever else is kept is only handed out to be saved. */
const shown = new Set(['image/png', 'image/jpeg', 'image/webp'])

const POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
const YEAR_SECONDS = 31_536_000
const DAY_SECONDS = 86_400

export interface ServedFile {
  /** In the bucket. */
  key: string
  mediaType: string
  title: string
  /** Different for different bytes: the hash of the original and which rendition of it this is. */
  version: string
}

export type FileAccess =
  /** By the caller's own session or key: another account in the same browser is not shown what this one saw. */
  | { by: 'principal' }
  /** By an address that is its own proof until it ends, from any site. */
  | { by: 'address'; expiresAt: number; now: number }

function accessHeaders(access: FileAccess): Record<string, string> {
  if (access.by === 'principal') {
    return {
      'cache-control': `private, max-age=${YEAR_SECONDS}, immutable`,
      vary: 'cookie, authorization, x-api-key',
      'cross-origin-resource-policy': 'same-origin',
    }
  }
  const seconds = Math.max(0, Math.min(DAY_SECONDS, Math.floor((access.expiresAt - access.now) / 1_000)))
  return { 'cache-control': `private, max-age=${seconds}`, 'cross-origin-resource-policy': 'cross-origin' }
}

const isKnown = (header: string | null, etag: string): boolean =>
  header !== null && (header.trim() === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag))

interface Served {
  request: Request
  bucket: Pick<R2Bucket, 'get'>
  file: ServedFile
  access: FileAccess
  download: boolean
}

function headersOf({ file, access, download }: Served, etag: string): Headers {
  const isShown = shown.has(file.mediaType)
  return new Headers({
    ...accessHeaders(access),
    'content-type': isShown ? file.mediaType : 'application/octet-stream',
    'content-disposition': contentDisposition({ ...file, attachment: download || !isShown }),
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'accept-ranges': 'bytes',
    etag,
  })
}

/** A range holds for the version that it was asked of. */
const rangeHeader = ({ headers }: Request, etag: string): string | null => {
  const condition = headers.get('if-range')
  return condition !== null && condition.trim() !== etag ? null : headers.get('range')
}

/** Without its bytes: one of them is asked for, because an empty range is none. */
async function sizeOf(bucket: Pick<R2Bucket, 'get'>, key: string): Promise<number | null> {
  const object = await bucket.get(key, { range: { offset: 0, length: 1 } })
  await object?.body.cancel()
  return object?.size ?? null
}

/** Null where there are no such bytes. */
export async function serveFile(served: Served): Promise<Response | null> {
  const { request, bucket, file } = served
  const etag = `"${file.version}"`
  const headers = headersOf(served, etag)
  if (isKnown(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
  const asked = rangeHeader(request, etag)
  if (asked === null && request.method !== 'HEAD') {
    const object = await bucket.get(file.key)
    if (!object) return null
    headers.set('content-length', String(object.size))
    return new Response(object.body, { headers })
  }
  const size = await sizeOf(bucket, file.key)
  if (size === null) return null
  const range = readRange(asked, size)
  if (range === 'unsatisfiable') {
    headers.set('content-range', `bytes */${size}`)
    headers.delete('content-disposition')
    headers.set('cache-control', 'no-store')
    return new Response(null, { status: 416, headers })
  }
  headers.set('content-length', String(range?.length ?? size))
  if (range) headers.set('content-range', `bytes ${range.offset}-${range.offset + range.length - 1}/${size}`)
  const status = range ? 206 : 200
  if (request.method === 'HEAD') return new Response(null, { status, headers })
  const object = await bucket.get(file.key, range ? { range } : {})
  return object && new Response(object.body, { status, headers })
}
