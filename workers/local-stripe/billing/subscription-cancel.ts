import type { Engine } from '../engine.ts'
import type { Subscription } from '../tables.ts'
import { collectNow, issueDraft } from './invoice-issue.ts'
import type { LineDraft } from './invoice-lines.ts'
import { putInvoice } from './invoice-save.ts'
import { keepProrations, pendingItems } from './pending-items.ts'
import { isMetered } from './prices.ts'
import { prorationLines } from './proration.ts'
import { itemsOf, notesOf } from './subscription-build.ts'
import { endSubscription, type EndReason } from './subscription-end.ts'
import { meteredLine, prorationDraft } from './subscription-lines.ts'

/** What the time that is left was worth. */
function unusedTime(engine: Engine, subscription: Subscription, at: number): LineDraft[] {
  const { billed } = notesOf(engine, subscription)
  return itemsOf(subscription).flatMap((item) => {
    const period = { start: item.current_period_start, end: item.current_period_end }
    const before = billed[item.id] ?? null
    return prorationLines({ items: [{ key: item.id, before, after: null }], ...period, at }).map((line) =>
      prorationDraft(engine, { subscription, item, line, period: { start: at, end: period.end } }),
    )
  })
}

export function unpaidUse(engine: Engine, subscription: Subscription, at: number): LineDraft[] {
  return itemsOf(subscription)
    .filter((item) => isMetered(item.price))
    .map((item) => meteredLine(engine, { subscription, item, period: { start: item.current_period_start, end: at } }))
    .filter(({ amount }) => amount !== 0)
}

/** The last invoice: what was used and what waited. */
function lastInvoice(engine: Engine, subscription: Subscription, { isNow }: { isNow: boolean }): Subscription {
  const at = engine.now(subscription)
  const { customer, currency } = subscription
  const lines = unpaidUse(engine, subscription, at)
  const items = pendingItems(engine, { customer, subscription: subscription.id, currency }).filter(
    (item) => item.parent?.subscription_details?.subscription === subscription.id,
  )
  if (lines.length === 0 && items.length === 0) return subscription
  const start = Math.min(...itemsOf(subscription).map((item) => item.current_period_start))
  const reason = isNow ? 'subscription_update' : 'subscription_cycle'
  const drafted = issueDraft(engine, { subscription, lines, items, reason, period: { start, end: at } })
  if (isNow) collectNow(engine, drafted.invoice.id, { collect: true, offSession: true })
  return { ...drafted.subscription, status: subscription.status }
}

export interface Cancellation {
  subscription: Subscription
  prorate?: boolean
  invoiceNow?: boolean
  reason: EndReason
}

/** Ends a subscription in the middle of a period. */
export function cancelNow(engine: Engine, given: Cancellation): Subscription {
  let { subscription } = given
  const isPaidFor = subscription.status === 'active' || subscription.status === 'past_due'
  if (given.prorate && isPaidFor) {
    const drafts = unusedTime(engine, subscription, engine.now(subscription))
    keepProrations(engine, { subscription, drafts })
  }
  if (given.invoiceNow) subscription = lastInvoice(engine, subscription, { isNow: true })
  return endSubscription(engine, { subscription, reason: given.reason })
}

/** Ends a subscription at the instant it was set to; its last use is invoiced an hour later. */
export function cancelAtEnd(engine: Engine, before: Subscription): Subscription {
  const subscription = lastInvoice(engine, before, { isNow: false })
  const ended = endSubscription(engine, { subscription, reason: 'cancellation_requested' })
  const last = ended.latest_invoice === before.latest_invoice ? null : ended.latest_invoice
  const invoice = last ? engine.store.get('invoice', last) : undefined
  if (invoice?.status === 'draft') keepAdvancing(engine, invoice.id)
  return ended
}

/** Ending stops the collection of older invoices, not of the last. */
function keepAdvancing(engine: Engine, id: string): void {
  const invoice = engine.need('invoice', id)
  putInvoice(engine, { ...invoice, auto_advance: true })
}
