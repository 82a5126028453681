// The consumer of `riwaq-erasures`: each message is acknowledged when everything it names is gone.
import type { Erasure } from '#shared/contracts/account'
import type { Owner } from '#shared/contracts/conversation-object'
import { createLogger } from '#shared/http/log'
import { objectOf } from '#shared/lib/object-of'
import type { ChatEnv } from '../context.ts'
import { eraseFor } from './erase.ts'
import { createConversationIndex } from './repository.ts'

export async function consumeErasures(
  batch: Pick<MessageBatch<Erasure>, 'messages'>,
  env: Pick<ChatEnv, 'DB' | 'CONVERSATION' | 'ANSWER_RUNNER' | 'JURISDICTIONS'>,
): Promise<void> {
  const logger = createLogger({ service: 'chat' })
  const ctx = {
    index: createConversationIndex(env.DB),
    conversation: (name: string, { organizationId }: Owner) =>
      objectOf(env.CONVERSATION, { organizationId, name, settings: env }),
    runner: (name: string, { organizationId }: Owner) =>
      objectOf(env.ANSWER_RUNNER, { organizationId, name, settings: env }),
  }
  for (const message of batch.messages) {
    try {
      const { organizationId, userId } = message.body
      // Where an organization is named it is gone as a whole; `userId` is only who ended it.
      const conversations = await eraseFor(organizationId === undefined ? { userId } : { organizationId }, ctx)
      logger.info('erased', { conversations })
      message.ack()
    } catch (error) {
      logger.error('erasure-failed', { cause: error instanceof Error ? error.message : String(error) })
      message.retry()
    }
  }
}
