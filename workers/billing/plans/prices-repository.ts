// Which price at Stripe sells what of ours.
import { and, eq, type InferSelectModel } from 'drizzle-orm'
import { stripePrices } from '#db/schema/billing'
import type { BillingSystem } from '../context.ts'

type Asked = { ctx: Pick<BillingSystem, 'db'> }

export type StripePrice = InferSelectModel<typeof stripePrices>

/** What a price sells: one for each version, interval and currency. */
export type PricedItem = Pick<StripePrice, 'kind' | 'itemId' | 'version' | 'interval' | 'currency'>

export async function findPriceOf({ item, ctx }: Asked & { item: PricedItem }): Promise<StripePrice | null> {
  const [row] = await ctx.db
    .select()
    .from(stripePrices)
    .where(
      and(
        eq(stripePrices.kind, item.kind),
        eq(stripePrices.itemId, item.itemId),
        eq(stripePrices.version, item.version),
        eq(stripePrices.interval, item.interval),
        eq(stripePrices.currency, item.currency),
      ),
    )
    .limit(1)
  return row ?? null
}

export const listPrices = ({ ctx }: Asked): Promise<StripePrice[]> => ctx.db.select().from(stripePrices)

/** The price that sells the item from now on; the one before it is known by its own metadata at Stripe. */
export async function savePrice({ price, ctx }: Asked & { price: StripePrice }): Promise<void> {
  const { id, productId, amountMinor, active } = price
  await ctx.db.batch([
    ctx.db.delete(stripePrices).where(eq(stripePrices.id, id)),
    ctx.db
      .insert(stripePrices)
      .values(price)
      .onConflictDoUpdate({
        target: [
          stripePrices.kind,
          stripePrices.itemId,
          stripePrices.version,
          stripePrices.interval,
          stripePrices.currency,
        ],
        set: { id, productId, amountMinor, active },
      }),
  ])
}
