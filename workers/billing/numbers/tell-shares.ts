// Tells an organization, once a period, that a share of its included credit is used. Of several that were reached at
// once the highest is told. The row is written before the notice goes out, under the notice's own name: who is lost
// between the two tells it again, and whoever reads notices knows it by that name.
import type { CreditLot } from '#shared/contracts/ledger'
import type { BillingSystem } from '../context.ts'
import { createAlertRows } from './alert-rows.ts'
import { includedCredit, presentPeriod } from './included-credit.ts'

type Context = Pick<BillingSystem, 'db' | 'clock' | 'settings' | 'notices' | 'createId'>

export async function tellShares({
  organizationId,
  lots,
  askedAt,
  ctx,
}: {
  organizationId: string
  lots: readonly CreditLot[]
  askedAt: number
  ctx: Context
}): Promise<void> {
  const rows = createAlertRows(ctx.db.$client)
  const percents = await rows.percentsOf({ organizationId })
  if (percents.length === 0) return
  const period = await presentPeriod({ organizationId, ctx })
  const { grantedMicros, leftMicros } = await includedCredit({ period, lots, asOf: askedAt, database: ctx.db.$client })
  if (grantedMicros === 0) return
  const usedMicros = grantedMicros - leftMicros
  const reached = percents.filter((percent) => usedMicros * 100 >= grantedMicros * percent)
  if (reached.length === 0) return
  const about = { organizationId, periodStart: period.start }
  const highest = Math.max(...reached)
  const known = (await rows.told(about)).find(({ percent }) => percent === highest)
  if (known?.sentAt) return
  await rows.claim({ ...about, percents: reached, noticeId: ctx.createId('event'), at: ctx.clock() })
  const mine = (await rows.told(about)).find(({ percent }) => percent === highest)
  if (!mine || mine.sentAt) return
  await ctx.notices.send({
    id: mine.noticeId,
    organizationId,
    type: 'usage.threshold_reached',
    at: mine.at,
    data: {
      percent: highest,
      included_micros: grantedMicros,
      used_micros: usedMicros,
      period_start: period.start,
      period_end: period.end,
    },
  })
  await rows.sent({ ...about, noticeId: mine.noticeId, at: ctx.clock() })
}
