// An operator asks that an event be looked at again. What it names is looked at as it is now, so it does no harm.
import { notFound } from '#shared/http/problems'
import type { MoneyContext } from '../sync/money-context.ts'
import { createEventRows } from './event-repository.ts'
import { sendJobs } from './jobs.ts'

export async function replayEvent({ id, ctx }: { id: string; ctx: MoneyContext }): Promise<void> {
  const replayed = await createEventRows(ctx.db).replay({ ids: [id] })
  if (replayed.length === 0) throw notFound('event')
  await ctx.jobs.send({ kind: 'event', id })
}

const AT_ONCE = 50
const MOST_ROUNDS = 20

/** How many: at most a thousand at a time, the oldest first. */
export async function replayFailed({ ctx }: { ctx: MoneyContext }): Promise<number> {
  const events = createEventRows(ctx.db)
  let count = 0
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const failed = await events.failed({ limit: AT_ONCE })
    const replayed = await events.replay({ ids: failed.map(({ id }) => id) })
    await sendJobs(
      replayed.map((id) => ({ kind: 'event', id })),
      ctx.jobs,
    )
    count += replayed.length
    if (failed.length < AT_ONCE) break
  }
  return count
}
