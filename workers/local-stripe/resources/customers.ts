// Customers: who is billed.
import { previousAttributes } from '../changes.ts'
import type { Engine } from '../engine.ts'
import { pageOf } from '../lists.ts'
import { mergeMetadata } from '../metadata.ts'
import { invalid } from '../errors.ts'
import { listParams, string } from '../params.ts'
import { withCoupon, withoutDiscount } from '../billing/customer-coupon.ts'
import { attachMethod, usableMethod } from '../payments/usable-method.ts'
import { route, type Resource } from '../resource.ts'
import type { Customer } from '../tables.ts'
import { deleteCustomer } from './delete-customer.ts'
import { toAddress } from './address.ts'
import { customerCreate, customerLegacy, customerUpdate, type CustomerGiven } from './customer-params.ts'
import { addTaxId, taxIdsOf } from './tax-ids.ts'

const blank = (engine: Engine, testClock: string | null): Customer => ({
  id: engine.id('cus', 14),
  object: 'customer',
  address: null,
  balance: 0,
  created: engine.now({ test_clock: testClock }),
  currency: null,
  customer_account: null,
  default_source: null,
  delinquent: false,
  description: null,
  discount: null,
  email: null,
  invoice_prefix: engine.config.random(8).toUpperCase(),
  invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
  livemode: false,
  metadata: {},
  name: null,
  next_invoice_sequence: 1,
  phone: null,
  preferred_locales: [],
  shipping: null,
  tax_exempt: 'none',
  test_clock: testClock,
})

/** An empty text unsets; what is not given stays. */
const textOf = (given: string | undefined, before: string | null | undefined) =>
  given === undefined ? (before ?? null) : given || null

function invoiceSettings(engine: Engine, before: Customer, given: CustomerGiven['invoice_settings']) {
  if (!given) return before.invoice_settings
  const method = given.default_payment_method
  if (method && usableMethod(engine, method, before.id).customer !== before.id)
    throw invalid(
      `The customer does not have a payment method with the ID ${method}. The payment method must be attached to the customer.`,
      {
        param: 'invoice_settings[default_payment_method]',
      },
    )
  return {
    ...before.invoice_settings,
    default_payment_method: textOf(method, before.invoice_settings.default_payment_method),
    footer: textOf(given.footer, before.invoice_settings.footer),
    custom_fields:
      given.custom_fields === undefined
        ? before.invoice_settings.custom_fields
        : given.custom_fields === ''
          ? null
          : given.custom_fields.map(({ name = '', value = '' }) => ({ name, value })),
  }
}

function shippingOf(before: Customer, given: CustomerGiven['shipping']): Customer['shipping'] {
  if (given === undefined) return before.shipping
  if (given === '') return null
  return {
    address: toAddress(given.address) ?? undefined,
    carrier: null,
    name: given.name ?? '',
    phone: given.phone || null,
    tracking_number: null,
  }
}

function applied(engine: Engine, before: Customer, given: CustomerGiven): Customer {
  return {
    ...before,
    address: toAddress(given.address, before.address),
    balance: given.balance ?? before.balance,
    ...(given.business_name && { business_name: given.business_name }),
    ...(given.individual_name && { individual_name: given.individual_name }),
    description: textOf(given.description, before.description),
    email: textOf(given.email, before.email),
    invoice_prefix: given.invoice_prefix ?? before.invoice_prefix,
    invoice_settings: invoiceSettings(engine, before, given.invoice_settings),
    metadata: mergeMetadata(before.metadata, given.metadata),
    name: textOf(given.name, before.name),
    next_invoice_sequence: given.next_invoice_sequence ?? before.next_invoice_sequence,
    phone: textOf(given.phone, before.phone),
    preferred_locales: given.preferred_locales === '' ? [] : (given.preferred_locales ?? before.preferred_locales),
    shipping: shippingOf(before, given.shipping),
    tax_exempt: given.tax_exempt === undefined ? before.tax_exempt : given.tax_exempt || 'none',
  }
}

