// Subscriptions: Stripe's against ours, ours against Stripe's, and more than one of an organization.
import { and, asc, eq, gt, inArray, lt, sql } from 'drizzle-orm'
import type Stripe from 'stripe'
import { subscriptions } from '#db/schema/billing'
import { stripeOf } from '../stripe-of.ts'
import { askStripe } from '../stripe.ts'
import { endDuplicates } from '../sync/end-duplicates.ts'
import { toMilliseconds, toSeconds } from '../sync/stripe-time.ts'
import { createSubscriptionRows, isLive, liveStatuses, type SubscriptionRow } from '../sync/subscription-repository.ts'
import { syncCustomer } from '../sync/sync-customer.ts'
import { syncSubscription } from '../sync/sync-subscription.ts'
import { closeDiscrepancy, openDiscrepancies } from './discrepancies.ts'
import { nextOf, PAGE, pageAfter, raiseIn, reachOf, repairedIn, type Step } from './step.ts'

const wordsOf = ({ status, currentPeriodEnd, seats, cancelsAt }: SubscriptionRow): string =>
  `${status}, ${seats} seats, until ${currentPeriodEnd}, cancels ${cancelsAt ?? 'never'}`

const differs = (subscription: Stripe.Subscription, row: SubscriptionRow | null): boolean => {
  if (!row || row.status !== subscription.status) return true
  const { items, cancel_at, cancel_at_period_end, schedule } = subscription
  const fits = items.data.some(
    ({ current_period_end: end, quantity }) =>
      toMilliseconds(end) === row.currentPeriodEnd && (quantity ?? 1) === row.seats,
  )
  const cancels = cancel_at !== null || cancel_at_period_end
  return !fits || cancels !== (row.cancelsAt !== null) || (schedule !== null) !== (row.scheduleId !== null)
}

async function checkOne(subscription: Stripe.Subscription, step: Step): Promise<void> {
  const { ctx } = step
  const rows = createSubscriptionRows(ctx.db)
  const { id } = subscription
  const before = await rows.find({ id })
  step.counts.subscriptions += 1
  if (before && !differs(subscription, before)) return rows.seen({ id, at: ctx.clock() })
  const now = await syncSubscription({ id, ctx })
  // None of ours: the account sells other things too.
  if (!now) return
  await repairedIn(step, {
    kind: before ? 'subscription_differs' : 'subscription_missing',
    organizationId: now.organizationId,
    subjectId: id,
    expected: wordsOf(now),
    actual: before ? wordsOf(before) : 'not known here',
  })
}

/** All that live, at Stripe. */
export async function checkSubscriptions(step: Step): Promise<string | null> {
  const page = await askStripe(() => stripeOf(step.ctx).subscriptions.list(pageAfter(step.after)))
  for (const subscription of page.data) await checkOne(subscription, step)
  return nextOf(page)
}

/** And those that were made lately and have ended. */
export async function checkEnded(step: Step): Promise<string | null> {
  const created = { gte: toSeconds(reachOf(step.run)) }
  const page = await askStripe(() =>
    stripeOf(step.ctx).subscriptions.list({ ...pageAfter(step.after), status: 'canceled', created }),
  )
  for (const subscription of page.data) await checkOne(subscription, step)
  return nextOf(page)
}

/** Ours that live and were not among them: they have ended, or Stripe has none such. */
export async function checkLiveRows(step: Step): Promise<string | null> {
  const { ctx, run, after } = step
  const rows = await ctx.db
    .select()
    .from(subscriptions)
    .where(
      and(
        inArray(subscriptions.status, [...liveStatuses]),
        lt(subscriptions.syncedAt, run.startedAt),
        gt(subscriptions.id, after),
      ),
    )
    .orderBy(asc(subscriptions.id))
    .limit(PAGE)
  for (const row of rows) {
    step.counts.subscriptions += 1
    const { id, organizationId } = row
    const now = await syncSubscription({ id, ctx })
    await syncCustomer({ id: row.stripeCustomerId, ctx })
    const about = { organizationId, subjectId: id, actual: wordsOf(row) }
    if (!now)
      await raiseIn(step, { ...about, kind: 'subscription_missing', expected: 'no such subscription at Stripe' })
    else if (wordsOf(now) !== wordsOf(row))
      await repairedIn(step, { ...about, kind: 'subscription_differs', expected: wordsOf(now) })
  }
  return rows.length === PAGE ? rows.at(-1)!.id : null
}

/** Organizations with two that live; and what was raised of two where there is one again. */
export async function checkDuplicates(step: Step): Promise<string | null> {
  const { ctx } = step
  const several = await ctx.db
    .select({ organizationId: subscriptions.organizationId })
    .from(subscriptions)
    .where(and(inArray(subscriptions.status, [...liveStatuses]), gt(subscriptions.organizationId, step.after)))
    .groupBy(subscriptions.organizationId)
    .having(sql`COUNT(*) > 1`)
    .orderBy(asc(subscriptions.organizationId))
    .limit(PAGE)
  for (const { organizationId } of several) await endDuplicates({ organizationId, ctx })
  if (step.after === '') await closeEnded(step)
  return several.length === PAGE ? several.at(-1)!.organizationId : null
}

/** What this run itself has ended stays for somebody to see until the next. */
async function closeEnded({ run, ctx }: Step): Promise<void> {
  const kind = 'duplicate_subscription'
  for (const { subjectId, foundAt } of await openDiscrepancies({ kind, after: '', limit: 100 }, ctx)) {
    if (foundAt >= run.startedAt) continue
    const [row] = await ctx.db.select().from(subscriptions).where(eq(subscriptions.id, subjectId)).limit(1)
    if (!row || !isLive(row.status)) await closeDiscrepancy({ kind, subjectId }, ctx)
  }
}
