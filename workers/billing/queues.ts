// The queues that this service consumes, and what it does with each.
import { z } from 'zod'
import { wordsOfError } from '#shared/http/words-of-error'
import { continueRollout } from './administration/rollout.ts'
import { billingSystem, bookOf, type BillingEnv } from './context.ts'
import { runDunning } from './dunning/run-dunning.ts'
import { eraseOrganization } from './erase-organization.ts'
import { createCreditWatch, lookAtChanged } from './numbers/watch-credit.ts'
import { afterEntries } from './overage/after-entries.ts'
import { reportOverage } from './overage/report-overage.ts'
import { recordEntries } from './record-entries.ts'
import { consumeDeadJobs, consumeJobs } from './stripe-events/consume-jobs.ts'
import { removeOldEvents, sweepEvents, sweepGrants } from './stripe-events/sweep-money.ts'
import type { MoneyContext } from './sync/money-context.ts'
import { sweepTopUps } from './top-ups/run-top-up.ts'

const Erasure = z.object({ organizationId: z.string().min(1).optional() })

async function consumeErasures(batch: MessageBatch<unknown>, ctx: MoneyContext): Promise<void> {
  for (const message of batch.messages) {
    const parsed = Erasure.safeParse(message.body)
    try {
      // What a member alone leaves is nothing: money is the organization's.
      if (parsed.success && parsed.data.organizationId)
        await eraseOrganization({ organizationId: parsed.data.organizationId, ctx })
      message.ack()
    } catch (error) {
      ctx.logger.error('erasure-failed', { error: wordsOfError(error) })
      message.retry({ delaySeconds: 5 * message.attempts })
    }
  }
}

const moneyTasks = (ctx: MoneyContext): Record<string, () => Promise<unknown>> => ({
  events: () => sweepEvents({ ctx }),
  grants: () => sweepGrants({ ctx }),
  'top-ups': () => sweepTopUps({ ctx }),
  dunning: () => runDunning({ ctx }),
  overage: () => reportOverage({ ctx }),
})

/** Each on its own: one that fails does not keep the others from being done. */
export async function sweepMoney({ ctx, thorough = false }: { ctx: MoneyContext; thorough?: boolean }): Promise<void> {
  const tasks: Record<string, () => Promise<unknown>> = {
    credit: () => lookAtChanged({ ctx }),
    rollout: () => continueRollout({ ctx }),
    ...(ctx.settings.mode === 'stripe' && moneyTasks(ctx)),
    ...(thorough && { 'old-events': () => removeOldEvents({ ctx }) }),
  }
  for (const [task, work] of Object.entries(tasks)) {
    try {
      await work()
    } catch (error) {
      ctx.logger.error('sweep-failed', { task, error: wordsOfError(error) })
    }
  }
}

const MINUTE_MS = 60_000
const swept = { at: 0 }

/** Whenever somebody comes by anyway: on somebody's machine nothing else does, because there is no cron. */
async function sweepSometimes(ctx: MoneyContext): Promise<void> {
  if (ctx.clock() - swept.at < MINUTE_MS) return
  swept.at = ctx.clock()
  await sweepMoney({ ctx })
}

async function consumeEntries(batch: MessageBatch<unknown>, env: BillingEnv, ctx: MoneyContext): Promise<void> {
  const watch = createCreditWatch(ctx)
  await recordEntries(batch, {
    book: bookOf(env),
    logger: ctx.logger,
    async afterEntries(entries) {
      await afterEntries({ entries, ctx })
      await watch(entries)
    },
  })
}

export async function consumeQueue(batch: MessageBatch<unknown>, env: BillingEnv): Promise<void> {
  const ctx = billingSystem(env)
  if (batch.queue === 'riwaq-stripe-events-dead') return consumeDeadJobs(batch, ctx)
  if (batch.queue === 'riwaq-billing-erasures') return consumeErasures(batch, ctx)
  if (batch.queue === 'riwaq-stripe-events') await consumeJobs(batch, ctx)
  else await consumeEntries(batch, env, ctx)
  await sweepSometimes(ctx)
}
