// What a subscription does by the clock, one thing at a time.
import type { Engine } from '../engine.ts'
import type { Subscription } from '../tables.ts'
import { discountsFor } from './customer-discounts.ts'
import { voidInvoice } from './invoice-close.ts'
import { plannedInvoice } from './invoice-issue.ts'
import { dropPendingUpdate } from './pending-update.ts'
import {
  incompleteFor,
  nextPeriodEnd,
  note,
  notesOf,
  putSubscription,
  trialNotice,
  upcomingNotice,
} from './subscription-build.ts'
import { cancelAtEnd } from './subscription-cancel.ts'
import { endSubscription } from './subscription-end.ts'
import { planRenewal, renew } from './subscription-renew.ts'
import { announceTrialEnd, endTrial } from './trial-end.ts'
import { saveSubscription } from './subscription-save.ts'

function expireIncomplete(engine: Engine, subscription: Subscription): void {
  const latest = subscription.latest_invoice ? engine.store.get('invoice', subscription.latest_invoice) : undefined
  endSubscription(engine, { subscription, reason: 'payment_failed', status: 'incomplete_expired' })
  if (latest?.status === 'open') voidInvoice(engine, latest.id)
}

function expirePendingUpdate(engine: Engine, subscription: Subscription): void {
  const invoice = notesOf(engine, subscription).pendingInvoice
  if (invoice && engine.store.get('invoice', invoice)?.status === 'open') voidInvoice(engine, invoice)
  else if (invoice) dropPendingUpdate(engine, { subscription: subscription.id, invoice })
  else putSubscription(engine, { ...subscription, pending_update: null })
}

/** The next invoice is told some days before; it has no id yet. */
function announceInvoice(engine: Engine, subscription: Subscription): void {
  note(engine, subscription, { announced: nextPeriodEnd(subscription) })
  putSubscription(engine, subscription)
  const isLast = subscription.cancel_at !== null && subscription.cancel_at <= nextPeriodEnd(subscription)
  if (isLast) return
  const customer = engine.need('customer', subscription.customer, 'customer')
  const discounts = discountsFor(engine, { customer, subscription })
  const { issued } = planRenewal(engine, subscription)
  const at = nextPeriodEnd(subscription)
  engine.emit('invoice.upcoming', plannedInvoice(engine, issued, { customer, discounts, preview: true, at }))
}

function resumeCollection(engine: Engine, subscription: Subscription): void {
  saveSubscription(engine, subscription, { ...subscription, pause_collection: null })
}

const isDue = (moment: number | null | undefined, now: number) => typeof moment === 'number' && moment <= now

export function subscriptionWork(engine: Engine, id: string): void {
  const subscription = engine.store.get('subscription', id)
  if (!subscription || subscription.status === 'canceled' || subscription.status === 'incomplete_expired') {
    engine.store.remove('_due', id)
    return
  }
  const now = engine.now(subscription)
  const notes = notesOf(engine, subscription)
  const isTrial = subscription.status === 'trialing'
  const end = nextPeriodEnd(subscription)
  if (subscription.status === 'incomplete') {
    if (isDue(subscription.created + incompleteFor, now)) expireIncomplete(engine, subscription)
  } else if (isDue(subscription.pending_update?.expires_at, now)) expirePendingUpdate(engine, subscription)
  else if (isDue(subscription.pause_collection?.resumes_at, now)) resumeCollection(engine, subscription)
  else if (isDue(subscription.cancel_at, now)) cancelAtEnd(engine, subscription)
  else if (isTrial && !notes.trialWillEndSent && isDue((subscription.trial_end ?? end) - trialNotice, now)) {
    announceTrialEnd(engine, subscription)
  } else if (isDue(end, now) && subscription.status !== 'paused') {
    if (isTrial) endTrial(engine, subscription)
    else renew(engine, subscription)
  } else if (notes.announced !== end && isDue(end - upcomingNotice, now)) announceInvoice(engine, subscription)
}
