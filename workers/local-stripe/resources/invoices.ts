// Invoices: what is owed, and what became of it.
import { extraLines } from '../billing/extra-lines.ts'
import { named } from '../billing/inline-price.ts'
import { deleteDraft, markUncollectible, voidInvoice } from '../billing/invoice-close.ts'
import { finalizeInvoice } from '../billing/invoice-finalize.ts'
import { payInvoice } from '../billing/invoice-pay.ts'
import { openPaymentOf, paymentsOf, subscriptionIdOf } from '../billing/invoice-save.ts'
import { createInvoice, updateInvoice } from '../billing/manual-invoice.ts'
import { invoiceMethod, noMethod } from '../billing/payment-method-for.ts'
import { previewInvoice } from '../billing/preview.ts'
import { previewItems, taxedAs } from '../billing/preview-details.ts'
import { phasesOf } from '../billing/schedule-phases.ts'
import type { Engine } from '../engine.ts'
import { StripeError } from '../errors.ts'
import { pageOf } from '../lists.ts'
import { boolean, listParams, oneOf, string, type Values } from '../params.ts'
import { route, type Resource } from '../resource.ts'
import type { Invoice } from '../tables.ts'
import { invoiceCreate, invoiceWritable, previewParams } from './invoice-params.ts'

const collection = '/v1/invoices'
const one = '/v1/invoices/:id'

interface PayGiven {
  payment_method?: string
  off_session?: boolean
  paid_out_of_band?: boolean
}

/** Who pays by hand is told of a decline, as an error. */
function pay(engine: Engine, id: string, given: PayGiven): Invoice {
  const before = engine.need('invoice', id)
  if (before.status === 'draft') finalizeInvoice(engine, id, { isStrict: true })
  const open = engine.need('invoice', id)
  if (open.status === 'paid' && before.status === 'draft') return open
  const named = given.payment_method
  if (!given.paid_out_of_band && open.status === 'open' && !named && !invoiceMethod(engine, open)) throw noMethod()
  const intent = openPaymentOf(engine, id)?.payment.payment_intent
  const paid = payInvoice(engine, id, {
    ...(named !== undefined && { paymentMethod: named }),
    offSession: given.off_session ?? true,
    outOfBand: given.paid_out_of_band ?? false,
  })
  if (paid.status !== 'open') return paid
  const failed = intent ? engine.store.get('payment_intent', intent) : undefined
  throw declined(failed)
}

function declined(intent: ReturnType<Engine['store']['get']>): StripeError {
  const error = intent && 'last_payment_error' in intent ? intent.last_payment_error : null
  const isAsking = error === null || error?.code === 'authentication_required'
  return new StripeError({
    status: 402,
    type: 'card_error',
    code: isAsking ? 'invoice_payment_intent_requires_action' : (error?.code ?? 'card_declined'),
    message: isAsking
      ? 'This payment requires additional user action before it can be completed successfully.'
      : (error?.message ?? 'Your card was declined.'),
    ...(error?.decline_code && { decline_code: error.decline_code }),
    ...(error?.charge && { charge: error.charge }),
  })
}

function preview(engine: Engine, given: Values<typeof previewParams>): Invoice {
  const details = given.subscription_details
  const customer = given.customer
  const now = engine.now(customer === undefined ? {} : { customer })
  const phases = given.schedule_details?.phases
  return previewInvoice(engine, {
    ...(customer !== undefined && { customer }),
    ...(given.subscription !== undefined && { subscription: given.subscription }),
    ...(given.schedule !== undefined && { schedule: given.schedule }),
    ...(phases && { phases: phasesOf(engine, phases, { start: now, now }) }),
    ...(details && { details: { ...details, items: details.items?.map((item) => named(engine, item)) } }),
    ...(given.discounts && { discounts: given.discounts }),
    ...(given.automatic_tax && { automaticTax: given.automatic_tax.enabled }),
    ...(given.currency !== undefined && { currency: given.currency }),
    extraLines: [
      ...extraLines(engine, { given: (given.invoice_items ?? []).filter(({ amount }) => amount === undefined), now }),
      ...previewItems(engine, { given: given.invoice_items ?? [], now }),
    ],
    ...(given.customer_details && { taxedAs: (who) => taxedAs(engine, who, given.customer_details ?? {}) }),
  })
}

