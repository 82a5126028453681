// Refusals in Stripe's words and envelope. An answer without the envelope would be read as success by the SDK.
import type { PaymentIntent, SetupIntent } from './tables.ts'

export interface StripeRefusal {
  status: number
  type: 'invalid_request_error' | 'card_error' | 'idempotency_error' | 'api_error'
  message: string
  code?: string
  param?: string
  decline_code?: string
  advice_code?: string
  charge?: string
  payment_intent?: PaymentIntent
  setup_intent?: SetupIntent
  payment_method?: object
}

export class StripeError extends Error {
  readonly refusal: StripeRefusal

  constructor(refusal: StripeRefusal) {
    super(refusal.message)
    this.refusal = refusal
  }
}

export const invalid = (message: string, more: { code?: string; param?: string; status?: number } = {}) =>
  new StripeError({ status: 400, type: 'invalid_request_error', message, ...more })

export const noSuch = (what: string, id: string, param = 'id') =>
  new StripeError({
    status: ['id', 'intent', 'setup_intent'].includes(param) ? 404 : 400,
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${what}: '${id}'`,
    param,
  })

export const unknownRoute = (method: string, path: string) =>
  new StripeError({
    status: 404,
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${method}: ${path}). If you are trying to list objects, remove the trailing slash. If you are trying to retrieve an object, make sure you passed a valid (non-empty) identifier in your code.`,
  })

export const unknownParameter = (param: string) =>
  invalid(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param })

export const missingParameter = (param: string) =>
  invalid(`Missing required param: ${param}.`, { code: 'parameter_missing', param })
