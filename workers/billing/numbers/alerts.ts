// At which shares of its included credit an organization is told.
import type { SetUsageAlerts, UsageAlerts } from '#shared/contracts/usage'
import { requirePermission } from '#shared/http/require-permission'
import { ask } from '../ask.ts'
import type { BillingContext } from '../context.ts'
import { createAlertRows } from './alert-rows.ts'
import { includedCredit, presentPeriod } from './included-credit.ts'

async function alertsOf({
  organizationId,
  ctx,
}: {
  organizationId: string
  ctx: BillingContext
}): Promise<UsageAlerts> {
  const rows = createAlertRows(ctx.db.$client)
  const asOf = ctx.clock()
  const { lots } = await ask('The ledger', () => ctx.ledgerOf(organizationId).credits())
  return ask('The book', async () => {
    const period = await presentPeriod({ organizationId, ctx })
    const [percents, told, included] = await Promise.all([
      rows.percentsOf({ organizationId }),
      rows.told({ organizationId, periodStart: period.start }),
      includedCredit({ period, lots, asOf, database: ctx.db.$client }),
    ])
    const { grantedMicros, leftMicros } = included
    return {
      percents: percents.toSorted((a, b) => a - b),
      period: period.of === 'subscription' ? { start: period.start, end: period.end } : null,
      included_micros: grantedMicros,
      used_micros: grantedMicros - leftMicros,
      told: told.filter(({ sentAt }) => sentAt !== null).map(({ percent, at }) => ({ percent, at })),
    }
  })
}

export async function readAlerts({ ctx }: { ctx: BillingContext }): Promise<UsageAlerts> {
  const { organizationId } = requirePermission(ctx.principal, 'budgets.manage')
  return alertsOf({ organizationId, ctx })
}

export async function setAlerts({
  input: { percents },
  ctx,
}: {
  input: SetUsageAlerts
  ctx: BillingContext
}): Promise<UsageAlerts> {
  const principal = requirePermission(ctx.principal, 'budgets.manage')
  const { organizationId, userId } = principal
  const sorted = percents.toSorted((a, b) => a - b)
  await ask('The accounts service', () =>
    ctx.audit({
      organizationId,
      actor: { userId, keyId: null },
      action: 'usage-alerts.updated',
      targetId: organizationId,
      facts: { percents: sorted.join(', ') },
    }),
  )
  await createAlertRows(ctx.db.$client).set({ organizationId, percents: sorted, at: ctx.clock() })
  return alertsOf({ organizationId, ctx })
}
