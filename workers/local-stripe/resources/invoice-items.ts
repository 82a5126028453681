import { createInvoiceItem, deleteInvoiceItem, updateInvoiceItem } from '../billing/manual-invoice.ts'
import { pageOf } from '../lists.ts'
import { boolean, listParams, string } from '../params.ts'
import { route, type Resource } from '../resource.ts'
import { invoiceItemCreate, invoiceItemWritable } from './invoice-params.ts'

const one = '/v1/invoiceitems/:id'

export const invoiceItems: Resource = {
  routes: [
    route({
      method: 'POST',
      path: '/v1/invoiceitems',
      params: invoiceItemCreate,
      handler: ({ engine, params }) => createInvoiceItem(engine, params),
    }),
    route({
      method: 'GET',
      path: '/v1/invoiceitems',
      params: { ...listParams, customer: string(), invoice: string(), pending: boolean() },
      handler: ({ engine, params, url }) =>
        pageOf({
          items: engine.store
            .list('invoiceitem', params.customer === undefined ? {} : { customer: params.customer })
            .filter(({ invoice }) => params.invoice === undefined || invoice === params.invoice)
            .filter(({ invoice }) => params.pending === undefined || params.pending === (invoice === null)),
          query: params,
          url,
        }),
    }),
    route({
      method: 'GET',
      path: one,
      params: {},
      handler: ({ engine, path }) => engine.need('invoiceitem', path.id),
    }),
    route({
      method: 'POST',
      path: one,
      params: invoiceItemWritable,
      handler: ({ engine, path, params }) => updateInvoiceItem(engine, path.id, params),
    }),
    route({
      method: 'DELETE',
      path: one,
      params: {},
      handler: ({ engine, path }) => deleteInvoiceItem(engine, path.id),
    }),
  ],
}
