// Use beyond credit, billed at the end of the period: what the organization allows itself, within its plan.
import type { Overage, OverageState } from '#shared/contracts/billing'
import { conflict, invalidRequest } from '#shared/http/problems'
import { requirePermission } from '#shared/http/require-permission'
import { ask } from '../ask.ts'
import type { BillingContext, BillingSystem } from '../context.ts'
import { updateCustomer } from '../customers/customers-repository.ts'
import { setOverageItem } from '../overage/set-overage-item.ts'
import { applyPlan } from '../plans/apply-plan.ts'
import { currentPlan } from '../plans/current-plan.ts'
import { ensureOveragePrice } from '../plans/ensure-overage-price.ts'
import { overageCapOf } from '../plans/terms-of.ts'
import { requireBuyer } from '../require-buyer.ts'

interface Asked {
  organizationId: string
  ctx: BillingSystem
}

export async function overageOf({
  organizationId,
  usedMicros,
  ctx,
}: Asked & { usedMicros: number }): Promise<OverageState> {
  const { plan, subscription, customer } = await currentPlan({ organizationId, ctx })
  const planCap = subscription ? overageCapOf(plan, subscription.seats) : 0
  return {
    enabled: customer?.overageEnabled ?? false,
    cap_micros: customer?.overageCapMicros ?? 0,
    allowed: planCap > 0,
    plan_cap_micros: planCap,
    used_micros: usedMicros,
  }
}

const usedBy = async ({ organizationId, ctx }: Asked): Promise<number> =>
  (await ask('The ledger', () => ctx.ledgerOf(organizationId).credits())).overageMicros

export async function readOverage({ ctx }: { ctx: BillingContext }): Promise<OverageState> {
  const { organizationId } = requirePermission(ctx.principal, 'billing.read')
  return overageOf({ organizationId, usedMicros: await usedBy({ organizationId, ctx }), ctx })
}

export async function writeOverage({ input, ctx }: { input: Overage; ctx: BillingContext }): Promise<OverageState> {
  const { organizationId, actor } = requireBuyer(ctx)
  const { plan, subscription } = await currentPlan({ organizationId, ctx })
  const planCap = subscription ? overageCapOf(plan, subscription.seats) : 0
  if (input.enabled) {
    if (planCap === 0) throw conflict('Your plan has no use beyond credit. Buy credit, or change the plan.')
    if (input.cap_micros === 0) throw invalidRequest('cap_micros: say how much may be used', 'cap_micros')
    if (input.cap_micros > planCap) throw invalidRequest(`cap_micros: at most ${planCap} on your plan`, 'cap_micros')
  }
  const facts = { enabled: input.enabled, cap_micros: input.cap_micros }
  await ctx.audit({ organizationId, actor, action: 'overage.updated', targetId: organizationId, facts })
  // The price comes before the permission: nothing may be used that could not be billed.
  if (input.enabled && subscription) {
    const { currency, interval } = subscription
    await ensureOveragePrice({ currency, interval, ctx })
    await setOverageItem({ organizationId, enabled: true, ctx })
  }
  const change = { overageEnabled: input.enabled, overageCapMicros: input.cap_micros }
  await updateCustomer({ organizationId, change, ctx })
  await ask('The ledger', () => applyPlan({ organizationId, ctx }))
  if (!input.enabled) await setOverageItem({ organizationId, enabled: false, ctx })
  return overageOf({ organizationId, usedMicros: await usedBy({ organizationId, ctx }), ctx })
}
