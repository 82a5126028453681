// What a change would cost and give, shown before anybody confirms it. Nothing is changed.
import type { ChangePreview, ChangeWanted } from '#shared/contracts/billing'
import type { BillingContext } from '../context.ts'
import { requireBuyer } from '../require-buyer.ts'
import { toMilliseconds, toSeconds } from '../sync/stripe-time.ts'
import { nothingChanges, planChange, type PlanChange } from './plan-change.ts'
import { previewNow } from './preview-now.ts'

/** Nothing is paid before what was paid for has ended. */
function previewAtPeriodEnd({ row, to, amountMinor, planItem }: PlanChange): ChangePreview {
  const at = toMilliseconds(planItem.current_period_end)
  const { body } = to.plan
  return {
    when: 'period_end',
    at,
    currency: row.currency,
    due_now_minor: 0,
    tax_minor: 0,
    lines: [],
    next_amount_minor: amountMinor,
    next_payment_at: at,
    credit_micros: body.included_credit_micros[to.interval] * (body.kind === 'per_seat' ? to.seats : 1),
    proration_date: null,
  }
}

/** At once, and paid when the trial has ended. */
function previewInTrial({ row, amountMinor, subscription }: PlanChange, now: number): ChangePreview {
  return {
    when: 'now',
    at: now,
    currency: row.currency,
    due_now_minor: 0,
    tax_minor: 0,
    lines: [],
    next_amount_minor: amountMinor,
    next_payment_at: toMilliseconds(subscription.trial_end ?? toSeconds(now)),
    credit_micros: 0,
    proration_date: toSeconds(now),
  }
}

export async function previewChange({
  input,
  ctx,
}: {
  input: ChangeWanted
  ctx: BillingContext
}): Promise<ChangePreview> {
  const { organizationId } = requireBuyer(ctx)
  const change = await planChange({ organizationId, wanted: input, ctx })
  if (change.isSame) throw nothingChanges()
  if (change.inTrial) return previewInTrial(change, ctx.clock())
  return change.when === 'now' ? previewNow({ change, organizationId, ctx }) : previewAtPeriodEnd(change)
}
