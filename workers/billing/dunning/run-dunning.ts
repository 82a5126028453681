// Overdue payments: whoever owes is told, and after the grace paid calls stop. The restoring is done where it is seen
// that they paid: with the subscription.
import { wordsOfError } from '#shared/http/words-of-error'
import { applyPlan } from '../plans/apply-plan.ts'
import type { MoneyContext } from '../sync/money-context.ts'
import { createSubscriptionRows, type SubscriptionRow } from '../sync/subscription-repository.ts'
import { tell } from '../sync/tell.ts'
import { dueSteps } from './dunning-steps.ts'

/** A step that was told and not counted is told again under the same name: it comes once. */
export async function dunOne({ row, ctx }: { row: SubscriptionRow; ctx: MoneyContext }): Promise<void> {
  const { id, organizationId, pastDueSince, remindersSent: done, payUrl, latestInvoiceId } = row
  if (pastDueSince === null) return
  const { graceMs } = ctx.settings
  for (const step of dueSteps({ pastDueSince, graceMs, done, now: ctx.clock() })) {
    if (step.kind === 'overdue') await applyPlan({ organizationId, ctx })
    await tell(
      {
        organizationId,
        type: step.kind === 'overdue' ? 'payment.overdue' : 'payment.failed',
        about: `${id} ${pastDueSince} ${step.number}`,
        data: {
          subscription_id: id,
          invoice_id: latestInvoiceId,
          pay_url: payUrl,
          past_due_since: pastDueSince,
          read_only_at: pastDueSince + graceMs,
          reminder: step.kind === 'reminder' ? step.number : null,
        },
      },
      ctx,
    )
    await createSubscriptionRows(ctx.db).countReminder({ id, sent: step.number })
  }
}

const AT_ONCE = 50

export async function runDunning({ ctx }: { ctx: MoneyContext }): Promise<void> {
  let after = ''
  for (;;) {
    const rows = await createSubscriptionRows(ctx.db).overdue({ after, limit: AT_ONCE })
    for (const row of rows) {
      try {
        await dunOne({ row, ctx })
      } catch (error) {
        ctx.logger.error('dunning-failed', { subscription: row.id, error: wordsOfError(error) })
      }
    }
    const last = rows.at(-1)
    if (!last || rows.length < AT_ONCE) return
    after = last.id
  }
}
