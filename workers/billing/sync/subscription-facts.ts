// A subscription of Stripe's in our own words.
import type Stripe from 'stripe'
import type { PendingChange, Subscription } from '#shared/contracts/billing'
import type { Sold } from '../grants/credit-of-invoice.ts'
import { stripeOf } from '../stripe-of.ts'
import { lookUp } from './look-up.ts'
import type { MoneyContext } from './money-context.ts'
import { idOf } from './organization-of.ts'
import { soldBy } from './sold-items.ts'
import { momentOf, toMilliseconds } from './stripe-time.ts'

export type SoldPlan = Extract<Sold, { kind: 'plan' }>

export interface PlanItem {
  item: Stripe.SubscriptionItem
  sold: SoldPlan
}

/** The item that is a plan's; beside it there may be one for overage. */
export async function planItemOf(subscription: Stripe.Subscription, ctx: MoneyContext): Promise<PlanItem | null> {
  for (const item of subscription.items.data) {
    const sold = await soldBy({ priceId: item.price.id, ctx })
    if (sold?.kind === 'plan') return { item, sold }
  }
  return null
}

export function discountOf({ discounts }: Stripe.Subscription): Subscription['discount'] {
  for (const discount of discounts) {
    const coupon = typeof discount === 'string' ? null : discount.source.coupon
    if (!coupon || typeof coupon === 'string') continue
    return { name: coupon.name ?? coupon.id, percent_off: coupon.percent_off, amount_off_minor: coupon.amount_off }
  }
  return null
}

/** What the schedule will make of it when the present phase ends. */
export async function pendingChangeOf(
  subscription: Stripe.Subscription,
  current: PlanItem,
  ctx: MoneyContext,
): Promise<PendingChange | null> {
  const id = idOf(subscription.schedule)
  if (!id) return null
  const schedule = await lookUp({ id, object: 'subscription_schedule' }, () =>
    stripeOf(ctx).subscriptionSchedules.retrieve(id),
  )
  const begun = schedule?.current_phase?.end_date ?? current.item.current_period_end
  const next = schedule?.phases.find(({ start_date }) => start_date >= begun)
  for (const { price, quantity } of next?.items ?? []) {
    const priceId = idOf(price as string | { id: string })
    const sold = priceId && (await soldBy({ priceId, ctx }))
    if (!next || !sold || sold.kind !== 'plan') continue
    return {
      plan_id: sold.planId,
      plan_name: sold.body.name,
      interval: sold.interval,
      seats: quantity ?? 1,
      at: toMilliseconds(next.start_date),
    }
  }
  return null
}

/** How often its price is paid: for each seat, or (by contract) once for all of them. */
export function timesOf({ price, quantity }: Stripe.SubscriptionItem): number {
  const each = (quantity ?? 1) / (price.transform_quantity?.divide_by ?? 1)
  return price.transform_quantity?.round === 'down' ? Math.floor(each) : Math.ceil(each)
}

export const cancelsAtOf = ({ cancel_at, cancel_at_period_end }: Stripe.Subscription, { item }: PlanItem) =>
  momentOf(cancel_at ?? (cancel_at_period_end ? item.current_period_end : null))

/** The invoice that is owed, and since when: from when it was asked for, or was due where it is sent. */
export async function debtOf(
  subscription: Stripe.Subscription,
  ctx: MoneyContext,
): Promise<{ pastDueSince: number | null; payUrl: string | null }> {
  const id = idOf(subscription.latest_invoice)
  if (subscription.status !== 'past_due' && subscription.status !== 'unpaid')
    return { pastDueSince: null, payUrl: null }
  const invoice = id && (await lookUp({ id, object: 'invoice' }, () => stripeOf(ctx).invoices.retrieve(id)))
  const now = ctx.clock()
  if (!invoice) return { pastDueSince: now, payUrl: null }
  const { due_date, status_transitions, created, hosted_invoice_url: payUrl } = invoice
  const since = toMilliseconds(due_date ?? status_transitions.finalized_at ?? created)
  return { pastDueSince: Math.min(since, now), payUrl: payUrl ?? null }
}
