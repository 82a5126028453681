// Charges: what was taken from a card, or could not be.
import { pageOf } from '../lists.ts'
import { mergeMetadata } from '../metadata.ts'
import { listParams, metadata, string } from '../params.ts'
import { route, type Resource } from '../resource.ts'
import { save } from './saved.ts'

export const charges: Resource = {
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
      method: 'GET',
      path: '/v1/charges',
      params: { ...listParams, customer: string(), payment_intent: string() },
      handler: ({ engine, params, url }) =>
        pageOf({
          items: engine.store
            .list('charge', { customer: params.customer })
            .filter(({ payment_intent: id }) => params.payment_intent === undefined || id === params.payment_intent),
          query: params,
          url,
        }),
    }),
    route({
      method: 'GET',
      path: '/v1/charges/:id',
      params: {},
      handler: ({ engine, path }) => engine.need('charge', path.id),
    }),
    route({
      method: 'POST',
      path: '/v1/charges/:id',
      params: { description: string(), metadata: metadata(), receipt_email: string() },
      handler({ engine, path, params }) {
        const before = engine.need('charge', path.id)
        const after = {
          ...before,
          description: params.description ?? before.description,
          receipt_email: params.receipt_email ?? before.receipt_email,
          metadata: mergeMetadata(before.metadata, params.metadata),
        }
        return save({ engine, type: 'charge', event: 'charge.updated', before, after })
      },
    }),
  ],
}
