// Setup intents: a card is saved for later.
import type { Engine } from '../engine.ts'
import { pageOf } from '../lists.ts'
import { mergeMetadata } from '../metadata.ts'
import { boolean, list, listParams, metadata, object, oneOf, required, string, type Values } from '../params.ts'
import { cardError } from '../payments/decline.ts'
import { cancelSetup, confirmSetup, createSetup } from '../payments/setups.ts'
import { route, type Resource } from '../resource.ts'
import type { SetupIntent } from '../tables.ts'
import { describedMethod, methodData } from './payment-method-params.ts'
import { save } from './saved.ts'

const confirmable = {
  payment_method: string(),
  payment_method_data: object(methodData),
  payment_method_options: object({ card: object({ request_three_d_secure: oneOf('any', 'automatic', 'challenge') }) }),
  return_url: string(),
  use_stripe_sdk: boolean(),
}

/** Before they were a filter of what the account offers, they were the offer itself. */
const legacy = { payment_method_types: list(string()) }

const creatable = {
  ...confirmable,
  allowed_payment_method_types: list(string()),
  automatic_payment_methods: object({ allow_redirects: oneOf('always', 'never'), enabled: required(boolean()) }),
  confirm: boolean(),
  customer: string(),
  description: string(),
  metadata: metadata(),
  usage: oneOf('off_session', 'on_session'),
}

function confirm(engine: Engine, id: string, given: Values<typeof confirmable>): SetupIntent {
  const method = given.payment_method_data
    ? describedMethod(engine, given.payment_method_data).id
    : given.payment_method
  const setup = confirmSetup(engine, id, { paymentMethod: method, returnUrl: given.return_url })
  const error = setup.last_setup_error
  if (!error) return setup
  const decline = { code: error.code ?? 'card_declined', declineCode: error.decline_code, message: error.message ?? '' }
  throw cardError({ decline, setup, method: error.payment_method })
}

const one = '/v1/setup_intents/:id'

export const setupIntents: Resource = {
  routes: [
    route({
      method: 'POST',
      path: '/v1/setup_intents',
      params: creatable,
      legacy,
      handler({ engine, params }) {
        if (params.customer) engine.need('customer', params.customer, 'customer')
        const setup = createSetup(engine, {
          customer: params.customer,
          description: params.description,
          metadata: mergeMetadata(null, params.metadata),
          paymentMethod: params.payment_method,
          usage: params.usage,
          methodTypes: params.payment_method_types ?? params.allowed_payment_method_types,
        })
        return params.confirm ? confirm(engine, setup.id, { ...params, payment_method: undefined }) : setup
      },
    }),
    route({
      method: 'GET',
      path: '/v1/setup_intents',
      params: { ...listParams, customer: string(), payment_method: string() },
      handler: ({ engine, params, url }) =>
        pageOf({
          items: engine.store
            .list('setup_intent', { customer: params.customer })
            .filter(({ payment_method: id }) => params.payment_method === undefined || id === params.payment_method),
          query: params,
          url,
        }),
    }),
    route({
      method: 'GET',
      path: one,
      params: { client_secret: string() },
      handler: ({ engine, path }) => engine.need('setup_intent', path.id, 'setup_intent'),
    }),
    route({
      method: 'POST',
      path: one,
      params: { customer: string(), description: string(), metadata: metadata(), payment_method: string() },
      handler({ engine, path, params }) {
        const before = engine.need('setup_intent', path.id, 'setup_intent')
        const after = {
          ...before,
          customer: params.customer ?? before.customer,
          description: params.description ?? before.description,
          metadata: mergeMetadata(before.metadata, params.metadata),
          payment_method: params.payment_method ?? before.payment_method,
        }
        return save({ engine, type: 'setup_intent', event: 'setup_intent.updated', before, after })
      },
    }),
    route({
      method: 'POST',
      path: `${one}/confirm`,
      params: confirmable,
      handler: ({ engine, path, params }) => confirm(engine, path.id, params),
    }),
    route({
      method: 'POST',
      path: `${one}/cancel`,
      params: { cancellation_reason: oneOf('abandoned', 'duplicate', 'requested_by_customer') },
      handler: ({ engine, path, params }) => cancelSetup(engine, path.id, params.cancellation_reason ?? null),
    }),
  ],
}
