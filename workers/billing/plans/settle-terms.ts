// Whoever looks finds the ledger to say what the plan says: after a mode was changed, a grace has ended, or an
// organization was founded while billing was away. Looking must not fail for it.
import { isDeepStrictEqual } from 'node:util'
import { wordsOfError } from '#shared/http/words-of-error'
import type { BillingSystem } from '../context.ts'
import type { CurrentPlan } from './current-plan.ts'
import { termsOf } from './terms-of.ts'

export async function settleTerms({
  organizationId,
  current,
  asOf,
  ctx,
}: {
  organizationId: string
  current: CurrentPlan
  /** Before `current` was read. */
  asOf: number
  ctx: BillingSystem
}): Promise<void> {
  const terms = termsOf({ ...current, mode: ctx.settings.mode, asOf })
  try {
    const ledger = ctx.ledgerOf(organizationId)
    const known = await ledger.plan()
    if (!isDeepStrictEqual({ ...known, asOf }, terms)) await ledger.setPlan(terms)
  } catch (error) {
    ctx.logger.warn('plan-not-told', { organization_id: organizationId, reason: wordsOfError(error) })
  }
}
