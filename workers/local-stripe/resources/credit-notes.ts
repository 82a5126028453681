import { createCreditNote, voidCreditNote } from '../billing/credit-notes.ts'
import { pageOf } from '../lists.ts'
import { mergeMetadata } from '../metadata.ts'
import { decimal, integer, list, listParams, metadata, object, oneOf, required, string } from '../params.ts'
import { route, type Resource } from '../resource.ts'
import { save } from './saved.ts'

const createParams = {
  invoice: required(string()),
  amount: integer({ min: 0 }),
  credit_amount: integer({ min: 0 }),
  email_type: oneOf('credit_note', 'none'),
  lines: list(
    object({
      type: required(oneOf('invoice_line_item', 'custom_line_item')),
      amount: integer({ min: 0 }),
      description: string(),
      invoice_line_item: string(),
      quantity: integer({ min: 0 }),
      unit_amount: integer({ min: 0 }),
      unit_amount_decimal: decimal(),
    }),
  ),
  memo: string(),
  metadata: metadata(),
  out_of_band_amount: integer({ min: 0 }),
  reason: oneOf('duplicate', 'fraudulent', 'order_change', 'product_unsatisfactory'),
  refund_amount: integer({ min: 0 }),
  refunds: list(object({ refund: string(), amount_refunded: integer({ min: 0 }), type: string() })),
}

export const creditNotes: Resource = {
  routes: [
    route({
      method: 'POST',
      path: '/v1/credit_notes',
      params: createParams,
      handler: ({ engine, params }) =>
        createCreditNote(engine, {
          invoice: params.invoice,
          amount: params.amount,
          lines: params.lines,
          refundAmount: params.refund_amount,
          refunds: params.refunds,
          creditAmount: params.credit_amount,
          outOfBandAmount: params.out_of_band_amount,
          memo: params.memo,
          reason: params.reason,
          metadata: mergeMetadata({}, params.metadata),
        }),
    }),
    route({
      method: 'GET',
      path: '/v1/credit_notes',
      params: { ...listParams, customer: string(), invoice: string() },
      handler: ({ engine, params, url }) =>
        pageOf({
          items: engine.store
            .list('credit_note', params.customer === undefined ? {} : { customer: params.customer })
            .filter(({ invoice }) => params.invoice === undefined || invoice === params.invoice),
          query: params,
          url,
        }),
    }),
    route({
      method: 'GET',
      path: '/v1/credit_notes/:id',
      params: {},
      handler: ({ engine, path }) => engine.need('credit_note', path.id),
    }),
    route({
      method: 'POST',
      path: '/v1/credit_notes/:id',
      params: { memo: string(), metadata: metadata() },
      handler({ engine, path, params }) {
        const before = engine.need('credit_note', path.id)
        const memo = params.memo ?? before.memo
        const after = { ...before, memo, metadata: mergeMetadata(before.metadata, params.metadata) }
        return save({ engine, type: 'credit_note', event: 'credit_note.updated', before, after })
      },
    }),
    route({
      method: 'GET',
      path: '/v1/credit_notes/:id/lines',
      params: listParams,
      handler: ({ engine, path, params, url }) =>
        pageOf({ items: engine.need('credit_note', path.id).lines.data, query: params, url }),
    }),
    route({
      method: 'POST',
      path: '/v1/credit_notes/:id/void',
      params: {},
      handler: ({ engine, path }) => voidCreditNote(engine, path.id),
    }),
  ],
}
