// The headers that every answer carries, whoever made it.
import { corsHeaders } from './cors.ts'

const everywhere: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
}

/** What only a document heeds. */
const ofPages: Record<string, string> = {
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
}

/** What every answer of an entrance says, whatever it answers. */
export const standingHeaders = ({ requestId, isApi, isSecure, cors }: HeaderFacts): Record<string, string> => ({
  ...everywhere,
  ...(!isApi && ofPages),
  'x-request-id': requestId,
  'content-security-policy': isApi ? API_POLICY : SITE_POLICY,
  'cross-origin-resource-policy': cors ? 'cross-origin' : 'same-origin',
  ...(isSecure && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
  ...(cors && corsHeaders),
})

export interface Dressing {
  standing: Readonly<Record<string, string>>
  isApi: boolean
  /** Made by this very Worker: its headers can be set as they are, and may say all of this already. */
  own?: boolean
  extra?: Record<string, string>
}

const POLICY = 'content-security-policy'

/** A file that a service gives out is to do even less than what it answers otherwise. */
const isSandboxed = (headers: Headers): boolean => headers.get(POLICY)?.includes('sandbox') ?? false

export function withHeaders(response: Response, { standing, isApi, own, extra }: Dressing): Response {
  // A socket's answer cannot be copied, and no browser would look at its headers.
  if (response.status === 101) return response
  if (own && !extra && response.headers.has('x-request-id')) return response
  const answer = own ? response : new Response(response.body, response)
  const { headers } = answer
  const keepsPolicy = isSandboxed(headers)
  for (const name in standing) if (!(keepsPolicy && name === POLICY)) headers.set(name, standing[name]!)
  if (isApi && !headers.has('cache-control')) headers.set('cache-control', 'no-store')
  for (const name in extra) if (!headers.has(name)) headers.set(name, extra[name]!)
  return answer
}
