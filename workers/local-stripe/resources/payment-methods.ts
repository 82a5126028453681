// Payment methods: cards, alone or of a customer.
import { noSuch } from '../errors.ts'
import { pageOf } from '../lists.ts'
import { mergeMetadata } from '../metadata.ts'
import { integer, listParams, metadata, object, oneOf, required, string } from '../params.ts'
import { attachMethod, detachMethod, methodNamed } from '../payments/usable-method.ts'
import { route, type Resource } from '../resource.ts'
import { billingDetails, describedMethod, detailsOf, methodData } from './payment-method-params.ts'
import { save } from './saved.ts'

const listed = { ...listParams, customer: string(), type: string(), allow_redisplay: string() }
const expiry = object({ exp_month: integer({ min: 1, max: 12 }), exp_year: integer() })

export const paymentMethods: Resource = {
  routes: [
    route({
      method: 'POST',
      path: '/v1/payment_methods',
      params: methodData,
      handler: ({ engine, params }) => describedMethod(engine, params),
    }),
    route({
      method: 'GET',
      path: '/v1/payment_methods',
      params: listed,
      handler: ({ engine, params, url }) =>
        pageOf({
          items: params.customer
            ? engine.store
                .list('payment_method', { customer: params.customer })
                .filter(({ type }) => params.type === undefined || type === params.type)
            : [],
          query: params,
          url,
        }),
    }),
    route({
      method: 'GET',
      path: '/v1/payment_methods/:id',
      params: {},
      handler: ({ engine, path }) => methodNamed(engine, path.id, 'id'),
    }),
    route({
      method: 'POST',
      path: '/v1/payment_methods/:id',
      params: {
        allow_redisplay: oneOf('always', 'limited', 'unspecified'),
        billing_details: billingDetails(),
        card: expiry,
        metadata: metadata(),
      },
      handler({ engine, path, params }) {
        const before = engine.need('payment_method', path.id)
        const after = {
          ...before,
          allow_redisplay: params.allow_redisplay ?? before.allow_redisplay,
          billing_details: detailsOf(params.billing_details, before.billing_details),
          ...(before.card && { card: { ...before.card, ...params.card } }),
          metadata: mergeMetadata(before.metadata, params.metadata),
        }
        return save({ engine, type: 'payment_method', event: 'payment_method.updated', before, after })
      },
    }),
    route({
      method: 'POST',
      path: '/v1/payment_methods/:id/attach',
      params: { customer: required(string()) },
      handler: ({ engine, path, params }) => attachMethod(engine, path.id, params.customer),
    }),
    route({
      method: 'POST',
      path: '/v1/payment_methods/:id/detach',
      params: {},
      handler: ({ engine, path }) => detachMethod(engine, path.id),
    }),
    route({
      method: 'GET',
      path: '/v1/customers/:customer/payment_methods',
      params: { ...listParams, type: string(), allow_redisplay: string() },
      handler: ({ engine, path, params, url }) =>
        pageOf({
          items: engine.store
            .list('payment_method', { customer: engine.need('customer', path.customer).id })
            .filter(({ type }) => params.type === undefined || type === params.type),
          query: params,
          url,
        }),
    }),
    route({
      method: 'GET',
      path: '/v1/customers/:customer/payment_methods/:id',
      params: {},
      handler({ engine, path }) {
        const method = engine.need('payment_method', path.id)
        if (method.customer !== path.customer) throw noSuch('PaymentMethod', path.id)
        return method
      },
    }),
  ],
}
