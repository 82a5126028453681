// What an organization has, pays and may spend: the billing page at one glance.
import {
  PaymentMethod,
  PendingChange,
  Subscription,
  type BillingOverview,
  type BillingStatus,
} from '#shared/contracts/billing'
import type { Balance, CreditLot, Credits } from '#shared/contracts/ledger'
import { may, requirePermission } from '#shared/http/require-permission'
import { unauthenticated } from '#shared/http/problems'
import { ask } from '../ask.ts'
import type { BillingContext } from '../context.ts'
import { detailsOf } from '../customers/default-details.ts'
import { toOffer } from '../plans/list-offer.ts'
import { currentPlan, isOverdue, type CurrentPlan } from '../plans/current-plan.ts'
import { findPlan } from '../plans/plans-repository.ts'
import { settleTerms } from '../plans/settle-terms.ts'
import { autoTopUpOf } from './auto-top-up.ts'
import { overageOf } from './overage-settings.ts'

const orNull = <T>(
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
  value: unknown,
) => {
  const parsed = schema.safeParse(value)
  return parsed.success ? parsed.data : null
}

export function toSubscription({ subscription: row, readOnlyAt }: CurrentPlan): Subscription | null {
  if (!row) return null
  return {
    status: Subscription.shape.status.parse(row.status),
    interval: row.interval,
    currency: row.currency,
    seats: row.seats,
    amount_minor: row.amountMinor,
    current_period_start: row.currentPeriodStart,
    current_period_end: row.currentPeriodEnd,
    trial_ends_at: row.status === 'trialing' ? row.trialEndsAt : null,
    cancels_at: row.cancelsAt,
    pending_change: orNull(PendingChange, row.pendingChange),
    discount: orNull(Subscription.shape.discount, row.discount),
    past_due_since: isOverdue(row) ? row.pastDueSince : null,
    read_only_at: readOnlyAt,
    pay_url: row.payUrl,
  }
}

const toLot = ({ id, source, amountMicros, remainingMicros, grantedAt, expiresAt }: CreditLot) => ({
  id,
  source,
  amount_micros: amountMicros,
  remaining_micros: remainingMicros,
  granted_at: grantedAt,
  expires_at: expiresAt,
})

const toCredit = (
  { balanceMicros, heldMicros, availableMicros }: Balance,
  { lots, owedMicros }: Credits,
): BillingOverview['credit'] => ({
  balance_micros: balanceMicros,
  held_micros: heldMicros,
  available_micros: availableMicros,
  owed_micros: owedMicros,
  lots: lots.map(toLot),
})

async function isCurrent({ plan }: CurrentPlan, ctx: BillingContext): Promise<boolean> {
  const sold = await findPlan({ planId: plan.id, ctx })
  return sold !== null && !sold.archived && sold.version === plan.version
}

export async function readOverview({ ctx }: { ctx: BillingContext }): Promise<BillingOverview> {
  const { organizationId } = requirePermission(ctx.principal, 'billing.read')
  const ledger = ctx.ledgerOf(organizationId)
  const [current, balance, credits] = await Promise.all([
    currentPlan({ organizationId, ctx }),
    ask('The ledger', () => ledger.balance()),
    ask('The ledger', () => ledger.credits()),
  ])
  const { customer, plan } = current
  const { settings } = ctx
  return {
    mode: settings.mode,
    test_payments: settings.testPayments,
    plan: toOffer({ plan, ctx }),
    plan_is_current: await isCurrent(current, ctx),
    subscription: toSubscription(current),
    trial_available: (customer?.trialUsedAt ?? null) === null,
    payment_method: orNull(PaymentMethod, customer?.paymentMethod),
    credit: toCredit(balance, credits),
    auto_top_up: await autoTopUpOf({ organizationId, ctx }),
    overage: await overageOf({ organizationId, usedMicros: credits.overageMicros, ctx }),
    details: await detailsOf({ organizationId, customer, ctx }),
  }
}

/** What everybody in the organization may know: without money. */
export async function readStatus({ ctx }: { ctx: BillingContext }): Promise<BillingStatus> {
  const { principal, settings } = ctx
  if (principal.kind === 'anonymous' || principal.kind === 'key-claim') throw unauthenticated()
  const { organizationId } = principal
  const asOf = ctx.clock()
  const current = await currentPlan({ organizationId, ctx })
  await settleTerms({ organizationId, current, asOf, ctx })
  const { plan, subscription, readOnly } = current
  return {
    mode: settings.mode,
    test_payments: settings.testPayments,
    plan: { id: plan.id, name: plan.body.name },
    read_only: readOnly,
    past_due: subscription !== null && isOverdue(subscription),
    // One that was cancelled costs nothing when it ends.
    trial_ends_at:
      subscription?.status === 'trialing' && subscription.cancelsAt === null ? subscription.trialEndsAt : null,
    can_manage: may(principal, 'billing.manage'),
  }
}
