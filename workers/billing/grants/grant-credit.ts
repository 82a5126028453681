// Credit on its way into the ledger: a row, the ledger, the row's end. Whatever is lost between two of them is finished
// by whoever comes next, and the ledger grants what it has by its name once.
import type { GrantRow } from '../sync/grant-repository.ts'
import { createGrantRows } from '../sync/grant-repository.ts'
import type { MoneyContext } from '../sync/money-context.ts'
import { createSubscriptionRows, isLive } from '../sync/subscription-repository.ts'
import { tell } from '../sync/tell.ts'
import type { Credit } from './credit-of-invoice.ts'
import { expireSeries, keepsCreditOf } from './end-series.ts'

/** A later period began before this one was told of: what it would have replaced ends at once. */
async function expiryOf(row: GrantRow, ctx: MoneyContext): Promise<number | null> {
  const { series, startsAt, expiresAt } = row
  if (!series || !(await createGrantRows(ctx.db).replacedBy({ series, startsAt }))) return expiresAt
  const now = ctx.clock()
  return expiresAt === null ? now : Math.min(expiresAt, now)
}

/** The subscription ended before its invoice was told of: as if the end had come after. */
async function endIfEnded(row: GrantRow, ctx: MoneyContext): Promise<void> {
  const { series, organizationId } = row
  if (!series || row.source !== 'included') return
  const subscription = await createSubscriptionRows(ctx.db).find({ id: series.slice('subscription:'.length) })
  if (!subscription || isLive(subscription.status) || subscription.status === 'incomplete') return
  if (await keepsCreditOf(subscription, ctx)) return
  await expireSeries({ organizationId, series, id: `end:${series}:${row.id}` }, ctx)
}

/** What was begun, to its end. */
export async function finishGrant({ row, ctx }: { row: GrantRow; ctx: MoneyContext }): Promise<void> {
  const { id, organizationId, amountMicros, source, series, replacesSeries } = row
  const { entry } = await ctx.ledgerOf(organizationId).grant({
    id,
    amountMicros,
    source,
    note: id,
    expiresAt: await expiryOf(row, ctx),
    ...(series && { series, replacesSeries }),
  })
  await endIfEnded(row, ctx)
  await tell(
    {
      organizationId,
      type: 'credit.granted',
      about: id,
      data: { grant_id: id, invoice_id: row.invoiceId, source, amount_micros: amountMicros, entry_id: entry.id },
    },
    ctx,
  )
  await createGrantRows(ctx.db).finish({ id, at: ctx.clock() })
}

export async function grantCredit({
  credit,
  organizationId,
  invoiceId,
  ctx,
}: {
  credit: Credit
  organizationId: string
  invoiceId: string
  ctx: MoneyContext
}): Promise<GrantRow> {
  const row = await createGrantRows(ctx.db).begin({ ...credit, organizationId, invoiceId, createdAt: ctx.clock() })
  if (row.grantedAt === null) await finishGrant({ row, ctx })
  return row
}
