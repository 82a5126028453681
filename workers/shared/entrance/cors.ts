// /v1 is for any page of any site, with a key and never with a cookie. Everything else has no CORS at all,
// so that browsers keep other sites away from it.

const EXPOSED = [
  'x-request-id',
  'x-riwaq-cost-micros',
  'x-riwaq-model',
  'x-riwaq-provider',
  'x-riwaq-max-tokens',
  'x-riwaq-warnings',
  'x-riwaq-idempotent-replay',
  'x-riwaq-replayed-request-id',
  'x-riwaq-degraded',
  'x-riwaq-estimated',
  'x-riwaq-attempts',
  'x-riwaq-cache',
  'x-riwaq-prompt-paid-by',
  'x-riwaq-guardrails',
  'age',
  'x-should-retry',
  'ratelimit',
  'ratelimit-policy',
  'retry-after',
].join(', ')

export const corsHeaders: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': EXPOSED,
}

export const isPreflight = (request: Request): boolean =>
  request.method === 'OPTIONS' && request.headers.has('origin') && request.headers.has('access-control-request-method')

/** The headers asked for are echoed: SDKs send many of their own (`x-stainless-…`), and none of them is a secret of ours. */
export function answerPreflight(request: Request): Response {
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
      'access-control-allow-headers':
        request.headers.get('access-control-request-headers') ?? 'authorization, content-type, x-api-key',
      'access-control-max-age': '86400',
      vary: 'access-control-request-headers',
    },
  })
}
