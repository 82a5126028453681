// A change that waits for the period's end is taken back.
import { conflict } from '#shared/http/problems'
import { dropAction, findAction } from '../checkout/actions-repository.ts'
import type { BillingContext } from '../context.ts'
import { requireBuyer } from '../require-buyer.ts'
import { syncSubscription } from '../sync/sync-subscription.ts'
import { releaseSchedule } from './release-schedule.ts'
import { requireSubscription } from './require-subscription.ts'

export async function undoChange({ ctx }: { ctx: BillingContext }): Promise<void> {
  const { organizationId, actor } = requireBuyer(ctx)
  const { subscription } = await requireSubscription({ organizationId, ctx })
  if (!subscription.schedule) {
    await syncSubscription({ id: subscription.id, ctx })
    throw conflict('No change is waiting. Nothing was changed.')
  }
  await ctx.audit({
    organizationId,
    actor,
    action: 'subscription.changed',
    targetId: subscription.id,
    facts: { undone: true },
  })
  await releaseSchedule({ subscription, ctx })
  // Who plans the same again means it anew: the answer of before is none to them.
  const answered = await findAction({ organizationId, kind: 'change', ctx })
  if (answered?.objectId) await dropAction({ action: answered, ctx })
  await syncSubscription({ id: subscription.id, ctx })
}
