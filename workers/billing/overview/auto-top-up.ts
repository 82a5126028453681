// Credit that is bought by itself: what the organization has decided. What is done about it is in `top-ups/`.
import { and, eq, gte, inArray, sum } from 'drizzle-orm'
import { autoTopUps, topUpAttempts } from '#db/schema/billing'
import type { AutoTopUp, AutoTopUpState } from '#shared/contracts/billing'
import { invalidRequest } from '#shared/http/problems'
import { requirePermission } from '#shared/http/require-permission'
import type { BillingContext, BillingSystem } from '../context.ts'
import { packPriceOf } from '../credit-packs/buy-credit.ts'
import { findCustomer } from '../customers/customers-repository.ts'
import { requireCurrency } from '../plans/choose-plan.ts'
import { findPack } from '../plans/packs-repository.ts'
import { requireBuyer } from '../require-buyer.ts'

interface Asked {
  organizationId: string
  ctx: BillingSystem
}

const DEFAULT_THRESHOLD_MICROS = 2_000_000

function monthStart(now: number): number {
  const date = new Date(now)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
}

/** What runs counts as spent: it may be, by the time that this is read. */
async function spentThisMonth({ organizationId, currency, ctx }: Asked & { currency: string }): Promise<number> {
  const [row] = await ctx.db
    .select({ total: sum(topUpAttempts.amountMinor) })
    .from(topUpAttempts)
    .where(
      and(
        eq(topUpAttempts.organizationId, organizationId),
        eq(topUpAttempts.currency, currency),
        inArray(topUpAttempts.state, ['running', 'succeeded']),
        gte(topUpAttempts.createdAt, monthStart(ctx.clock())),
      ),
    )
  return Number(row?.total ?? 0)
}

export async function autoTopUpOf({ organizationId, ctx }: Asked): Promise<AutoTopUpState> {
  const [[row], customer] = await Promise.all([
    ctx.db.select().from(autoTopUps).where(eq(autoTopUps.organizationId, organizationId)).limit(1),
    findCustomer({ organizationId, ctx }),
  ])
  const currency = row?.currency ?? customer?.currency ?? ctx.settings.defaultCurrency
  return {
    enabled: row?.enabled ?? false,
    threshold_micros: row?.thresholdMicros ?? DEFAULT_THRESHOLD_MICROS,
    credit_pack_id: row?.creditPackId ?? null,
    currency,
    monthly_maximum_minor: row?.monthlyMaximumMinor ?? 0,
    spent_this_month_minor: await spentThisMonth({ organizationId, currency, ctx }),
    failure: row?.failure && row.failedAt !== null ? { at: row.failedAt, reason: row.failure } : null,
  }
}

export function readAutoTopUp({ ctx }: { ctx: BillingContext }): Promise<AutoTopUpState> {
  const { organizationId } = requirePermission(ctx.principal, 'billing.read')
  return autoTopUpOf({ organizationId, ctx })
}

async function requireSense({ organizationId, input, ctx }: Asked & { input: AutoTopUp }): Promise<void> {
  const { credit_pack_id: packId, currency, monthly_maximum_minor: maximum } = input
  if (!input.enabled) return
  if (packId === null) throw invalidRequest('credit_pack_id: say what is to be bought', 'credit_pack_id')
  const pack = await findPack({ packId, ctx })
  if (!pack || pack.archived) throw invalidRequest('credit_pack_id: there is no such credit pack', 'credit_pack_id')
  const amount = packPriceOf({ pack, currency })
  requireCurrency({ currency, fixed: (await findCustomer({ organizationId, ctx }))?.currency ?? null })
  if (maximum < amount)
    throw invalidRequest('monthly_maximum_minor: is less than what one of these costs', 'monthly_maximum_minor')
}

export async function writeAutoTopUp({
  input,
  ctx,
}: {
  input: AutoTopUp
  ctx: BillingContext
}): Promise<AutoTopUpState> {
  const { organizationId, actor } = requireBuyer(ctx)
  await requireSense({ organizationId, input, ctx })
  const facts = {
    enabled: input.enabled,
    credit_pack_id: input.credit_pack_id,
    threshold_micros: input.threshold_micros,
    monthly_maximum_minor: input.monthly_maximum_minor,
    currency: input.currency,
  }
  await ctx.audit({ organizationId, actor, action: 'auto-top-up.updated', targetId: organizationId, facts })
  const row = {
    enabled: input.enabled,
    thresholdMicros: input.threshold_micros,
    creditPackId: input.credit_pack_id,
    currency: input.currency,
    monthlyMaximumMinor: input.monthly_maximum_minor,
    // Whoever looks at it again wants it to be tried again.
    failedAt: null,
    failure: null,
    updatedAt: ctx.clock(),
  }
  await ctx.db
    .insert(autoTopUps)
    .values({ organizationId, ...row })
    .onConflictDoUpdate({ target: autoTopUps.organizationId, set: row })
  return autoTopUpOf({ organizationId, ctx })
}
