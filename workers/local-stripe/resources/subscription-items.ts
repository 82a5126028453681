// The items of subscriptions one by one: the same changes as through the subscription itself.
import { named } from '../billing/inline-price.ts'
import type { ItemGiven } from '../billing/item-changes.ts'
import { applied } from '../billing/subscription-apply.ts'
import type { ProrationBehavior } from '../billing/subscription-change.ts'
import type { PaymentBehavior } from '../billing/subscription-create.ts'
import { updateSubscription } from '../billing/subscription-update.ts'
import type { Engine } from '../engine.ts'
import { pageOf } from '../lists.ts'
import { boolean, listParams, required, string } from '../params.ts'
import { route, type Resource } from '../resource.ts'
import type { Subscription } from '../tables.ts'
import { newItemParams, paymentBehavior, timing } from './subscription-params.ts'

interface ChangeGiven {
  subscription: string
  item: ItemGiven
  proration_behavior?: ProrationBehavior
  proration_date?: number
  payment_behavior?: PaymentBehavior
}

function change(engine: Engine, { subscription, item, ...given }: ChangeGiven): Subscription {
  const before = engine.need('subscription', subscription, 'subscription')
  const planned = applied(engine, { before, given: { ...given, items: [item] } })
  return updateSubscription(engine, {
    before,
    ...planned,
    behavior: given.payment_behavior ?? 'allow_incomplete',
    offSession: false,
  })
}

const one = '/v1/subscription_items/:id'
const shared = { ...timing, payment_behavior: paymentBehavior() }

export const subscriptionItems: Resource = {
  routes: [
    route({
      method: 'POST',
      path: '/v1/subscription_items',
      params: { ...newItemParams, ...shared, subscription: required(string()) },
      handler({ engine, params }) {
        const { subscription, proration_behavior, proration_date, payment_behavior, ...item } = params
        const known = new Set(engine.need('subscription', subscription, 'subscription').items.data.map(({ id }) => id))
        const after = change(engine, {
          subscription,
          item: named(engine, item),
          proration_behavior,
          proration_date,
          payment_behavior,
        })
        return after.items.data.find(({ id }) => !known.has(id)) ?? after
      },
    }),
    route({
      method: 'GET',
      path: '/v1/subscription_items',
      params: { ...listParams, subscription: required(string()) },
      handler: ({ engine, params, url }) =>
        pageOf({
          items: engine.need('subscription', params.subscription, 'subscription').items.data,
          query: params,
          url,
        }),
    }),
    route({
      method: 'GET',
      path: one,
      params: {},
      handler: ({ engine, path }) => engine.need('subscription_item', path.id),
    }),
    route({
      method: 'POST',
      path: one,
      params: { ...newItemParams, ...shared, off_session: boolean() },
      handler({ engine, path, params }) {
        const { proration_behavior, proration_date, payment_behavior, off_session: _, ...given } = params
        const { subscription } = engine.need('subscription_item', path.id)
        const item = { ...named(engine, given), id: path.id }
        change(engine, { subscription, item, proration_behavior, proration_date, payment_behavior })
        return engine.need('subscription_item', path.id)
      },
    }),
    route({
      method: 'DELETE',
      path: one,
      params: { ...shared, clear_usage: boolean() },
      handler({ engine, path, params }) {
        const { clear_usage: _, ...given } = params
        const { subscription } = engine.need('subscription_item', path.id)
        change(engine, { subscription, item: { id: path.id, deleted: true }, ...given })
        return { id: path.id, object: 'subscription_item', deleted: true }
      },
    }),
  ],
}
