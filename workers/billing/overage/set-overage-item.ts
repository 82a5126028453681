// Whether a subscription bills what is used beyond credit: an item of the meter's price beside the plan's.
import { and, eq } from 'drizzle-orm'
import { stripePrices } from '#db/schema/billing'
import { conflict } from '#shared/http/problems'
import { stripeOf } from '../stripe-of.ts'
import { askStripe } from '../stripe.ts'
import { lookUp } from '../sync/look-up.ts'
import type { MoneyContext } from '../sync/money-context.ts'
import { soldBy } from '../sync/sold-items.ts'
import { createSubscriptionRows, type SubscriptionRow } from '../sync/subscription-repository.ts'
import { createOverageRows } from './overage-rows.ts'

/** The meter's price for subscriptions of this interval and currency. */
export async function overagePriceOf(
  { interval, currency }: Pick<SubscriptionRow, 'interval' | 'currency'>,
  { db }: Pick<MoneyContext, 'db'>,
): Promise<string | null> {
  const [row] = await db
    .select({ id: stripePrices.id })
    .from(stripePrices)
    .where(
      and(
        eq(stripePrices.kind, 'overage'),
        eq(stripePrices.interval, interval),
        eq(stripePrices.currency, currency),
        eq(stripePrices.active, true),
      ),
    )
    .limit(1)
  return row?.id ?? null
}

interface Item {
  subscriptionId: string
  itemId: string | null
}

async function itemOf({ id }: SubscriptionRow, ctx: MoneyContext): Promise<Item | null> {
  const found = await lookUp({ id, object: 'subscription' }, () => stripeOf(ctx).subscriptions.retrieve(id))
  if (!found) return null
  for (const { id: itemId, price } of found.items.data)
    if ((await soldBy({ priceId: price.id, ctx }))?.kind === 'overage') return { subscriptionId: id, itemId }
  return { subscriptionId: id, itemId: null }
}

/** Switched off, the item stays while something was used in this period: it would not be billed otherwise. */
export async function setOverageItem({
  organizationId,
  enabled,
  ctx,
}: {
  organizationId: string
  enabled: boolean
  ctx: MoneyContext
}): Promise<void> {
  const [row] = await createSubscriptionRows(ctx.db).liveOf({ organizationId })
  const item = row && (await itemOf(row, ctx))
  if (!row || !item || (item.itemId !== null) === enabled) return
  const stripe = stripeOf(ctx)
  if (enabled) {
    const price = await overagePriceOf(row, ctx)
    if (!price) throw conflict('What is used beyond credit is not billed in the currency of this subscription.')
    await askStripe(() =>
      stripe.subscriptionItems.create(
        { subscription: item.subscriptionId, price, proration_behavior: 'none' },
        { idempotencyKey: `riwaq:overage-item:${item.subscriptionId}:${price}:${row.syncedAt}` },
      ),
    )
    return
  }
  const since = row.currentPeriodStart
  if (item.itemId === null || (await createOverageRows(ctx.db).usedSince({ organizationId, since }))) return
  const { itemId } = item
  await askStripe(() => stripe.subscriptionItems.del(itemId, { proration_behavior: 'none' }))
}
