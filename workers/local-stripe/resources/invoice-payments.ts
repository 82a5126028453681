import { pageOf } from '../lists.ts'
import { listParams, object, oneOf, string } from '../params.ts'
import { route, type Resource } from '../resource.ts'

/** What pays an invoice, listed by the invoice or by the payment. */
export const invoicePayments: Resource = {
  routes: [
    route({
      method: 'GET',
      path: '/v1/invoice_payments',
      params: {
        ...listParams,
        invoice: string(),
        payment: object({ payment_intent: string(), type: oneOf('payment_intent', 'payment_record') }),
        status: oneOf('canceled', 'open', 'paid'),
      },
      handler: ({ engine, params, url }) =>
        pageOf({
          items: engine.store
            .list('invoice_payment')
            .filter(({ invoice }) => params.invoice === undefined || invoice === params.invoice)
            .filter(({ status }) => params.status === undefined || status === params.status)
            .filter(({ payment }) => {
              const wanted = params.payment?.payment_intent
              return wanted === undefined || payment.payment_intent === wanted
            }),
          query: params,
          url,
        }),
    }),
    route({
      method: 'GET',
      path: '/v1/invoice_payments/:id',
      params: {},
      handler: ({ engine, path }) => engine.need('invoice_payment', path.id),
    }),
  ],
}
