// Checkout sessions, and what Stripe's own page does with them.
import { createSession } from '../checkout/create-session.ts'
import { expireSession } from '../checkout/expire-session.ts'
import { lineItemsOf } from '../checkout/line-items.ts'
import { legacySessionParams, sessionParams } from '../checkout/session-params.ts'
import { needsCard, submitSession } from '../checkout/submit.ts'
import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import { pageOf } from '../lists.ts'
import { mergeMetadata } from '../metadata.ts'
import { integer, listParams, metadata, object, oneOf, required, string } from '../params.ts'
import { cardError } from '../payments/decline.ts'
import { methodNamed } from '../payments/usable-method.ts'
import { route, type Resource } from '../resource.ts'
import type { CheckoutSession } from '../tables.ts'

const one = '/v1/checkout/sessions/:id'
const pageOfSession = '/v1/payment_pages/:id'

function paidWith(
  engine: Engine,
  id: string,
  { method, expected }: { method: string; expected?: number },
): CheckoutSession {
  const session = engine.need('checkout.session', id)
  if (expected !== undefined && expected !== session.amount_total)
    throw invalid('The amount that was expected is not what the session asks.', { param: 'expected_amount' })
  const card = methodNamed(engine, method)
  const { name, email, address } = card.billing_details
  const submitted = submitSession(engine, id, { paymentMethod: card.id, email, name, address, taxId: null })
  if (submitted.outcome === 'declined') throw cardError({ decline: submitted.decline, method: card })
  if (submitted.outcome === 'closed') throw invalid(`This Checkout Session is ${session.status}.`)
  return engine.need('checkout.session', id)
}

export const checkoutSessions: Resource = {
  includes: {
    'checkout.session.line_items': ({ id }, engine) =>
      pageOf({
        items: lineItemsOf(engine, engine.need('checkout.session', id)),
        query: {},
        url: `/v1/checkout/sessions/${id}/line_items`,
      }),
  },
  routes: [
    route({
      method: 'POST',
      path: '/v1/checkout/sessions',
      params: sessionParams,
      legacy: legacySessionParams,
      handler: ({ engine, params: { payment_method_types: types, ...params } }) =>
        createSession(engine, types ? { ...params, allowed_payment_method_types: types } : params),
    }),
    route({
      method: 'GET',
      path: '/v1/checkout/sessions',
      params: {
        ...listParams,
        customer: string(),
        customer_details: object({ email: required(string()) }),
        payment_intent: string(),
        status: oneOf('complete', 'expired', 'open'),
        subscription: string(),
      },
      handler: ({ engine, params, url }) =>
        pageOf({
          items: engine.store
            .list('checkout.session', { customer: params.customer })
            .filter(({ status }) => params.status === undefined || status === params.status)
            .filter(({ subscription }) => params.subscription === undefined || subscription === params.subscription)
            .filter(({ payment_intent: id }) => params.payment_intent === undefined || id === params.payment_intent)
            .filter(({ customer_details: details }) => {
              const email = params.customer_details?.email
              return email === undefined || details?.email === email
            }),
          query: params,
          url,
        }),
    }),
    route({
      method: 'GET',
      path: one,
      params: {},
      handler: ({ engine, path }) => engine.need('checkout.session', path.id),
    }),
    route({
      method: 'POST',
      path: one,
      params: { metadata: metadata() },
      handler({ engine, path, params }) {
        const session = engine.need('checkout.session', path.id)
        const after = { ...session, metadata: mergeMetadata(session.metadata, params.metadata) }
        engine.store.put('checkout.session', after)
        return after
      },
    }),
    route({
      method: 'POST',
      path: `${one}/expire`,
      params: {},
      handler: ({ engine, path }) => expireSession(engine, path.id),
    }),
    route({
      method: 'GET',
      path: `${one}/line_items`,
      params: listParams,
      handler: ({ engine, path, params, url }) =>
        pageOf({ items: lineItemsOf(engine, engine.need('checkout.session', path.id)), query: params, url }),
    }),
    route({
      method: 'GET',
      path: pageOfSession,
      params: {},
      handler({ engine, path }) {
        const session = engine.need('checkout.session', path.id)
        return { ...session, object: 'checkout.session', needs_payment_method: needsCard(engine, session) }
      },
    }),
    route({
      method: 'POST',
      path: `${pageOfSession}/confirm`,
      params: { payment_method: required(string()), expected_amount: integer() },
      handler: ({ engine, path, params }) =>
        paidWith(engine, path.id, { method: params.payment_method, expected: params.expected_amount }),
    }),
  ],
}
