// Subscriptions: what is paid again and again.
import { newDiscount } from '../billing/customer-discounts.ts'
import { named } from '../billing/inline-price.ts'
import { extraLines } from '../billing/extra-lines.ts'
import { day } from '../billing/subscription-build.ts'
import { applied } from '../billing/subscription-apply.ts'
import { cancelNow } from '../billing/subscription-cancel.ts'
import { createSubscription } from '../billing/subscription-create.ts'
import { discountsGiven, withFields } from '../billing/subscription-fields.ts'
import { resumeSubscription } from '../billing/subscription-resume.ts'
import { saveSubscription } from '../billing/subscription-save.ts'
import { noteTrial, updateSubscription } from '../billing/subscription-update.ts'
import { endsWithoutMethod, endWithoutMethod } from '../billing/trial-end.ts'
import { keepInvoiceItem, newInvoiceItem } from '../billing/pending-items.ts'
import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import { pageOf } from '../lists.ts'
import { boolean, listParams, oneOf, string, type Values } from '../params.ts'
import { route, type Resource } from '../resource.ts'
import type { Subscription } from '../tables.ts'
import { cancellationDetails, createParams, timing, updateParams } from './subscription-params.ts'

type Created = Values<typeof createParams>
type Updated = Values<typeof updateParams>

const collection = '/v1/subscriptions'
const one = '/v1/subscriptions/:id'

function trialEndOf(given: Created, now: number): number | null {
  if (given.trial_end === 'now') return null
  if (given.trial_end !== undefined) return given.trial_end > now ? given.trial_end : null
  return given.trial_period_days ? now + given.trial_period_days * day : null
}

function create(engine: Engine, given: Created): Subscription {
  const customer = engine.need('customer', given.customer, 'customer')
  const now = engine.now({ customer: customer.id })
  const items = (given.items ?? []).map((item) => named(engine, item))
  const holder = { customer: customer.id }
  const discounts = (given.discounts || []).map((each) => newDiscount(engine, { given: each, holder, now }))
  const start = { customer, items, discounts, trialEnd: trialEndOf(given, now) }
  const extra = extraLines(engine, { given: given.add_invoice_items ?? [], now })
  return createSubscription(engine, {
    ...start,
    ...(given.billing_cycle_anchor !== undefined && { anchor: given.billing_cycle_anchor }),
    finish: (blank) => withFields(engine, blank, { ...given, discounts: undefined }),
    behavior: given.payment_behavior ?? 'allow_incomplete',
    offSession: given.off_session ?? true,
    extraLines: extra,
  })
}

const notWhilePending = [
  ...(['collection_method', 'days_until_due', 'default_payment_method', 'description', 'automatic_tax'] as const),
  ...(['trial_settings', 'payment_settings', 'pause_collection', 'cancellation_details', 'cancel_at'] as const),
] satisfies (keyof Updated)[]

function refuseUnsupported(given: Updated): void {
  if (given.payment_behavior !== 'pending_if_incomplete') return
  const found = notWhilePending.find((name) => given[name] !== undefined)
  if (found) {
    throw invalid(
      `When \`payment_behavior\` is set to \`pending_if_incomplete\`, you can only pass supported params. \`${found}\` is not one of them.`,
      { param: found },
    )
  }
}

function update(engine: Engine, id: string, given: Updated): Subscription {
  const before = engine.need('subscription', id)
  if (['canceled', 'incomplete_expired'].includes(before.status)) {
    const allowed = new Set(['metadata', 'cancellation_details'])
    if (Object.keys(given).some((name) => !allowed.has(name))) {
      throw invalid('A canceled subscription can only update its cancellation_details and metadata.', {
        code: 'invalid_canceled_subscription_fields',
      })
    }
  }
  refuseUnsupported(given)
  if (before.pending_update && given.items) {
    throw invalid('This subscription has a pending update: pay or void its invoice before it is changed again.')
  }
  const fields = withFields(engine, before, given)
  if (given.trial_end === 'now' && before.status === 'trialing' && endsWithoutMethod(engine, fields)) {
    return endWithoutMethod(engine, { ...fields, trial_end: engine.now(before) })
  }
  const items = given.items?.map((item) => named(engine, item))
  const { changed, change, prorationDate } = applied(engine, {
    before: fields,
    given: { ...given, items },
  })
  const discounted = { ...changed, discounts: discountsGiven(engine, before, given.discounts) }
  const now = engine.now(before)
  for (const draft of extraLines(engine, { given: given.add_invoice_items ?? [], now })) {
    const item = { draft: { ...draft, subscription: id }, customer: before.customer, testClock: before.test_clock }
    keepInvoiceItem(engine, newInvoiceItem(engine, item))
  }
  noteTrial(engine, discounted)
  return updateSubscription(engine, {
    before,
    changed: discounted,
    change,
    behavior: given.payment_behavior ?? 'allow_incomplete',
    prorationDate,
    offSession: given.off_session ?? false,
  })
}

