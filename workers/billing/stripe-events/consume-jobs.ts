// The queue `riwaq-stripe-events`: events that were stored, and steps of work that is too long for one call.
import { wordsOfError } from '#shared/http/words-of-error'
import { continueRollout } from '../administration/rollout.ts'
import { lookAtNext } from '../numbers/watch-credit.ts'
import { reportOverage } from '../overage/report-overage.ts'
import { continueReconciliation } from '../reconciliation/continue-reconciliation.ts'
import type { MoneyContext } from '../sync/money-context.ts'
import { runTopUp } from '../top-ups/run-top-up.ts'
import { createEventRows } from './event-repository.ts'
import { MoneyJob } from './jobs.ts'
import { processEvents } from './process-events.ts'

/** As `max_retries` of wrangler.toml has it. */
export const MOST_ATTEMPTS = 11
const RETRY_SECONDS = 5
const LONGEST_RETRY_SECONDS = 3_600

const delayOf = (attempts: number): number => Math.min(LONGEST_RETRY_SECONDS, RETRY_SECONDS * 2 ** (attempts - 1))

interface Read {
  message: Message<unknown>
  job: MoneyJob
}

function readJobs(batch: MessageBatch<unknown>, ctx: MoneyContext): Read[] {
  return batch.messages.flatMap((message) => {
    const parsed = MoneyJob.safeParse(message.body)
    if (parsed.success) return [{ message, job: parsed.data }]
    // It would be no more readable the next time.
    ctx.logger.error('message-unreadable', { queue: batch.queue, field: parsed.error.issues[0]?.path.join('.') })
    message.ack()
    return []
  })
}

const again = (message: Message<unknown>): void => message.retry({ delaySeconds: delayOf(message.attempts) })

async function consumeEvents(read: Read[], ctx: MoneyContext): Promise<void> {
  const named = read.flatMap(({ message, job }) => (job.kind === 'event' ? [{ message, id: job.id }] : []))
  if (named.length === 0) return
  const last = new Set(named.filter(({ message }) => message.attempts >= MOST_ATTEMPTS).map(({ id }) => id))
  try {
    const outcomes = await processEvents({ ids: named.map(({ id }) => id), isFinal: (id) => last.has(id), ctx })
    for (const { message, id } of named) {
      if (outcomes.get(id) === 'again') again(message)
      else message.ack()
    }
  } catch (error) {
    ctx.logger.error('stripe-events-failed', { events: named.length, error: wordsOfError(error) })
    for (const { message } of named) again(message)
  }
}

/** Every ledger is asked what is left, a few at a time. */
async function lookAtCredit(after: string, ctx: MoneyContext): Promise<void> {
  const next = await lookAtNext({ after, ctx })
  if (next !== null) await ctx.jobs.send({ kind: 'credit', after: next })
}

async function workOn(job: Exclude<MoneyJob, { kind: 'event' }>, ctx: MoneyContext): Promise<unknown> {
  if (job.kind === 'reconcile') return continueReconciliation({ runId: job.runId, ctx })
  if (job.kind === 'overage') return reportOverage({ ctx })
  if (job.kind === 'credit') return lookAtCredit(job.after, ctx)
  if (job.kind === 'rollout') return continueRollout({ ctx })
  return runTopUp({ organizationId: job.organizationId, ctx })
}

async function consumeStep({ message, job }: Read, ctx: MoneyContext): Promise<void> {
  if (job.kind === 'event') return
  try {
    await workOn(job, ctx)
    message.ack()
  } catch (error) {
    ctx.logger.error('money-job-failed', { kind: job.kind, attempts: message.attempts, error: wordsOfError(error) })
    again(message)
  }
}

export async function consumeJobs(batch: MessageBatch<unknown>, ctx: MoneyContext): Promise<void> {
  const read = readJobs(batch, ctx)
  await consumeEvents(read, ctx)
  for (const each of read) await consumeStep(each, ctx)
}

/** What was tried to the end: shown as failed, from where it can be asked for again. */
export async function consumeDeadJobs(batch: MessageBatch<unknown>, ctx: MoneyContext): Promise<void> {
  for (const { message, job } of readJobs(batch, ctx)) {
    ctx.logger.error('money-job-given-up', { kind: job.kind, ...(job.kind === 'event' && { event: job.id }) })
    if (job.kind === 'event') await createEventRows(ctx.db).giveUp({ ids: [job.id] })
    message.ack()
  }
}
