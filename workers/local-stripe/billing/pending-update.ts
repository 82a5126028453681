import { previousAttributes } from '../changes.ts'
import type { Engine } from '../engine.ts'
import type { Subscription } from '../tables.ts'
import { note, notesOf, putSubscription, withItems } from './subscription-build.ts'

/** What a subscription becomes when the update that it waited for is paid. */
function updated(subscription: Subscription): Subscription {
  const pending = subscription.pending_update
  if (!pending) return subscription
  const items = pending.subscription_items ?? subscription.items.data
  return {
    ...withItems(subscription, items),
    billing_cycle_anchor: pending.billing_cycle_anchor ?? subscription.billing_cycle_anchor,
    metadata: pending.metadata ?? subscription.metadata,
    pending_update: null,
  }
}

export function isPendingOn(engine: Engine, subscription: Subscription, invoice: string): boolean {
  return subscription.pending_update !== null && notesOf(engine, subscription).pendingInvoice === invoice
}

function finish(engine: Engine, { before, after, name }: { before: Subscription; after: Subscription; name: string }) {
  const wasTold = !notesOf(engine, before).isSettling
  note(engine, after, { pendingInvoice: null, isSettling: false })
  putSubscription(engine, after)
  const changed = previousAttributes(before, after)
  engine.emit('customer.subscription.updated', after, changed)
  // An update that is paid in the call that made it was never pending for anybody.
  if (wasTold) engine.emit(name, after, changed)
  return after
}

export function applyPendingUpdate(engine: Engine, before: Subscription): Subscription {
  const after = updated(before)
  const { billed } = notesOf(engine, before).pendingChange ?? notesOf(engine, before)
  note(engine, after, { billed, pendingChange: null })
  return finish(engine, { before, after, name: 'customer.subscription.pending_update_applied' })
}

/** The update is not made after all: its invoice is void or too old. */
export function dropPendingUpdate(
  engine: Engine,
  { subscription, invoice }: { subscription: string; invoice: string },
): void {
  const before = engine.store.get('subscription', subscription)
  if (!before || !isPendingOn(engine, before, invoice)) return
  const after = { ...before, pending_update: null }
  finish(engine, { before, after, name: 'customer.subscription.pending_update_expired' })
}
