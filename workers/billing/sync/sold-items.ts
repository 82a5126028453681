// Which of our plans and packs a price of Stripe's sells: our own table says it, else what the price carries.
import { and, eq } from 'drizzle-orm'
import { creditPackVersions, planVersions, stripePrices } from '#db/schema/billing'
import { CreditPackBody, PlanBody, planIntervals, type PlanInterval } from '#shared/contracts/plans'
import type { Sold } from '../grants/credit-of-invoice.ts'
import { stripeOf } from '../stripe-of.ts'
import { lookUp } from './look-up.ts'
import type { MoneyContext } from './money-context.ts'

interface Named {
  kind: string
  itemId: string
  version: number
  interval: string
  amountMinor: number
}

async function namedInTable(priceId: string, { db }: MoneyContext): Promise<Named | null> {
  const [row] = await db.select().from(stripePrices).where(eq(stripePrices.id, priceId)).limit(1)
  return row ?? null
}

/** A price by contract, or one whose row was lost. */
async function namedAtStripe(id: string, ctx: MoneyContext): Promise<Named | null> {
  const price = await lookUp({ id, object: 'price' }, () => stripeOf(ctx).prices.retrieve(id))
  const { riwaq_kind: kind, riwaq_item: itemId, riwaq_version: version } = price?.metadata ?? {}
  if (!price || !kind || !itemId) return null
  const { recurring, unit_amount: amount } = price
  return {
    kind,
    itemId,
    version: Number(version ?? 0),
    interval: recurring?.interval ?? 'once',
    amountMinor: amount ?? 0,
  }
}

async function planOf({ itemId, version, interval, amountMinor }: Named, { db }: MoneyContext): Promise<Sold | null> {
  const [row] = await db
    .select({ body: planVersions.body })
    .from(planVersions)
    .where(and(eq(planVersions.planId, itemId), eq(planVersions.version, version)))
    .limit(1)
  if (!row || !(planIntervals as readonly string[]).includes(interval)) return null
  const body = PlanBody.parse(row.body)
  return { kind: 'plan', planId: itemId, version, interval: interval as PlanInterval, priceMinor: amountMinor, body }
}

async function packOf({ itemId, version }: Named, { db }: MoneyContext): Promise<Sold | null> {
  const [row] = await db
    .select({ body: creditPackVersions.body })
    .from(creditPackVersions)
    .where(and(eq(creditPackVersions.packId, itemId), eq(creditPackVersions.version, version)))
    .limit(1)
  return row ? { kind: 'credit_pack', packId: itemId, version, body: CreditPackBody.parse(row.body) } : null
}

/** Null where it sells nothing that is known here. */
export async function soldBy({ priceId, ctx }: { priceId: string; ctx: MoneyContext }): Promise<Sold | null> {
  const named = (await namedInTable(priceId, ctx)) ?? (await namedAtStripe(priceId, ctx))
  if (!named) return null
  if (named.kind === 'overage') return { kind: 'overage' }
  if (named.kind === 'plan') return planOf(named, ctx)
  return named.kind === 'credit_pack' ? packOf(named, ctx) : null
}
