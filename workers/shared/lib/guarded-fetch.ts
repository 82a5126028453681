// `fetch` for a server that a customer named: to public addresses only, without following it elsewhere, and without
// reading more than an answer can be. Who runs that server may also be who wants to see this one fall over.
import { checkPublicUrl } from './public-url.ts'

interface GuardedFetchOptions {
  /** The platform runs on somebody's machine, whose own servers may be called too. */
  local: boolean
  fetch: typeof fetch
}

const MAX_ANSWER_BYTES = 64 * 1_048_576
/** Errors are read in one piece. */
const MAX_ERROR_BYTES = 64 * 1_024

function limited(response: Response, maxBytes: number): Response {
  if (!response.body) return response
  let length = 0
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      length += chunk.byteLength
      if (length > maxBytes) controller.error(new Error('the answer is too large'))
      else controller.enqueue(chunk)
    },
  })
  return new Response(response.body.pipeThrough(counter), {
    status: response.status,
    statusText: response.statusText,
    headers: response.headers,
  })
}

const addressOf = (input: RequestInfo | URL): string =>
  typeof input === 'string' ? input : input instanceof URL ? input.href : input.url

export function createGuardedFetch({ local, fetch: send }: GuardedFetchOptions): typeof fetch {
  return async (input, init) => {
    const checked = checkPublicUrl(addressOf(input), { local })
    if (!checked.ok) throw new Error('not a public https address')
    const response = await send(input, { ...init, redirect: 'manual' })
    if (response.status >= 300 && response.status < 400) {
      void response.body?.cancel().catch(() => undefined)
      throw new Error('it redirects, which is not followed')
    }
    return limited(response, response.ok ? MAX_ANSWER_BYTES : MAX_ERROR_BYTES)
  }
}
