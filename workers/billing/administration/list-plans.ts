// What is sold, as an operator sees it: with what is archived, and with who has which version.
import { count, inArray } from 'drizzle-orm'
import type { z } from 'zod'
import { subscriptions } from '#db/schema/billing'
import type { AdminPlan, AdminPlans } from '#shared/contracts/billing-administration'
import { requirePlatformAdmin } from '#shared/http/require-permission'
import type { BillingContext, BillingSystem } from '../context.ts'
import { listPacks } from '../plans/packs-repository.ts'
import { listPlans as listStoredPlans } from '../plans/plans-repository.ts'
import { listPrices, type StripePrice } from '../plans/prices-repository.ts'
import { liveStatuses } from '../sync/subscription-repository.ts'
import { listPlanVersions } from './sold-items.ts'

type Asked = Pick<BillingSystem, 'db' | 'clock'>

const counted = (id: string, version: number): string => `${id} ${version}`

async function subscribersByVersion({ db }: Pick<BillingSystem, 'db'>): Promise<Map<string, number>> {
  const rows = await db
    .select({ planId: subscriptions.planId, version: subscriptions.planVersion, subscribers: count() })
    .from(subscriptions)
    .where(inArray(subscriptions.status, [...liveStatuses]))
    .groupBy(subscriptions.planId, subscriptions.planVersion)
  return new Map(rows.map((row) => [counted(row.planId, row.version), row.subscribers]))
}

interface Priced {
  id: string
  version: number
  archived: boolean
  body: { prices: unknown[] }
}

/** What has no price needs none; the rest can be bought when Stripe knows each of its prices. */
const isAvailable = (
  { id, version, archived, body }: Priced,
  kind: StripePrice['kind'],
  prices: StripePrice[],
): boolean =>
  !archived &&
  prices.filter((price) => price.kind === kind && price.itemId === id && price.version === version && price.active)
    .length >= body.prices.length

export async function adminPlans(ctx: Asked): Promise<AdminPlan[]> {
  // First: on a fresh platform it is what writes the first plans.
  const plans = await listStoredPlans({ withArchived: true, ctx })
  const [versions, subscribers, prices] = await Promise.all([
    listPlanVersions({ ctx }),
    subscribersByVersion(ctx),
    listPrices({ ctx }),
  ])
  return plans.map((plan) => {
    const own = versions
      .filter(({ planId }) => planId === plan.id)
      .map(({ version, createdAt, createdBy }) => ({
        version,
        created_at: createdAt,
        created_by: createdBy,
        subscribers: subscribers.get(counted(plan.id, version)) ?? 0,
      }))
    return {
      ...plan,
      available: isAvailable(plan, 'plan', prices),
      subscribers: own.reduce((sum, version) => sum + version.subscribers, 0),
      versions: own,
    }
  })
}

export async function adminCreditPacks(ctx: Asked): Promise<z.infer<typeof AdminPlans>['credit_packs']> {
  const [packs, prices] = await Promise.all([listPacks({ withArchived: true, ctx }), listPrices({ ctx })])
  return packs.map((pack) => ({ ...pack, available: isAvailable(pack, 'credit_pack', prices) }))
}

export async function listPlans({ ctx }: { ctx: BillingContext }): Promise<z.infer<typeof AdminPlans>> {
  requirePlatformAdmin(ctx.principal)
  const [plans, credit_packs] = await Promise.all([adminPlans(ctx), adminCreditPacks(ctx)])
  return { plans, credit_packs }
}