function send(engine: Engine, id: string): Invoice {
  const before = engine.need('invoice', id)
  const invoice = before.status === 'draft' ? finalizeInvoice(engine, id, { isStrict: true }) : before
  if (invoice.collection_method !== 'send_invoice' && before.status === 'draft') return invoice
  engine.emit('invoice.sent', invoice)
  return invoice
}

const statuses = oneOf('draft', 'open', 'paid', 'uncollectible', 'void')

export const invoices: Resource = {
  includes: {
    'invoice.payments': ({ id }, engine) =>
      pageOf({ items: paymentsOf(engine, id).toReversed(), query: {}, url: `/v1/invoice_payments?invoice=${id}` }),
    'invoice.confirmation_secret': ({ id }, engine) => {
      const intent = openPaymentOf(engine, id)?.payment.payment_intent
      const secret = intent ? engine.store.get('payment_intent', intent)?.client_secret : undefined
      return secret ? { client_secret: secret, type: 'payment_intent' } : null
    },
  },
  routes: [
    route({
      method: 'POST',
      path: collection,
      params: invoiceCreate,
      handler: ({ engine, params }) => createInvoice(engine, params),
    }),
    route({
      method: 'POST',
      path: '/v1/invoices/create_preview',
      params: previewParams,
      handler: ({ engine, params }) => preview(engine, params),
    }),
    route({
      method: 'GET',
      path: collection,
      params: {
        ...listParams,
        collection_method: oneOf('charge_automatically', 'send_invoice'),
        customer: string(),
        status: statuses,
        subscription: string(),
      },
      handler: ({ engine, params, url }) =>
        pageOf({
          items: engine.store
            .list('invoice', params.customer === undefined ? {} : { customer: params.customer })
            .filter(({ status }) => params.status === undefined || status === params.status)
            .filter((invoice) => params.subscription === undefined || subscriptionIdOf(invoice) === params.subscription)
            .filter((invoice) => !params.collection_method || invoice.collection_method === params.collection_method),
          query: params,
          url,
        }),
    }),
    route({ method: 'GET', path: one, params: {}, handler: ({ engine, path }) => engine.need('invoice', path.id) }),
    route({
      method: 'POST',
      path: one,
      params: invoiceWritable,
      handler: ({ engine, path, params }) => updateInvoice(engine, path.id, params),
    }),
    route({ method: 'DELETE', path: one, params: {}, handler: ({ engine, path }) => deleteDraft(engine, path.id) }),
    route({
      method: 'POST',
      path: '/v1/invoices/:id/finalize',
      params: { auto_advance: boolean() },
      handler: ({ engine, path, params }) =>
        finalizeInvoice(engine, path.id, {
          isStrict: true,
          ...(params.auto_advance !== undefined && { autoAdvance: params.auto_advance }),
        }),
    }),
    route({
      method: 'POST',
      path: '/v1/invoices/:id/pay',
      params: {
        forgive: boolean(),
        mandate: string(),
        off_session: boolean(),
        paid_out_of_band: boolean(),
        payment_method: string(),
      },
      handler: ({ engine, path, params }) => pay(engine, path.id, params),
    }),
    route({
      method: 'POST',
      path: '/v1/invoices/:id/void',
      params: {},
      handler: ({ engine, path }) => voidInvoice(engine, path.id),
    }),
    route({
      method: 'POST',
      path: '/v1/invoices/:id/mark_uncollectible',
      params: {},
      handler: ({ engine, path }) => markUncollectible(engine, path.id),
    }),
    route({
      method: 'POST',
      path: '/v1/invoices/:id/send',
      params: {},
      handler: ({ engine, path }) => send(engine, path.id),
    }),
    route({
      method: 'GET',
      path: '/v1/invoices/:id/lines',
      params: listParams,
      handler: ({ engine, path, params, url }) =>
        pageOf({ items: engine.need('invoice', path.id).lines.data, query: params, url }),
    }),
  ],
}
