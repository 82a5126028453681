// The consumer of `riwaq-library-erasures`: each message is acknowledged when everything that it names is gone.
import { z } from 'zod'
import { wordsOfError } from '#shared/http/words-of-error'
import type { LibrarySystem } from './context.ts'
import { eraseFor } from './erase-for.ts'

const ErasureMessage = z.object({ organizationId: z.string().min(1).optional(), userId: z.string().min(1) })

export async function consumeErasures(
  batch: Pick<MessageBatch<unknown>, 'messages'>,
  ctx: Pick<LibrarySystem, 'db' | 'media' | 'now' | 'logger'>,
): Promise<void> {
  for (const message of batch.messages) {
    const erasure = ErasureMessage.safeParse(message.body)
    if (!erasure.success) {
      // It would be no more readable the next time.
      ctx.logger.error('erasure-unreadable', {})
      message.ack()
      continue
    }
    try {
      ctx.logger.info('erased', { items: await eraseFor({ erasure: erasure.data, ctx }) })
      message.ack()
    } catch (error) {
      ctx.logger.error('erasure-failed', { error: wordsOfError(error) })
      message.retry()
    }
  }
}
