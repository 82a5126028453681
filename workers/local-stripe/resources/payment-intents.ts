// Payment intents: one payment and all its attempts.
import type { Engine } from '../engine.ts'
import { pageOf } from '../lists.ts'
import { mergeMetadata } from '../metadata.ts'
import {
  address,
  boolean,
  emptyable,
  integer,
  list,
  listParams,
  metadata,
  object,
  oneOf,
  required,
  string,
  type Values,
} from '../params.ts'
import { cardError } from '../payments/decline.ts'
import { cancelIntent, captureIntent, confirmIntent, createIntent } from '../payments/intents.ts'
import { methodNamed } from '../payments/usable-method.ts'
import { route, type Resource } from '../resource.ts'
import type { PaymentIntent } from '../tables.ts'
import { toAddress } from './address.ts'
import { describedMethod, methodData } from './payment-method-params.ts'
import { save } from './saved.ts'

const shipping = object({
  address: required(address()),
  name: required(string()),
  phone: string(),
  carrier: string(),
  tracking_number: string(),
})

/** That whoever owns the account allowed it to be debited. */
const mandateData = object({
  customer_acceptance: required(
    object({
      accepted_at: integer(),
      offline: object({}),
      online: object({ ip_address: required(string()), user_agent: required(string()) }),
      type: required(oneOf('offline', 'online')),
    }),
  ),
})

const confirmable = {
  mandate_data: mandateData,
  off_session: boolean(),
  payment_method: string(),
  payment_method_data: object(methodData),
  payment_method_options: object({ card: object({ request_three_d_secure: oneOf('any', 'automatic', 'challenge') }) }),
  receipt_email: emptyable(string()),
  return_url: string(),
  setup_future_usage: emptyable(oneOf('off_session', 'on_session')),
  error_on_requires_action: boolean(),
  use_stripe_sdk: boolean(),
}

const automatic = object({ allow_redirects: oneOf('always', 'never'), enabled: required(boolean()) })

/** Before they were a filter of what the account offers, they were the offer itself. */
const legacy = { payment_method_types: list(string()) }

const creatable = {
  ...confirmable,
  allowed_payment_method_types: list(string()),
  amount: required(integer({ min: 1 })),
  currency: required(string()),
  automatic_payment_methods: automatic,
  capture_method: oneOf('automatic', 'automatic_async', 'manual'),
  confirm: boolean(),
  confirmation_method: oneOf('automatic', 'manual'),
  customer: string(),
  description: string(),
  metadata: metadata(),
  shipping,
  statement_descriptor: string(),
  statement_descriptor_suffix: string(),
}

type ConfirmGiven = Values<typeof confirmable>

function confirm(engine: Engine, id: string, given: ConfirmGiven): PaymentIntent {
  const method = given.payment_method_data
    ? describedMethod(engine, given.payment_method_data).id
    : given.payment_method
  const intent = confirmIntent(engine, id, {
    paymentMethod: method,
    offSession: given.off_session ?? given.error_on_requires_action ?? false,
    returnUrl: given.return_url,
  })
  const error = intent.last_payment_error
  if (!error) return intent
  const decline = { code: error.code ?? 'card_declined', declineCode: error.decline_code, message: error.message ?? '' }
  throw cardError({ decline, intent, charge: error.charge, method: error.payment_method })
}

const shippingOf = (given: Values<typeof creatable>['shipping']): PaymentIntent['shipping'] =>
  given
    ? {
        address: toAddress(given.address) ?? undefined,
        carrier: given.carrier ?? null,
        name: given.name,
        phone: given.phone ?? null,
        tracking_number: given.tracking_number ?? null,
      }
    : null

function create(engine: Engine, given: Values<typeof creatable>): PaymentIntent {
  if (given.customer) engine.need('customer', given.customer, 'customer')
  const intent = createIntent(engine, {
    amount: given.amount,
    currency: given.currency.toLowerCase(),
    customer: given.customer,
    description: given.description,
    metadata: mergeMetadata(null, given.metadata),
    paymentMethod: given.payment_method,
    captureMethod: given.capture_method,
    confirmationMethod: given.confirmation_method,
    setupFutureUsage: given.setup_future_usage || null,
    receiptEmail: given.receipt_email || null,
    shipping: shippingOf(given.shipping),
    methodTypes: given.allowed_payment_method_types,
  })
  // What is confirmed at once uses the method that was made for the intent.
  return given.confirm ? confirm(engine, intent.id, { ...given, payment_method: undefined }) : intent
}

const updatable = {
  amount: integer({ min: 1 }),
  currency: string(),
  customer: string(),
  description: string(),
  metadata: metadata(),
  payment_method: string(),
  receipt_email: emptyable(string()),
  setup_future_usage: emptyable(oneOf('off_session', 'on_session')),
}

function update(engine: Engine, id: string, given: Values<typeof updatable>): PaymentIntent {
  const before = engine.need('payment_intent', id, 'intent')
  const method = given.payment_method ? methodNamed(engine, given.payment_method).id : before.payment_method
  const after: PaymentIntent = {
    ...before,
    amount: given.amount ?? before.amount,
    currency: given.currency ?? before.currency,
    customer: given.customer ?? before.customer,
    description: given.description ?? before.description,
    metadata: mergeMetadata(before.metadata, given.metadata),
    payment_method: method,
    receipt_email: given.receipt_email === undefined ? before.receipt_email : given.receipt_email || null,
    status: before.status === 'requires_payment_method' && method ? 'requires_confirmation' : before.status,
  }
  return save({ engine, type: 'payment_intent', event: 'payment_intent.updated', before, after })
}

const one = '/v1/payment_intents/:id'

export const paymentIntents: Resource = {
  routes: [
    route({
      method: 'POST',
      path: '/v1/payment_intents',
      params: creatable,
      legacy,
      handler: ({ engine, params: { payment_method_types: types, ...params } }) =>
        create(engine, types ? { ...params, allowed_payment_method_types: types } : params),
    }),
    route({
      method: 'GET',
      path: '/v1/payment_intents',
      params: { ...listParams, customer: string() },
      handler: ({ engine, params, url }) =>
        pageOf({ items: engine.store.list('payment_intent', { customer: params.customer }), query: params, url }),
    }),
    route({
      method: 'GET',
      path: one,
      params: { client_secret: string() },
      handler: ({ engine, path }) => engine.need('payment_intent', path.id, 'intent'),
    }),
    route({
      method: 'POST',
      path: one,
      params: updatable,
      handler: ({ engine, path, params }) => update(engine, path.id, params),
    }),
    route({
      method: 'POST',
      path: `${one}/confirm`,
      params: confirmable,
      handler: ({ engine, path, params }) => confirm(engine, path.id, params),
    }),
    route({
      method: 'POST',
      path: `${one}/capture`,
      params: { amount_to_capture: integer({ min: 1 }), metadata: metadata() },
      handler: ({ engine, path, params }) => captureIntent(engine, path.id, params.amount_to_capture),
    }),
    route({
      method: 'POST',
      path: `${one}/cancel`,
      params: { cancellation_reason: oneOf('abandoned', 'duplicate', 'fraudulent', 'requested_by_customer') },
      handler: ({ engine, path, params }) => cancelIntent(engine, path.id, params.cancellation_reason ?? null),
    }),
  ],
}
