// Language models: the metered public API, and conversations. Reached through the gateway, and /v1 by a route of its own.
import type { Erasure } from '#shared/contracts/account'
import { createDoor } from '#shared/entrance/open-door'
import { languageRoutes } from '#shared/entrance/public-route'
import { createService } from '#shared/http/create-service'
import type { ServiceApp } from '#shared/http/create-service-app'
import { collaborators, type ChatEnv } from './context.ts'
import { consumeErasures } from './conversations/consume-erasures.ts'
import { eraseKeptAnswers } from './idempotency/erase-kept-answers.ts'
import { eraseRequests, sweepRequests } from './request-log/forget-requests.ts'
import { eraseResponses, sweepResponses } from './responses/forget-responses.ts'
import { createRoutes } from './routes.ts'

export { ChatRpc } from './chat-rpc.ts'
export { AnswerRunner } from './conversations/answer-runner.ts'

const openDoor = (app: ServiceApp<ChatEnv>) => createDoor({ name: 'chat', routes: languageRoutes, app })

export default class extends createService<ChatEnv>('chat', createRoutes(collaborators), openDoor) {
  /** Everything that is kept for an organization or a member who was erased. */
  override async queue(batch: MessageBatch<Erasure>): Promise<void> {
    const { MEDIA: bucket, DB: database } = this.env
    for (const { body } of batch.messages) {
      await eraseKeptAnswers(bucket, body)
      await eraseResponses({ bucket, database }, body)
      await eraseRequests({ bucket, database }, body)
    }
    await consumeErasures(batch, this.env)
  }

  /** By the clock: what has expired. */
  override async scheduled(): Promise<void> {
    const { MEDIA: bucket, DB: database } = this.env
    await sweepResponses({ bucket, database }, Date.now())
    await sweepRequests({ bucket, database }, Date.now())
  }
}
