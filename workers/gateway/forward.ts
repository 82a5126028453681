// Hands a call to its service: one copy of the request, with the caller's own claims removed and the
// gateway's facts set. Its body, its signal and its upgrade travel with it, unread.
import type { Principal } from '#shared/contracts/principal'
import { PRINCIPAL_HEADER, REQUEST_ID_HEADER, sealPrincipal } from '#shared/http/principal'
import { Problem, serviceUnavailable } from '#shared/http/problems'
import type { GatewayEnv } from './env.ts'
import { clientAddress } from './rate-limit.ts'
import type { ServiceRoute } from './services.ts'

export const CLIENT_ADDRESS_HEADER = 'x-riwaq-client-address'

interface Call {
  request: Request
  route: ServiceRoute
  principal: Principal
  requestId: string
  env: GatewayEnv
  now: number
}

export function requireBodyWithin(request: Request, maxBytes: number): void {
  // A body without a length is counted by the service as it reads.
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) {
    throw new Problem('payload_too_large', `The body is larger than ${maxBytes} bytes.`, {
      facts: { max_bytes: maxBytes },
    })
  }
}

async function prepare({ request, route, principal, requestId, env, now }: Call): Promise<Request> {
  const forwarded = new Request(request)
  const { headers } = forwarded
  for (const name of Array.from(headers.keys())) if (name.startsWith('x-riwaq-')) headers.delete(name)
  headers.set(REQUEST_ID_HEADER, requestId)
  headers.set(CLIENT_ADDRESS_HEADER, clientAddress(request.headers))
  headers.set(PRINCIPAL_HEADER, await sealPrincipal({ principal, at: now }, env.PRINCIPAL_KEY))
  // Who is calling is known by now: what proved it is nobody else's business.
  headers.delete('authorization')
  headers.delete('x-api-key')
  if (!route.keepsCookies) headers.delete('cookie')
  return forwarded
}

/** A service renders its own failures. Anything else is the runtime saying that the service is not there. */
const isOurs = (response: Response): boolean =>
  response.status < 500 || (response.headers.get('content-type') ?? '').includes('json')

export async function forward(call: Call): Promise<Response> {
  const door = call.env[call.route.binding]
  const name = call.route.binding.toLowerCase()
  if (!door) throw serviceUnavailable(`The ${name} service`, 'no such binding')
  const request = await prepare(call)
  try {
    const response = await door.fetch(request)
    if (!isOurs(response)) throw new Error(`answered ${response.status} without a problem`)
    return response
  } catch (error) {
    // Nobody is waiting any more: that is the client's doing and not a fault of the service.
    if (call.request.signal.aborted) throw new Problem('client_closed_request', 'The client closed the request.')
    throw serviceUnavailable(`The ${name} service`, error instanceof Error ? error.message : String(error))
  }
}