interface Filter {
  customer?: string
  price?: string
  status?: string
  collection_method?: string
  test_clock?: string
}

/** Those that are over are listed only where they are asked for. */
function matches(subscription: Subscription, filter: Filter): boolean {
  const over = ['canceled', 'incomplete_expired']
  const { status } = subscription
  const ofStatus =
    filter.status === undefined
      ? !over.includes(status)
      : filter.status === 'all' || (filter.status === 'ended' ? over.includes(status) : status === filter.status)
  return (
    ofStatus &&
    (filter.price === undefined || subscription.items.data.some(({ price }) => price.id === filter.price)) &&
    (filter.collection_method === undefined || subscription.collection_method === filter.collection_method) &&
    (filter.test_clock === undefined || subscription.test_clock === filter.test_clock)
  )
}

const statuses = oneOf(
  ...(['active', 'all', 'canceled', 'ended', 'incomplete', 'incomplete_expired'] as const),
  ...(['past_due', 'paused', 'trialing', 'unpaid'] as const),
)

export const subscriptions: Resource = {
  routes: [
    route({
      method: 'POST',
      path: collection,
      params: createParams,
      handler: ({ engine, params }) => create(engine, params),
    }),
    route({
      method: 'GET',
      path: collection,
      params: {
        ...listParams,
        customer: string(),
        price: string(),
        status: statuses,
        collection_method: oneOf('charge_automatically', 'send_invoice'),
        test_clock: string(),
      },
      handler: ({ engine, params, url }) =>
        pageOf({
          items: engine.store
            .list('subscription', params.customer === undefined ? {} : { customer: params.customer })
            .filter((subscription) => matches(subscription, params)),
          query: params,
          url,
        }),
    }),
    route({
      method: 'GET',
      path: one,
      params: {},
      handler: ({ engine, path }) => engine.need('subscription', path.id),
    }),
    route({
      method: 'POST',
      path: one,
      params: updateParams,
      handler: ({ engine, path, params }) => update(engine, path.id, params),
    }),
    route({
      method: 'DELETE',
      path: one,
      params: { cancellation_details: cancellationDetails, invoice_now: boolean(), prorate: boolean() },
      handler({ engine, path, params }) {
        const before = engine.need('subscription', path.id)
        if (before.status === 'canceled')
          throw invalid(`No such subscription: '${path.id}'`, { code: 'resource_missing', status: 404 })
        return cancelNow(engine, {
          subscription: withFields(engine, before, { cancellation_details: params.cancellation_details }),
          ...(params.prorate !== undefined && { prorate: params.prorate }),
          ...(params.invoice_now !== undefined && { invoiceNow: params.invoice_now }),
          reason: 'cancellation_requested',
        })
      },
    }),
    route({
      method: 'POST',
      path: '/v1/subscriptions/:id/resume',
      params: { ...timing, billing_cycle_anchor: oneOf('now', 'unchanged'), payment_behavior: string() },
      handler: ({ engine, path, params }) =>
        resumeSubscription(engine, path.id, { anchor: params.billing_cycle_anchor ?? 'now' }),
    }),
    route({
      method: 'DELETE',
      path: '/v1/subscriptions/:id/discount',
      params: {},
      handler({ engine, path }) {
        const before = engine.need('subscription', path.id)
        const [first] = before.discounts
        const discount = first === undefined ? undefined : engine.store.get('discount', first)
        if (!discount) throw invalid('This subscription has no discount.', { code: 'resource_missing', status: 404 })
        saveSubscription(engine, before, { ...before, discounts: discountsGiven(engine, before, '') })
        return { ...discount, deleted: true }
      },
    }),
  ],
}
