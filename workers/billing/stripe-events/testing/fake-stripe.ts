// Stripe's present state as plain objects, for tests of what is made of it: no rules of its own, so that a test says
// exactly what Stripe knows, and when.
import Stripe from 'stripe'

// oxlint-disable-next-line typescript/no-explicit-any -- objects of a test, of which it names only what matters
type Thing = Record<string, any> & { id: string }
type Kind =
  | 'subscription'
  | 'invoice'
  | 'customer'
  | 'price'
  | 'product'
  | 'refund'
  | 'dispute'
  | 'charge'
  | 'subscription_schedule'
  | 'checkout.session'
type Step = <T>(effect: () => T) => Promise<T>

const missing = (kind: string, id: string) =>
  new Stripe.errors.StripeInvalidRequestError({
    message: `No such ${kind}: '${id}'`,
    code: 'resource_missing',
    type: 'invalid_request_error',
    statusCode: 404,
  } as never)

export function createFakeStripe({ step, now }: { step: Step; now: () => number }) {
  const tables = new Map<Kind, Map<string, Thing>>()
  const made = new Map<string, unknown>()
  const meterEvents: { identifier: string; value: string; customer: string }[] = []
  const state = { pay: null as (() => Error | null) | null, calls: 0, refunds: 0, invoices: 0 }

  const table = (kind: Kind): Map<string, Thing> => {
    const found = tables.get(kind) ?? new Map<string, Thing>()
    tables.set(kind, found)
    return found
  }
  const counted: Step = (effect) => {
    state.calls += 1
    return step(effect)
  }
  const get = (kind: Kind, id: string): Thing => {
    const thing = table(kind).get(id)
    if (!thing) throw missing(kind, id)
    return thing
  }
  const retrieve = (kind: Kind) => (id: string) => counted(() => structuredClone(get(kind, id)))

  /** Newest first, as Stripe lists. */
  function list(
    kind: Kind,
    fits: (thing: Thing) => boolean,
    { limit = 10, starting_after: after }: { limit?: number; starting_after?: string } = {},
  ) {
    const all = [...table(kind).values()]
      .filter(fits)
      .toSorted((a, b) => b.created - a.created || (a.id < b.id ? 1 : -1))
    const from = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1
    const page = () => {
      const data = structuredClone(all.slice(from, from + limit))
      return { object: 'list', data, has_more: from + limit < all.length }
    }
    const first = counted(page)
    // Whoever wants all of it does not wait for its first page.
    first.catch(() => {})
    return Object.assign(first, { autoPagingToArray: () => counted(() => structuredClone(all)) })
  }

  /** The same key is the same answer. */
  const once = <T>(key: string | undefined, make: () => T) =>
    counted(() => {
      if (key !== undefined && made.has(key)) return structuredClone(made.get(key)) as T
      const answer = make()
      if (key !== undefined) made.set(key, structuredClone(answer))
      return structuredClone(answer)
    })

  // oxlint-disable-next-line typescript/no-explicit-any -- as above
  type Params = any
  interface Options {
    idempotencyKey?: string
  }

  const stripe = {
    subscriptions: {
      retrieve: retrieve('subscription'),
      list: (params: Params = {}) =>
        list(
          'subscription',
          ({ status, created }) =>
            (params.status ? status === params.status : status !== 'canceled') && created >= (params.created?.gte ?? 0),
          params,
        ),
      cancel: (id: string, _params: Params, { idempotencyKey }: Options = {}) =>
        once(idempotencyKey, () =>
          Object.assign(get('subscription', id), { status: 'canceled', ended_at: Math.floor(now() / 1000) }),
        ),
    },
    subscriptionItems: {
      create: ({ subscription, price }: Params, { idempotencyKey }: Options = {}) =>
        once(idempotencyKey, () => {
          const item = { id: `si_${price}`, price: { id: price }, current_period_end: 0 }
          get('subscription', subscription).items.data.push(item)
          return item
        }),
      del: (id: string) =>
        counted(() => {
          for (const subscription of table('subscription').values())
            subscription.items.data = subscription.items.data.filter((item: Thing) => item.id !== id)
          return { id, deleted: true }
        }),
    },
    subscriptionSchedules: { retrieve: retrieve('subscription_schedule') },
    invoices: {
      retrieve: retrieve('invoice'),
      list: (params: Params = {}) =>
        list(
          'invoice',
          ({ customer, created }) =>
            (!params.customer || customer === params.customer) && created >= (params.created?.gte ?? 0),
          params,
        ),
      create: (params: Params, { idempotencyKey }: Options = {}) =>
        once(idempotencyKey, () => {
          const id = `in_made_${(state.invoices += 1)}`
          const created = Math.floor(now() / 1000)
          const invoice = {
            ...invoiceOf({ id, customer: params.customer, created, metadata: params.metadata }),
            status: 'draft',
            total: 0,
            subtotal: 0,
            amount_paid: 0,
          }
          table('invoice').set(id, invoice)
          return invoice
        }),
      finalizeInvoice: (id: string, _params: Params, { idempotencyKey }: Options = {}) =>
        once(idempotencyKey, () => Object.assign(get('invoice', id), { status: 'open' })),
      pay: (id: string, _params: Params, { idempotencyKey }: Options = {}) =>
        once(idempotencyKey, () => {
          const failure = state.pay?.()
          if (failure) throw failure
          return pay(id)
        }),
      voidInvoice: (id: string, _params: Params, { idempotencyKey }: Options = {}) =>
        once(idempotencyKey, () => Object.assign(get('invoice', id), { status: 'void' })),
      del: (id: string) => counted(() => ({ id, deleted: table('invoice').delete(id) })),
    },
    invoiceItems: {
      create: ({ invoice, pricing, quantity }: Params, { idempotencyKey }: Options = {}) =>
        once(idempotencyKey, () => {
          const target = get('invoice', invoice)
          const amount = get('price', pricing.price).unit_amount * quantity
          target.lines.data.push(lineOf({ price: pricing.price, amount, quantity }))
          target.total = target.subtotal = target.total + amount
          return { id: 'ii_1', object: 'invoiceitem' }
        }),
    },
    invoicePayments: {
      list: ({ payment }: Params) =>
        counted(() => {
          const found = [...table('invoice').values()].find(({ id }) => payment.payment_intent === `pi_${id}`)
          return { object: 'list', data: found ? [{ id: 'inpay_1', invoice: found.id }] : [], has_more: false }
        }),
    },
    customers: { retrieve: retrieve('customer') },
    paymentMethods: { list: () => counted(() => ({ object: 'list', data: [], has_more: false })) },
    charges: { retrieve: retrieve('charge') },
    refunds: {
      retrieve: retrieve('refund'),
      list: (params: Params = {}) =>
        list(
          'refund',
          ({ payment_intent, created }) =>
            (!params.payment_intent || payment_intent === params.payment_intent) &&
            created >= (params.created?.gte ?? 0),
          params,
        ),
      create: ({ payment_intent, amount, metadata }: Params, { idempotencyKey }: Options = {}) =>
        once(idempotencyKey, () =>
          addRefund({ id: `re_made_${(state.refunds += 1)}`, payment_intent, amount, metadata }),
        ),
    },
    disputes: {
      retrieve: retrieve('dispute'),
      list: (params: Params = {}) => list('dispute', ({ created }) => created >= (params.created?.gte ?? 0), params),
    },
    prices: { retrieve: retrieve('price') },
    products: { retrieve: retrieve('product') },
    checkout: { sessions: { retrieve: retrieve('checkout.session') } },
    billing: {
      meterEvents: {
        create: ({ identifier, payload }: Params) =>
          counted(() => {
            if (!meterEvents.some((event) => event.identifier === identifier))
              meterEvents.push({ identifier, value: payload.value, customer: payload.stripe_customer_id })
            return { object: 'billing.meter_event', identifier }
          }),
      },
    },
  }

  const pay = (id: string) => {
    const invoice = get('invoice', id)
    const paid_at = invoice.status_transitions.paid_at ?? Math.floor(now() / 1000)
    return Object.assign(invoice, {
      status: 'paid',
      amount_paid: invoice.total,
      status_transitions: { ...invoice.status_transitions, paid_at },
      payments: { data: [{ status: 'paid', is_default: true, payment: { payment_intent: `pi_${id}` } }] },
    })
  }

  function addRefund({ id, payment_intent, amount, metadata = {}, status = 'succeeded' }: Params): Thing {
    const refund = {
      id,
      object: 'refund',
      payment_intent,
      charge: `ch_${payment_intent}`,
      amount,
      currency: 'usd',
      status,
      metadata,
      created: Math.floor(now() / 1000),
    }
    table('refund').set(id, refund)
    return refund
  }

  return {
    stripe: stripe as unknown as Stripe,
    state,
    meterEvents,
    pay,
    addRefund,
    get,
    put: <T extends Thing>(kind: Kind, thing: T): T => {
      table(kind).set(thing.id, { object: kind, ...thing })
      return thing
    },
    remove: (kind: Kind, id: string) => table(kind).delete(id),
  }
}

