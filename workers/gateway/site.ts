// The static site: everything that is not the API's.
import { Problem } from '#shared/http/problems'
import { chooseLocale, siteLocales } from '#shared/http/choose-locale'
import type { GatewayEnv } from './env.ts'

/** Every conversation has an address of its own, and one page shows them all. */
const CONVERSATION_PAGE = /^\/([a-z]{2}(?:-[A-Za-z0-9]{2,8})?)\/chat\/[^/]+\/?$/

/** Addresses without a language, and the page that each stands for in the visitor's own. */
const unlocalized: Readonly<Record<string, string>> = { '/': '', '/docs': 'reference', '/docs/': 'reference' }

const LOCALIZED = new RegExp(`^/(?:${siteLocales.join('|')})(?=/)`)

/** That a page exists in other languages. In a header, because search engines want whole addresses and a built page
 * does not know where it will be served. */
function withLanguages(response: Response, { origin, path, own }: { origin: string; path: string; own: string }) {
  const isPage = response.status === 200 && response.headers.get('content-type')?.startsWith('text/html')
  if (!isPage || !LOCALIZED.test(path)) return response
  const links = siteLocales.map(
    (locale) => `<${origin}${path.replace(LOCALIZED, `/${locale}`)}>; rel="alternate"; hreflang="${locale}"`,
  )
  if (own !== path) links.push(`<${origin}${path}>; rel="canonical"`)
  const answer = new Response(response.body, response)
  answer.headers.append('link', links.join(', '))
  return answer
}

export async function answerFromSite({
  request,
  url,
  env,
}: {
  request: Request
  url: URL
  env: GatewayEnv
}): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw new Problem('method_not_allowed', 'This address can only be read.', { headers: { allow: 'GET, HEAD' } })
  }
  const place = unlocalized[url.pathname]
  if (place !== undefined) {
    const location = `/${chooseLocale(request.headers)}/${place}${url.search}`
    return new Response(null, {
      status: 302,
      headers: { location, vary: 'accept-language, cookie', 'cache-control': 'private, no-store' },
    })
  }
  const conversation = CONVERSATION_PAGE.exec(url.pathname)
  const own = url.pathname
  if (!conversation) return withLanguages(await env.ASSETS.fetch(request), { origin: url.origin, path: own, own })
  const page = new URL(`/${conversation[1]}/chat`, url)
  const response = await env.ASSETS.fetch(new Request(page, request))
  return withLanguages(response, { origin: url.origin, path: page.pathname, own })
}
