// The client of Stripe's API, and what every use of it shares: what a failure means, and that an answer is what was
// asked for.
import Stripe from 'stripe'
import { isProblem, Problem, serviceUnavailable } from '#shared/http/problems'

const TIMEOUT_MS = 20_000

interface StripeAddress {
  secretKey: string
  /** Null for Stripe's own. */
  apiBase: string | null
  fetch?: typeof fetch
  retries?: number
}

export function createStripe({ secretKey, apiBase, fetch, retries = 2 }: StripeAddress): Stripe {
  const base = apiBase === null ? null : new URL(apiBase)
  return new Stripe(secretKey, {
    httpClient: Stripe.createFetchHttpClient(fetch),
    maxNetworkRetries: retries,
    timeout: TIMEOUT_MS,
    telemetry: false,
    ...(base && {
      host: base.hostname,
      port: base.port || (base.protocol === 'https:' ? '443' : '80'),
      protocol: base.protocol === 'https:' ? ('https' as const) : ('http' as const),
    }),
  })
}

/** Stripe has no such object, or has it no more. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError &&
  (error.statusCode === 404 || error.code === 'resource_missing')

/** The code of a refusal (`resource_already_exists`, `tax_id_invalid` …), where Stripe refused. */
export const refusalOf = (error: unknown): string | null =>
  error instanceof Stripe.errors.StripeInvalidRequestError ? (error.code ?? 'invalid_request') : null

/** The SDK takes an answer without Stripe's envelope of errors for a success: whatever is answered is looked at. */
export function expectObject<T extends { object: string }>(answer: T, object: T['object']): T {
  if ((answer as { object?: unknown } | null)?.object === object) return answer
  throw serviceUnavailable('The payment service', `asked for a ${object}, got something else`)
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Asks Stripe: when it cannot be reached, or errs, that is no fault of the caller's. */
export async function askStripe<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question()
  } catch (error) {
    if (isProblem(error) || error instanceof Stripe.errors.StripeCardError) throw error
    if (error instanceof Stripe.errors.StripeInvalidRequestError) throw error
    throw serviceUnavailable('The payment service', reasonOf(error))
  }
}

/** The same, where Stripe has no reason to refuse: a refusal is the platform's own fault, and is told as one. */
export async function tellStripe<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await askStripe(question)
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError)
      throw new Problem('conflict', 'The payment service has refused this. Nothing was changed and nothing charged.', {
        internal: `${error.code ?? ''} ${error.param ?? ''} ${error.message}`.trim(),
      })
    throw error
  }
}
