// Hands a call to its service: one copy of the request, with the caller's own claims removed and the
// gateway's facts set. Its body, its signal and its upgrade travel with it, unread.
import type { Principal } from '#shared/contracts/principal'
import { PRINCIPAL_HEADER, REQUEST_ID_HEADER, sealPrincipal } from '#shared/http/principal'
import { Problem, serviceUnavailable } from '#shared/http/problems'
import type { GatewayEnv } from './env.ts'
import { clientAddress } from '#shared/entrance/rate-limit'
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

/** What a caller may say by a header of ours. Every other one is the platform's own word. */
const callersHeaders = new Set(['x-riwaq-cache', 'x-riwaq-cache-ttl', 'x-riwaq-models', 'x-riwaq-provider-order'])
const isOurs = (name: string): boolean => name.startsWith('x-riwaq-') && !callersHeaders.has(name)

async function prepare({ request, route, principal, requestId, env, now }: Call): Promise<Request> {
  const forwarded = new Request(request)
  const { headers } = forwarded
  for (const name of Array.from(headers.keys())) if (isOurs(name)) headers.delete(name)
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
const isFromService = (response: Response): boolean =>
  response.status < 500 || (response.headers.get('content-type') ?? '').includes('json')

export async function forward(call: Call): Promise<Response> {
  const door = call.env[call.route.binding]
  const name = call.route.binding.toLowerCase()
  if (!door) throw serviceUnavailable(`The ${name} service`, 'no such binding')
  const request = await prepare(call)
  try {
    const response = await door.fetch(request)
    if (!isFromService(response)) throw new Error(`answered ${response.status} without a problem`)
    return response
  } catch (error) {
    // Nobody is waiting any more: that is the client's doing and not a fault of the service.
    if (call.request.signal.aborted) throw new Problem('client_closed_request', 'The client closed the request.')
    throw serviceUnavailable(`The ${name} service`, error instanceof Error ? error.message : String(error))
  }
}
