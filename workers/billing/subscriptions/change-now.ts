// A dearer plan, at once: what is due is taken now, and without it nothing changes.
import Stripe from 'stripe'
import type { ChangeResult } from '#shared/contracts/billing'
import { Problem } from '#shared/http/problems'
import type { BillingSystem } from '../context.ts'
import { stripeOf } from '../stripe-of.ts'
import { askStripe, expectObject, tellStripe } from '../stripe.ts'
import { idOf } from '../sync/organization-of.ts'
import { syncInvoice } from '../sync/sync-invoice.ts'
import { syncSubscription } from '../sync/sync-subscription.ts'
import { dropPendingUpdate } from './drop-pending-update.ts'
import type { PlanChange } from './plan-change.ts'
import { previewInvoice } from './preview-now.ts'
import { releaseSchedule } from './release-schedule.ts'

interface Asked {
  change: PlanChange
  shown: { dueNowMinor: number; prorationDate: number | null }
  /** Names the change at Stripe: a second click with the same name is the same change. */
  name: string
  ctx: BillingSystem
}

/** How long a preview stands. */
const SHOWN_SECONDS = 3_600

export const changedMeanwhile = (dueNowMinor: number | null) =>
  new Problem('conflict', 'What this costs has changed since it was shown. Look at it again; nothing was charged.', {
    facts: { due_now_minor: dueNowMinor },
  })

/** What is confirmed is what was shown. */
async function requireAsShown({ change, shown, ctx }: Asked): Promise<void> {
  const { prorationDate, dueNowMinor } = shown
  if (prorationDate === null) throw changedMeanwhile(null)
  if (change.inTrial && dueNowMinor !== 0) throw changedMeanwhile(0)
  if (change.inTrial) return
  const began = change.planItem.current_period_start
  if (prorationDate < began || prorationDate > change.planItem.current_period_end) throw changedMeanwhile(null)
  const invoice = await previewInvoice({ change, prorationDate, ctx })
  const isOld = invoice.created - prorationDate > SHOWN_SECONDS
  if (invoice.amount_due !== dueNowMinor || isOld) throw changedMeanwhile(invoice.amount_due)
}

/** Whether the bank asks for something, or has refused. */
async function unpaidOutcome(invoiceId: string, ctx: BillingSystem): Promise<ChangeResult> {
  const invoice = expectObject(await askStripe(() => stripeOf(ctx).invoices.retrieve(invoiceId)), 'invoice')
  const { data } = expectObject(
    await askStripe(() =>
      stripeOf(ctx).invoicePayments.list({
        invoice: invoiceId,
        limit: 1,
        expand: ['data.payment.payment_intent'],
      }),
    ),
    'list',
  )
  const intent = data[0]?.payment.payment_intent
  const isWaiting = typeof intent === 'object' && intent !== null && intent.status === 'requires_action'
  return {
    outcome: isWaiting ? 'action_required' : 'declined',
    pay_url: invoice.hosted_invoice_url ?? null,
  }
}

async function update({ change, shown, name, ctx }: Asked): Promise<Stripe.Subscription | null> {
  const params: Stripe.SubscriptionUpdateParams = change.inTrial
    ? { items: change.items, proration_behavior: 'none' }
    : {
        items: change.items,
        proration_behavior: 'always_invoice',
        payment_behavior: 'pending_if_incomplete',
        ...(shown.prorationDate !== null && { proration_date: shown.prorationDate }),
      }
  try {
    const updated = await tellStripe(() =>
      stripeOf(ctx).subscriptions.update(change.subscription.id, params, { idempotencyKey: name }),
    )
    return expectObject(updated, 'subscription')
  } catch (error) {
    if (error instanceof Stripe.errors.StripeCardError) return null
    throw error
  }
}

export async function changeNow(asked: Asked): Promise<ChangeResult> {
  const { change, ctx } = asked
  await requireAsShown(asked)
  await releaseSchedule({ subscription: change.subscription, ctx })
  await dropPendingUpdate({ subscription: change.subscription, ctx })
  const updated = await update(asked)
  await syncSubscription({ id: change.subscription.id, ctx })
  if (!updated) return { outcome: 'declined', pay_url: null }
  const invoiceId = idOf(updated.latest_invoice)
  if (invoiceId) await syncInvoice({ id: invoiceId, ctx })
  if (!updated.pending_update || !invoiceId) return { outcome: 'changed', pay_url: null }
  return unpaidOutcome(invoiceId, ctx)
}
