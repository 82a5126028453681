// Webhooks: what happens in an organization, told to its own servers and, through the accounts service, to people.
import { createService } from '#shared/http/create-service'
import { systemContext } from './context.ts'
import type { QueueBody, WebhooksEnv } from './env.ts'
import { consumeQueue } from './queues.ts'
import { createRoutes } from './routes.ts'
import { sweep } from './sweep.ts'

export default class extends createService<WebhooksEnv>('webhooks', createRoutes()) {
  override async queue(batch: MessageBatch<QueueBody>): Promise<void> {
    await consumeQueue(batch, systemContext(this.env))
  }

  override async scheduled(): Promise<void> {
    await sweep({ ctx: systemContext(this.env), thorough: true })
  }
}
