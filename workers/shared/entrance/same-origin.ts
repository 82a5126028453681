// A session lives in a cookie, and a browser sends cookies whoever wrote the page: what a session may do is
// therefore only done for pages of this site.
import { Problem } from '../http/problems.ts'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

const originOf = (url: string | undefined): string | null => (url && URL.canParse(url) ? new URL(url).origin : null)

export interface OriginQuestion {
  request: Request
  url: URL
  publicUrl: string | undefined
}

function isOwnOrigin({ request, url, publicUrl }: OriginQuestion): boolean {
  const origin = request.headers.get('origin')
  if (origin !== null) return origin === url.origin || origin === originOf(publicUrl)
  const site = request.headers.get('sec-fetch-site')
  return site === null || site === 'same-origin' || site === 'none'
}

/** A socket is opened by GET and then carries the session for hours: it counts as unsafe. */
const needsOwnOrigin = ({ request, url }: OriginQuestion): boolean =>
  !SAFE_METHODS.has(request.method) || request.headers.has('upgrade') || url.pathname.startsWith('/v1/')

export function requireOwnOrigin(question: OriginQuestion): void {
  if (needsOwnOrigin(question) && !isOwnOrigin(question)) {
    throw new Problem(
      'origin_not_allowed',
      'A session works only from the pages of this site. From elsewhere, use an API key.',
    )
  }
}
