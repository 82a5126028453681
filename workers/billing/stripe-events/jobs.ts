// What the queue `riwaq-stripe-events` carries: what is to be looked at, never what it looked like when it was put there.
import { z } from 'zod'

const Id = z.string().min(1).max(255)

export const MoneyJob = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event'), id: Id }),
  z.object({ kind: z.literal('reconcile'), runId: Id }),
  z.object({ kind: z.literal('overage') }),
  z.object({ kind: z.literal('credit'), after: z.string().max(255) }),
  z.object({ kind: z.literal('top_up'), organizationId: Id }),
  z.object({ kind: z.literal('rollout') }),
])
export type MoneyJob = z.infer<typeof MoneyJob>

export interface JobQueue {
  send(job: MoneyJob, options?: { delaySeconds?: number }): Promise<unknown>
  sendBatch(jobs: { body: MoneyJob }[]): Promise<unknown>
}

/** A queue takes a hundred messages at once. */
const AT_ONCE = 100

export async function sendJobs(jobs: MoneyJob[], queue: JobQueue): Promise<void> {
  for (let from = 0; from < jobs.length; from += AT_ONCE)
    await queue.sendBatch(jobs.slice(from, from + AT_ONCE).map((body) => ({ body })))
}
