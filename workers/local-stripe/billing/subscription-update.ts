import type { Engine } from '../engine.ts'
import type { Customer, Invoice, Subscription } from '../tables.ts'
import { discountsFor } from './customer-discounts.ts'
import { draftOfInvoiceItem } from './invoice-lines.ts'
import { collectNow, issueDraft, plannedInvoice, type IssuedInvoice } from './invoice-issue.ts'
import { keepProrations, newInvoiceItem, pendingItems } from './pending-items.ts'
import { itemsOf, nextPeriodEnd, note, notesOf, putSubscription, trialNotice, withItems } from './subscription-build.ts'
import type { Change } from './subscription-change.ts'
import { refuseUncollectable, type PaymentBehavior } from './subscription-create.ts'
import { saveSubscription } from './subscription-save.ts'

export interface UpdateGiven {
  before: Subscription
  /** With the fields that change, but not yet the items. */
  changed: Subscription
  change: Change | null
  behavior: PaymentBehavior
  prorationDate: number
  offSession: boolean
}

function afterChange({ changed, change }: UpdateGiven): Subscription {
  if (!change) return changed
  const after = { ...withItems(changed, change.items), billing_cycle_anchor: change.anchor }
  // Who leaves at the end of the period leaves at the end of the new one.
  return after.cancel_at_period_end ? { ...after, cancel_at: nextPeriodEnd(after) } : after
}

/** The invoice that a change brings at once, as it would be; prorations that waited come with it. */
export function plannedUpdateInvoice(
  engine: Engine,
  { given, preview }: { given: UpdateGiven; preview: boolean },
): { issued: IssuedInvoice; invoice: Invoice; customer: Customer } | null {
  const { changed, change, prorationDate } = given
  if (!change?.invoicesNow) return null
  const customer = engine.need('customer', changed.customer, 'customer')
  const items = pendingItems(engine, { customer: customer.id, subscription: changed.id, currency: changed.currency })
  const prorations = change.prorations.map((draft) =>
    newInvoiceItem(engine, { draft, customer: customer.id, testClock: changed.test_clock, proration: true }),
  )
  const subscription = afterChange(given)
  const now = engine.now(changed)
  const issued: IssuedInvoice = {
    subscription,
    lines: change.charges,
    items: [...items, ...prorations],
    reason: 'subscription_update',
    period: { start: Math.min(...itemsOf(given.before).map((item) => item.current_period_start)), end: now },
    prorationDate,
  }
  const discounts = discountsFor(engine, { customer, subscription })
  return { issued, invoice: plannedInvoice(engine, issued, { customer, discounts, preview }), customer }
}

const hasNothing = (issued: IssuedInvoice) => issued.items.length === 0 && issued.lines.length === 0

/** The new items are there at once; a payment that fails makes the subscription past due. */
function applyNow(engine: Engine, given: UpdateGiven, issued: IssuedInvoice): Subscription {
  if (given.change) note(engine, given.before, { billed: given.change.billed })
  storeNewItems(engine, issued)
  const drafted = issueDraft(engine, issued)
  saveSubscription(engine, given.before, drafted.subscription)
  collectNow(engine, drafted.invoice.id, {
    collect: given.behavior !== 'default_incomplete',
    offSession: given.offSession,
  })
  return engine.need('subscription', given.before.id)
}

function storeNewItems(engine: Engine, issued: IssuedInvoice): void {
  for (const item of issued.items) {
    if (engine.store.get('invoiceitem', item.id)) continue
    engine.store.put('invoiceitem', item)
    engine.emit('invoiceitem.created', item)
  }
}

const pendingFor = 23 * 3600

/** The subscription stays as it is until its invoice is paid. */
function applyWhenPaid(engine: Engine, given: UpdateGiven, issued: IssuedInvoice): Subscription {
  const { before, change } = given
  if (!change) return before
  const after = afterChange(given)
  const now = engine.now(before)
  storeNewItems(engine, issued)
  const { invoice } = issueDraft(engine, issued)
  const ends = Math.min(...itemsOf(before).map((item) => item.current_period_end))
  const waiting: Subscription = {
    ...before,
    latest_invoice: invoice.id,
    pending_update: {
      billing_cycle_anchor: change.anchor === before.billing_cycle_anchor ? null : change.anchor,
      cancel_at_period_end: null,
      discount: null,
      discounts: null,
      expires_at: Math.max(now + 1, Math.min(now + pendingFor, ends)),
      metadata: JSON.stringify(after.metadata) === JSON.stringify(before.metadata) ? null : after.metadata,
      subscription_items: itemsOf(after),
      trial_end: null,
      trial_from_plan: null,
    },
  }
  note(engine, before, { pendingInvoice: invoice.id, pendingChange: { billed: change.billed }, isSettling: true })
  putSubscription(engine, waiting)
  collectNow(engine, invoice.id, { collect: true, offSession: given.offSession })
  const result = engine.need('subscription', before.id)
  note(engine, result, { isSettling: false })
  if (result.pending_update) {
    engine.emit('customer.subscription.updated', result, {
      pending_update: null,
      latest_invoice: before.latest_invoice,
    })
  }
  return result
}

/** Makes a planned change, with the invoice that it brings. */
export function updateSubscription(engine: Engine, given: UpdateGiven): Subscription {
  const { before, change, behavior } = given
  const planned = plannedUpdateInvoice(engine, { given, preview: false })
  if (planned && !hasNothing(planned.issued)) {
    refuseUncollectable(engine, {
      invoice: planned.invoice,
      subscription: given.changed,
      customer: planned.customer,
      behavior,
    })
    return behavior === 'pending_if_incomplete'
      ? applyWhenPaid(engine, given, planned.issued)
      : applyNow(engine, given, planned.issued)
  }
  const after = afterChange(given)
  if (change) {
    note(engine, before, { billed: change.billed })
    keepProrations(engine, { subscription: after, drafts: change.prorations })
  }
  return saveSubscription(engine, before, after)
}

/** The prorations of a change that is not invoiced at once, as the next invoice will have them. */
export const waitingProrations = (engine: Engine, subscription: Subscription, change: Change) =>
  change.prorations.map((draft) =>
    draftOfInvoiceItem(
      engine,
      newInvoiceItem(engine, {
        draft,
        customer: subscription.customer,
        testClock: subscription.test_clock,
        proration: true,
      }),
    ),
  )

/** A trial that is set anew is announced anew. */
export function noteTrial(engine: Engine, subscription: Subscription): void {
  const isFar = subscription.trial_end !== null && subscription.trial_end - trialNotice > engine.now(subscription)
  if (isFar) note(engine, subscription, { ...notesOf(engine, subscription), trialWillEndSent: false })
}
