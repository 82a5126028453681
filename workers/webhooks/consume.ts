// A batch of messages, each on its own: what cannot be read is put aside, what fails comes back later.
import type { Logger } from '#shared/http/log'
import { wordsOfError } from '#shared/http/words-of-error'
import type { z } from 'zod'
import type { Look } from './deliver.ts'

/** What a queue can wait at most. */
const LONGEST_SECONDS = 43_200
const RETRY_SECONDS = 5
const LONGEST_RETRY_SECONDS = 600

interface Consumed<T> {
  batch: MessageBatch<unknown>
  schema: z.ZodType<T>
  /** What is not done comes back when it says. */
  work(body: T): Promise<Look | void>
  logger: Logger
}

async function consumeOne<T>(message: Message<unknown>, { batch, schema, work, logger }: Consumed<T>): Promise<void> {
  const parsed = schema.safeParse(message.body)
  if (!parsed.success) {
    // It would be no more readable the next time.
    logger.error('message-unreadable', { queue: batch.queue, field: parsed.error.issues[0]?.path.join('.') })
    return message.ack()
  }
  try {
    const look = await work(parsed.data)
    if (!look || look.done) return message.ack()
    message.retry({ delaySeconds: Math.min(LONGEST_SECONDS, Math.ceil(look.againInMs / 1_000)) })
  } catch (error) {
    logger.error('message-failed', {
      queue: batch.queue,
      attempts: message.attempts,
      error: wordsOfError(error),
    })
    message.retry({ delaySeconds: Math.min(LONGEST_RETRY_SECONDS, RETRY_SECONDS * message.attempts) })
  }
}

export async function consume<T>(consumed: Consumed<T>): Promise<void> {
  await Promise.all(consumed.batch.messages.map((message) => consumeOne(message, consumed)))
}
