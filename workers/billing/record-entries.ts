// The queue's consumer. Entries come at least once and may come in any order; the book has each once.
import { z } from 'zod'
import type { PublishedEntry } from '#shared/contracts/ledger'
import type { Logger } from '#shared/http/log'
import type { Book } from './repository.ts'

const Counts = z.record(z.string(), z.number().int()).nullable()

const Message: z.ZodType<PublishedEntry> = z.object({
  organizationId: z.string().min(1),
  sequence: z.number().int().positive(),
  id: z.string().min(1),
  at: z.number().int(),
  kind: z.enum(['grant', 'charge', 'refund', 'adjustment', 'expiry']),
  amountMicros: z.number().int(),
  requestId: z.string().nullable(),
  service: z.string().nullable(),
  model: z.string().nullable(),
  provider: z.string().nullable(),
  keyId: z.string().nullable(),
  userId: z.string().nullable(),
  usage: Counts,
  price: Counts,
  estimated: z.boolean(),
  note: z.string().nullable(),
})

const RETRY_AFTER_SECONDS = 5

export async function recordEntries(
  batch: MessageBatch<unknown>,
  { book, logger }: { book: Book; logger: Logger },
): Promise<void> {
  const readable: { message: Message<unknown>; entry: PublishedEntry }[] = []
  for (const message of batch.messages) {
    const parsed = Message.safeParse(message.body)
    if (parsed.success) readable.push({ message, entry: parsed.data })
    else {
      // It would be no more readable the next time.
      logger.error('book-message-unreadable', { message_id: message.id, field: parsed.error.issues[0]?.path.join('.') })
      message.ack()
    }
  }
  try {
    await book.record(readable.map(({ entry }) => entry))
    for (const { message } of readable) message.ack()
  } catch (error) {
    logger.error('book-write-failed', {
      entries: readable.length,
      error: error instanceof Error ? error.message : String(error),
    })
    for (const { message } of readable) message.retry({ delaySeconds: RETRY_AFTER_SECONDS * message.attempts })
  }
}
