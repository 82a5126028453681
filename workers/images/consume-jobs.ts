// The consumers of this service's queues, and what the clock asks of it.
import type { Erasure } from '#shared/contracts/account'
import type { JobMessage } from '#shared/contracts/jobs'
import type { Logger } from '#shared/http/log'
import { wordsOfError } from '#shared/http/words-of-error'
import type { ImageJobs } from './context.ts'

interface Consuming {
  jobs: Pick<ImageJobs, 'work' | 'eraseFor'>
  logger: Logger
}

type Batch<Body> = Pick<MessageBatch<Body>, 'messages'>

async function consume<Body>(
  { messages }: Batch<Body>,
  what: string,
  { logger }: Consuming,
  each: (body: Body) => Promise<unknown>,
): Promise<void> {
  for (const message of messages) {
    try {
      await each(message.body)
      message.ack()
    } catch (error) {
      logger.error(`${what}-failed`, { cause: wordsOfError(error) })
      message.retry()
    }
  }
}

/** One job a message; what it cannot do now it is told of again. */
export const consumeJobs = (batch: Batch<JobMessage>, ctx: Consuming): Promise<void> =>
  consume(batch, 'job', ctx, (message) => ctx.jobs.work(message))

/** Jobs that run are stopped first, so that nobody pays for what nobody keeps. */
export const consumeErasures = (batch: Batch<Erasure>, ctx: Consuming): Promise<void> =>
  consume(batch, 'erasure', ctx, (erasure) => ctx.jobs.eraseFor(erasure))
