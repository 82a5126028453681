// The headers that every answer carries, whoever made it.
import { corsHeaders } from './cors.ts'

const EVERYWHERE: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(self), payment=(), usb=()',
}

/** The pages bring a policy of their own with the hashes of their scripts; this one adds what a page's policy cannot say. */
const SITE_POLICY = "frame-ancestors 'none'; base-uri 'none'; object-src 'none'; form-action 'self'"
const API_POLICY = "default-src 'none'; frame-ancestors 'none'"

export interface HeaderFacts {
  requestId: string
  isApi: boolean
  isSecure: boolean
  cors: boolean
  /** Made by this very Worker: its headers can be set as they are. */
  own?: boolean
  extra?: Record<string, string>
}

function setAll(headers: Headers, values: Readonly<Record<string, string>>): void {
  for (const name in values) headers.set(name, values[name]!)
}

export function withHeaders(
  response: Response,
  { requestId, isApi, isSecure, cors, own, extra }: HeaderFacts,
): Response {
  // A socket's answer cannot be copied, and no browser would look at its headers.
  if (response.status === 101) return response
  const answer = own ? response : new Response(response.body, response)
  const { headers } = answer
  setAll(headers, EVERYWHERE)
  headers.set('x-request-id', requestId)
  headers.set('content-security-policy', isApi ? API_POLICY : SITE_POLICY)
  headers.set('cross-origin-resource-policy', cors ? 'cross-origin' : 'same-origin')
  if (isSecure) headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains')
  if (isApi && !headers.has('cache-control')) headers.set('cache-control', 'no-store')
  if (cors) setAll(headers, corsHeaders)
  for (const name in extra) if (!headers.has(name)) headers.set(name, extra[name]!)
  return answer
}
