// What a service lets through of a request for a socket before it hands it to an object.
import { invalidRequest, Problem } from './problems.ts'

const upgradeHeaders = [
  'connection',
  'upgrade',
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-extensions',
  'sec-websocket-protocol',
]

/** A browser sends cookies with a socket that any page opens, and no CORS rule asks: so only our own pages may. */
function checkOrigin(request: Request): void {
  const origin = request.headers.get('origin')
  if (origin === null) return
  const host = request.headers.get('host') ?? new URL(request.url).host
  const from = URL.canParse(origin) ? new URL(origin).host : null
  if (from !== host) throw new Problem('origin_not_allowed', 'This socket can only be opened by the site’s own pages.')
}

/** Throws where it is no request for a socket, or not from one of our own pages. Nothing else that was sent is let through. */
export function socketHeadersOf(request: Request): Headers {
  if (request.headers.get('upgrade')?.toLowerCase() !== 'websocket')
    throw invalidRequest('This address takes a WebSocket.', 'upgrade')
  checkOrigin(request)
  const headers = new Headers()
  for (const name of upgradeHeaders) {
    const value = request.headers.get(name)
    if (value !== null) headers.set(name, value)
  }
  return headers
}
