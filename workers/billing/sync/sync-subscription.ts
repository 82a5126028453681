// A subscription as Stripe has it now: kept, and what follows from it done. What is told and done is named by what it
// is about, and comes before the row says that it was: a Worker that is lost in between does it again, to no effect.
import type Stripe from 'stripe'
import { and, eq, isNull } from 'drizzle-orm'
import { billingCustomers } from '#db/schema/billing'
import { dunOne } from '../dunning/run-dunning.ts'
import { endSeries } from '../grants/end-series.ts'
import { applyPlan } from '../plans/apply-plan.ts'
import { closeDiscrepancy, raise } from '../reconciliation/discrepancies.ts'
import { stripeOf } from '../stripe-of.ts'
import { endDuplicates } from './end-duplicates.ts'
import { lookUp } from './look-up.ts'
import type { Looked, MoneyContext } from './money-context.ts'
import { idOf, organizationOf } from './organization-of.ts'
import { toMilliseconds, momentOf } from './stripe-time.ts'
import {
  cancelsAtOf,
  debtOf,
  discountOf,
  pendingChangeOf,
  planItemOf,
  timesOf,
  type PlanItem,
} from './subscription-facts.ts'
import { createSubscriptionRows, isLive, type SubscriptionRow } from './subscription-repository.ts'
import { tellOfSubscription } from './tell-of-subscription.ts'

type NewRow = Omit<SubscriptionRow, 'remindersSent'>

interface Found {
  subscription: Stripe.Subscription
  organizationId: string
  current: PlanItem
  syncedAt: number
}

async function rowOf({ subscription, organizationId, current, syncedAt }: Found, ctx: MoneyContext): Promise<NewRow> {
  const { item, sold } = current
  const seats = item.quantity ?? 1
  return {
    id: subscription.id,
    organizationId,
    stripeCustomerId: idOf(subscription.customer)!,
    planId: sold.planId,
    planVersion: sold.version,
    interval: sold.interval,
    currency: subscription.currency,
    seats,
    amountMinor: (item.price.unit_amount ?? sold.priceMinor) * timesOf(item),
    status: subscription.status,
    currentPeriodStart: toMilliseconds(item.current_period_start),
    currentPeriodEnd: toMilliseconds(item.current_period_end),
    trialEndsAt: momentOf(subscription.trial_end),
    cancelsAt: cancelsAtOf(subscription, current),
    cancelReason: subscription.cancellation_details?.feedback ?? null,
    endedAt: momentOf(subscription.ended_at),
    scheduleId: idOf(subscription.schedule),
    pendingChange: await pendingChangeOf(subscription, current, ctx),
    discount: discountOf(subscription),
    latestInvoiceId: idOf(subscription.latest_invoice),
    ...(await debtOf(subscription, ctx)),
    createdAt: toMilliseconds(subscription.created),
    syncedAt,
  }
}

/** What it is paid for cannot be told: what was known stays as it was, and somebody looks. */
async function raiseUnknownPrice(subscription: Stripe.Subscription, organizationId: string, ctx: MoneyContext) {
  const actual = subscription.items.data.map(({ price }) => price.id).join(', ')
  const subjectId = subscription.id
  await raise({ kind: 'price_missing', organizationId, subjectId, expected: 'a plan of ours', actual }, ctx)
}

async function noteTrial({ subscription, organizationId }: Found, { db }: MoneyContext): Promise<void> {
  const began = momentOf(subscription.trial_start)
  if (began === null) return
  await db
    .update(billingCustomers)
    .set({ trialUsedAt: began })
    .where(and(eq(billingCustomers.organizationId, organizationId), isNull(billingCustomers.trialUsedAt)))
}

/** A debt that is known goes on from where it began, whatever invoices came since. */
const withDebtOf = (row: NewRow, before: SubscriptionRow | null): NewRow =>
  row.pastDueSince !== null && before?.pastDueSince
    ? { ...row, pastDueSince: Math.min(before.pastDueSince, row.pastDueSince) }
    : row

async function keep(found: Found, ctx: MoneyContext): Promise<SubscriptionRow> {
  const rows = createSubscriptionRows(ctx.db)
  const { organizationId } = found
  const before = await rows.find({ id: found.subscription.id })
  const row = withDebtOf(await rowOf(found, ctx), before)
  if (before && before.syncedAt > row.syncedAt) return before
  await noteTrial(found, ctx)
  await tellOfSubscription({ before, now: row, ctx })
  if (!(await rows.save(row))) return (await rows.find({ id: row.id })) ?? { ...row, remindersSent: 0 }
  const kept = (await rows.find({ id: row.id })) ?? { ...row, remindersSent: 0 }
  if (!isLive(row.status) && row.status !== 'incomplete') await endSeries({ row: kept, ctx })
  await endDuplicates({ organizationId, ctx })
  await applyPlan({ organizationId, ctx })
  await dunOne({ row: kept, ctx })
  return kept
}

/** Null where it is none of ours, or never was. */
export async function syncSubscription({ id, ctx }: Looked): Promise<SubscriptionRow | null> {
  const syncedAt = ctx.clock()
  const subscription = await lookUp({ id, object: 'subscription' }, () =>
    stripeOf(ctx).subscriptions.retrieve(id, { expand: ['discounts.source.coupon'] }),
  )
  if (!subscription) return null
  const { customer, metadata } = subscription
  const organizationId = await organizationOf({ customer, metadata: [metadata] }, ctx)
  if (!organizationId) {
    ctx.logger.warn('subscription-of-nobody', { subscription: id })
    return null
  }
  const current = await planItemOf(subscription, ctx)
  if (!current) {
    await raiseUnknownPrice(subscription, organizationId, ctx)
    return null
  }
  await closeDiscrepancy({ kind: 'price_missing', subjectId: id }, ctx)
  return keep({ subscription, organizationId, current, syncedAt }, ctx)
}
