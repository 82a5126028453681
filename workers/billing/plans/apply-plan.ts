// What an organization's subscription gives it, told to its ledger. Asked again whenever any of it may have changed.
import type { PlanTerms } from '#shared/contracts/ledger'
import type { BillingSystem } from '../context.ts'
import { currentPlan } from './current-plan.ts'
import { termsOf } from './terms-of.ts'

export async function applyPlan({
  organizationId,
  ctx,
}: {
  organizationId: string
  ctx: BillingSystem
}): Promise<PlanTerms> {
  // Before anything is read: what was read earlier never replaces what was read later.
  const asOf = ctx.clock()
  const current = await currentPlan({ organizationId, ctx })
  const terms = termsOf({ ...current, mode: ctx.settings.mode, asOf })
  await ctx.ledgerOf(organizationId).setPlan(terms)
  return terms
}
