import type { MoneyContext } from '../sync/money-context.ts'
import { createRunRows } from './run-rows.ts'

/** After so long it has been lost, and another may begin. */
const LOST_MS = 6 * 3_600_000

/** The run that goes on where there is one: two at once would only repair each other's repairs. */
export async function startReconciliation({ ctx }: { ctx: MoneyContext }): Promise<string> {
  const runs = createRunRows(ctx.db)
  const now = ctx.clock()
  const running = await runs.running({ since: now - LOST_MS })
  const id = running?.id ?? ctx.createId('reconciliation')
  if (!running) await runs.begin({ id, now })
  await ctx.jobs.send({ kind: 'reconcile', runId: id })
  return id
}