/** Stores what became of a customer and tells it, where anything changed. */
export function saveCustomer(engine: Engine, before: Customer, after: Customer): Customer {
  const changed = previousAttributes(before, after)
  engine.store.put('customer', after)
  if (Object.keys(changed).length > 0) engine.emit('customer.updated', after, changed)
  return after
}

/** The method that came with the customer, and its settings with the id that the method was given. */
function withMethod(engine: Engine, customer: Customer, given: CustomerGiven): CustomerGiven {
  const named = given.payment_method ?? given.source
  if (!named) return given
  const { id } = attachMethod(engine, named, customer.id)
  const settings = given.invoice_settings
  return settings?.default_payment_method === named
    ? { ...given, invoice_settings: { ...settings, default_payment_method: id } }
    : given
}

export function createCustomer(engine: Engine, given: CustomerGiven, coupon?: string): Customer {
  const made = blank(engine, given.test_clock ?? null)
  engine.store.put('customer', made)
  const customer = applied(engine, made, withMethod(engine, made, given))
  const [source] = given.source ? engine.store.list('payment_method', { customer: made.id }) : []
  const created = { ...customer, default_source: source?.id ?? null }
  engine.store.put('customer', created)
  engine.emit('customer.created', created)
  for (const { type = '', value = '' } of given.tax_id_data ?? []) addTaxId(engine, created.id, { type, value })
  if (!coupon) return created
  const discounted = withCoupon(engine, created, coupon)
  engine.store.put('customer', discounted)
  return discounted
}

const collection = '/v1/customers'
const one = '/v1/customers/:id'

export const customers: Resource = {
  includes: {
    'customer.tax_ids': ({ id }, engine) =>
      pageOf({ items: taxIdsOf(engine, id), query: {}, url: `/v1/customers/${id}/tax_ids` }),
    'customer.sources': ({ id }) => pageOf({ items: [], query: {}, url: `/v1/customers/${id}/sources` }),
    'customer.subscriptions': ({ id }, engine) =>
      pageOf({
        items: engine.store.list('subscription', { customer: id }).filter(({ status }) => status !== 'canceled'),
        query: {},
        url: `/v1/customers/${id}/subscriptions`,
      }),
  },
  routes: [
    route({
      method: 'POST',
      path: collection,
      params: customerCreate,
      legacy: customerLegacy,
      handler({ engine, params: { coupon, ...params } }) {
        if (params.test_clock) engine.need('test_helpers.test_clock', params.test_clock, 'test_clock')
        return createCustomer(engine, params, coupon)
      },
    }),
    route({
      method: 'GET',
      path: collection,
      params: { ...listParams, email: string(), test_clock: string() },
      handler: ({ engine, params, url }) =>
        pageOf({
          items: engine.store
            .list('customer')
            .filter(({ email }) => params.email === undefined || email === params.email)
            .filter(({ test_clock }) => params.test_clock === undefined || test_clock === params.test_clock),
          query: params,
          url,
        }),
    }),
    route({
      method: 'GET',
      path: one,
      params: {},
      handler: ({ engine, path }) => engine.store.get('_deleted', path.id) ?? engine.need('customer', path.id),
    }),
    route({
      method: 'POST',
      path: one,
      params: customerUpdate,
      legacy: customerLegacy,
      handler({ engine, path, params: { coupon, ...params } }) {
        const before = engine.need('customer', path.id)
        return saveCustomer(engine, before, withCoupon(engine, applied(engine, before, params), coupon))
      },
    }),
    route({
      method: 'DELETE',
      path: one,
      params: {},
      handler: ({ engine, path }) => deleteCustomer(engine, path.id),
    }),
    route({
      method: 'DELETE',
      path: `${one}/discount`,
      params: {},
      handler({ engine, path }) {
        const before = engine.need('customer', path.id)
        saveCustomer(engine, before, withoutDiscount(engine, before))
        return { ...before.discount, deleted: true }
      },
    }),
  ],
}
