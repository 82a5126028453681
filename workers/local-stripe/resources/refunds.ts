import { previousAttributes } from '../changes.ts'
import { createRefund } from '../billing/refunds.ts'
import { pageOf } from '../lists.ts'
import { mergeMetadata } from '../metadata.ts'
import { boolean, integer, listParams, metadata, oneOf, string } from '../params.ts'
import { route, type Resource } from '../resource.ts'

export const refunds: Resource = {
  includes: {
    'charge.refunds': ({ id }, engine) =>
      pageOf({
        items: engine.store.list('refund').filter(({ charge }) => charge === id),
        query: {},
        url: `/v1/charges/${id}/refunds`,
      }),
  },
  routes: [
    route({
      method: 'POST',
      path: '/v1/refunds',
      params: {
        amount: integer(),
        charge: string(),
        payment_intent: string(),
        metadata: metadata(),
        reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer'),
        refund_application_fee: boolean(),
        reverse_transfer: boolean(),
      },
      handler: ({ engine, params }) =>
        createRefund(engine, {
          charge: params.charge,
          paymentIntent: params.payment_intent,
          amount: params.amount,
          reason: params.reason,
          metadata: mergeMetadata({}, params.metadata),
        }),
    }),
    route({
      method: 'GET',
      path: '/v1/refunds',
      params: { ...listParams, charge: string(), payment_intent: string() },
      handler: ({ engine, params, url }) =>
        pageOf({
          items: engine.store
            .list('refund')
            .filter(({ charge }) => params.charge === undefined || charge === params.charge)
            .filter(({ payment_intent: of }) => params.payment_intent === undefined || of === params.payment_intent),
          query: params,
          url,
        }),
    }),
    route({
      method: 'GET',
      path: '/v1/refunds/:id',
      params: {},
      handler: ({ engine, path }) => engine.need('refund', path.id),
    }),
    route({
      method: 'POST',
      path: '/v1/refunds/:id',
      params: { metadata: metadata() },
      handler({ engine, path, params }) {
        const before = engine.need('refund', path.id)
        const after = { ...before, metadata: mergeMetadata(before.metadata, params.metadata) }
        engine.store.put('refund', after)
        const changed = previousAttributes(before, after)
        engine.emit('refund.updated', after, changed)
        if (after.charge) engine.emit('charge.refund.updated', after, changed)
        return after
      },
    }),
  ],
}
