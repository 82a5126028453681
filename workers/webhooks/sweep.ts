// From time to time: deliveries that the queue has lost are found again, and what is old goes.
import { wordsOfError } from '#shared/http/words-of-error'
import type { SystemContext } from './context.ts'

const MINUTE_MS = 60_000
const OVERDUE_MS = 2 * MINUTE_MS
/** Time enough for a nudge to be looked at before there is another. */
const SILENT_MS = 10 * MINUTE_MS
const KEPT_MS = 30 * 86_400_000
const AT_ONCE = 100
const MOST_ROUNDS = 20

/** Whenever somebody comes by anyway: locally nothing else does, because there is no cron. */
export async function sweepSometimes({ ctx }: { ctx: SystemContext }): Promise<void> {
  const now = ctx.now()
  if (now - ctx.swept.at < MINUTE_MS) return
  ctx.swept.at = now
  try {
    await sweep({ ctx })
  } catch (error) {
    // Whoever came by came for something else.
    ctx.logger.error('sweep-failed', { error: wordsOfError(error) })
  }
}

export async function sweep({ ctx, thorough = false }: { ctx: SystemContext; thorough?: boolean }): Promise<void> {
  const now = ctx.now()
  const forgotten = await ctx.upkeep.takeForgotten({
    overdueSince: now - OVERDUE_MS,
    silentSince: now - SILENT_MS,
    now,
    limit: AT_ONCE,
  })
  if (forgotten.length > 0) {
    ctx.logger.warn('deliveries-found-again', { count: forgotten.length })
    await ctx.nudge(forgotten.map(({ organizationId, id }) => ({ organizationId, deliveryId: id })))
  }
  for (let round = 0; round < (thorough ? MOST_ROUNDS : 1); round++) {
    if (!(await ctx.upkeep.removeOlderThan({ createdAt: now - KEPT_MS, limit: AT_ONCE }))) break
  }
}
