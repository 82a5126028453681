// A change of plan, interval or seats, confirmed as it was shown. However often it is clicked it is made once, and of
// two people who change at once the second is told.
import type { ChangeResult, ConfirmChange } from '#shared/contracts/billing'
import type { BillingContext } from '../context.ts'
import { requireBuyer, type Buyer } from '../require-buyer.ts'
import { fold } from '../sync/fold.ts'
import { syncSubscription } from '../sync/sync-subscription.ts'
import { changeLater } from './change-later.ts'
import { changedMeanwhile, changeNow } from './change-now.ts'
import { once, type Wait } from './once.ts'
import { nothingChanges, planChange } from './plan-change.ts'

interface Asked {
  input: ConfirmChange
  ctx: BillingContext
}

async function make({
  input,
  buyer: { organizationId, actor },
  name,
  isRepeated,
  ctx,
}: Asked & { buyer: Buyer; name: string; isRepeated: boolean }): Promise<ChangeResult> {
  const { due_now_minor: dueNowMinor, proration_date: prorationDate, ...wanted } = input
  const change = await planChange({ organizationId, wanted, ctx })
  const targetId = change.subscription.id
  if (change.isSame && !isRepeated) throw nothingChanges()
  if (change.isSame) {
    await syncSubscription({ id: targetId, ctx })
    return { outcome: 'changed', pay_url: null }
  }
  // It was shown as the other kind.
  if ((change.when === 'now') !== (prorationDate !== null)) throw changedMeanwhile(null)
  if (change.when === 'period_end' && dueNowMinor !== 0) throw changedMeanwhile(0)
  const { when, to } = change
  const facts = { plan: to.plan.id, interval: to.interval, seats: to.seats, when }
  await ctx.audit({ organizationId, actor, action: 'subscription.changed', targetId, facts })
  return when === 'now'
    ? changeNow({ change, shown: { dueNowMinor, prorationDate }, name, ctx })
    : changeLater({ change, name, ctx })
}

const outcomes = ['changed', 'scheduled', 'action_required', 'declined'] as const

export async function confirmChange({ input, ctx, wait }: Asked & { wait?: Wait }): Promise<ChangeResult> {
  const buyer = requireBuyer(ctx)
  const fingerprint = await fold(JSON.stringify(input))
  return once<ChangeResult['outcome']>({
    organizationId: buyer.organizationId,
    fingerprint,
    outcomes,
    refusals: ['declined', 'action_required'],
    make: (made) => make({ input, buyer, ctx, ...made }),
    ctx,
    ...(wait && { wait }),
  })
}
