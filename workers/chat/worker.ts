// Language models: the metered public API, and conversations. Reached only through the gateway.
import type { Erasure } from '#shared/contracts/account'
import { createService } from '#shared/http/create-service'
import { collaborators, type ChatEnv } from './context.ts'
import { consumeErasures } from './conversations/consume-erasures.ts'
import { eraseKeptAnswers } from './idempotency/erase-kept-answers.ts'
import { createRoutes } from './routes.ts'

export { AnswerRunner } from './conversations/answer-runner.ts'

export default class extends createService<ChatEnv>('chat', createRoutes(collaborators)) {
  /** Everything that is kept for an organization or a member who was erased. */
  override async queue(batch: MessageBatch<Erasure>): Promise<void> {
    for (const { body } of batch.messages) await eraseKeptAnswers(this.env.MEDIA, body)
    await consumeErasures(batch, this.env)
  }
}
