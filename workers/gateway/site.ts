// The static site: everything that is not the API's.
import { Problem } from '#shared/http/problems'
import { chooseLocale } from '#shared/http/choose-locale'
import type { GatewayEnv } from './env.ts'

/** Every conversation has an address of its own, and one page shows them all. */
const CONVERSATION_PAGE = /^\/([a-z]{2}(?:-[A-Za-z0-9]{2,8})?)\/chat\/[^/]+\/?$/

/** Addresses without a language, and the page that each stands for in the visitor's own. */
const unlocalized: Readonly<Record<string, string>> = { '/': '', '/docs': 'reference', '/docs/': 'reference' }

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
  if (!conversation) return env.ASSETS.fetch(request)
  const page = new URL(`/${conversation[1]}/chat`, url)
  return env.ASSETS.fetch(new Request(page, request))
}
