// From time to time: what the queue has lost is found again, what was interrupted is finished, what is old goes.
import { wordsOfError } from '#shared/http/words-of-error'
import { finishGrant } from '../grants/grant-credit.ts'
import { createGrantRows } from '../sync/grant-repository.ts'
import type { MoneyContext } from '../sync/money-context.ts'
import { createEventRows } from './event-repository.ts'
import { sendJobs } from './jobs.ts'

const MINUTE_MS = 60_000
/** The queue's own retries wait up to an hour. */
const FORGOTTEN_MS = 10 * MINUTE_MS
const INTERRUPTED_MS = 2 * MINUTE_MS
const KEPT_MS = 90 * 86_400_000
const AT_ONCE = 100

export async function sweepEvents({ ctx }: { ctx: MoneyContext }): Promise<number> {
  const forgotten = await createEventRows(ctx.db).forgotten({ before: ctx.clock() - FORGOTTEN_MS, limit: AT_ONCE })
  if (forgotten.length > 0) ctx.logger.warn('stripe-events-found-again', { count: forgotten.length })
  await sendJobs(
    forgotten.map(({ id }) => ({ kind: 'event', id })),
    ctx.jobs,
  )
  return forgotten.length
}

/** One that fails does not keep the others waiting. */
export async function sweepGrants({ ctx }: { ctx: MoneyContext }): Promise<number> {
  const before = ctx.clock() - INTERRUPTED_MS
  const waiting = await createGrantRows(ctx.db).waiting({ before, limit: AT_ONCE })
  for (const row of waiting) {
    try {
      await finishGrant({ row, ctx })
    } catch (error) {
      ctx.logger.error('grant-not-finished', { grant: row.id, error: wordsOfError(error) })
    }
  }
  return waiting.length
}

export async function removeOldEvents({ ctx }: { ctx: MoneyContext }): Promise<void> {
  const receivedAt = ctx.clock() - KEPT_MS
  for (let round = 0; round < 20; round++)
    if (!(await createEventRows(ctx.db).removeOlderThan({ receivedAt, limit: AT_ONCE }))) return
}
