// The queue's consumer. Entries come at least once and may come in any order; the book has each once.
import { z } from 'zod'
import type { PublishedEntry } from '#shared/contracts/ledger'
import type { Logger } from '#shared/http/log'
import type { Book } from './repository.ts'

const Counts = z.record(z.string(), z.number().int()).nullable()

const entry = {
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
  // Messages of an older ledger do not say them.
  costMicros: z.number().int().nullable().default(null),
  planId: z.string().nullable().default(null),
}
const organizationId = z.string().min(1)

const Entry: z.ZodType<PublishedEntry, unknown> = z.object({ organizationId, ...entry })
const Envelope = z.object({ organizationId, entries: z.array(z.record(z.string(), z.unknown())) })

/** Entries that follow one another in one message; or a lone one, as they were sent before and may still be waiting. */
function entriesIn(body: unknown): unknown[] {
  const envelope = Envelope.safeParse(body)
  if (!envelope.success) return [body]
  const { organizationId: owner, entries } = envelope.data
  return entries.map((each) => ({ ...each, organizationId: owner }))
}

const RETRY_AFTER_SECONDS = 5

/** What follows from entries that are in the book. Told at least once, and of an entry perhaps again: it must not matter. */
export type AfterEntries = (entries: readonly PublishedEntry[]) => Promise<void>

export async function recordEntries(
  batch: MessageBatch<unknown>,
  { book, logger, afterEntries }: { book: Book; logger: Logger; afterEntries?: AfterEntries },
): Promise<void> {
  const readable: PublishedEntry[] = []
  for (const message of batch.messages)
    for (const each of entriesIn(message.body)) {
      const parsed = Entry.safeParse(each)
      if (parsed.success) readable.push(parsed.data)
      // It would be no more readable the next time.
      else
        logger.error('book-entry-unreadable', { message_id: message.id, field: parsed.error.issues[0]?.path.join('.') })
    }
  try {
    await book.record(readable)
    // Before the messages are done with: what is owed for an entry is not forgotten because a Worker was lost here.
    if (readable.length > 0) await afterEntries?.(readable)
    for (const message of batch.messages) message.ack()
  } catch (error) {
    logger.error('book-write-failed', {
      entries: readable.length,
      error: error instanceof Error ? error.message : String(error),
    })
    for (const message of batch.messages) message.retry({ delaySeconds: RETRY_AFTER_SECONDS * message.attempts })
  }
}