// oxlint-disable-next-line typescript/no-explicit-any -- as above
type Facts = any

export const lineOf = ({ price, amount, quantity = 1, proration = false, start = 0, end = 0 }: Facts) => ({
  id: `il_${price}_${amount}`,
  object: 'line_item',
  amount,
  quantity,
  pricing: { price_details: { price } },
  parent: { subscription_item_details: { proration } },
  period: { start, end },
})

export const invoiceOf = ({
  id,
  customer,
  created,
  subscription = null,
  reason = 'manual',
  lines = [],
  metadata = {},
  discount = 0,
}: Facts) => {
  const subtotal = lines.reduce((sum: number, { amount }: { amount: number }) => sum + amount, 0)
  return {
    id,
    object: 'invoice',
    customer,
    created,
    currency: 'usd',
    number: id.toUpperCase(),
    status: 'open',
    billing_reason: reason,
    attempt_count: 0,
    amount_paid: 0,
    subtotal,
    total: subtotal - discount,
    total_discount_amounts: discount > 0 ? [{ amount: discount }] : [],
    total_taxes: [],
    metadata,
    parent: subscription && { subscription_details: { subscription, metadata: {} } },
    period_start: created,
    period_end: created,
    hosted_invoice_url: `https://stripe.test/${id}`,
    invoice_pdf: null,
    due_date: null,
    payments: { data: [] as Facts[] },
    status_transitions: { finalized_at: created, paid_at: null as number | null },
    lines: { data: lines, has_more: false },
  }
}

export const subscriptionOf = ({
  id,
  customer,
  created,
  price,
  start,
  end,
  quantity = 1,
  status = 'active',
  latest = null,
  ...more
}: Facts) => ({
  id,
  object: 'subscription',
  customer,
  created,
  currency: 'usd',
  status,
  metadata: {},
  items: {
    data: [
      {
        id: `si_${id}`,
        price: { id: price, unit_amount: null },
        quantity,
        current_period_start: start,
        current_period_end: end,
      },
    ],
  },
  discounts: [],
  schedule: null,
  latest_invoice: latest,
  cancel_at: null,
  cancel_at_period_end: false,
  cancellation_details: null,
  collection_method: 'charge_automatically',
  billing_cycle_anchor: created,
  trial_start: null,
  trial_end: null,
  ended_at: null,
  ...more,
})
