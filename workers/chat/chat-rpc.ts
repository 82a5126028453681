// The chat service's named entrypoint: what other Workers have a language model do.
import { WorkerEntrypoint } from 'cloudflare:workers'
import type { WritingQuestions, WritingTask } from '#shared/contracts/writing'
import { createLogger } from '#shared/http/log'
import { systemClock } from '#shared/lib/clock'
import { collaborators, ledgerOf, routingContext, type ChatEnv } from './context.ts'
import { write } from './write.ts'

export class ChatRpc extends WorkerEntrypoint<ChatEnv> implements WritingQuestions {
  async write(task: WritingTask) {
    const { organizationId, requestId, payer, service } = task
    return write(task, {
      ...routingContext(this.env, organizationId, collaborators),
      // Whoever asks has been let in by its own service.
      known: () => Promise.resolve(),
      ledger: ledgerOf(this.env, organizationId),
      payer,
      signal: new AbortController().signal,
      waitUntil: (promise) => this.ctx.waitUntil(promise),
      clock: systemClock,
      logger: createLogger({ service: 'chat', asked_by: service, request_id: requestId }),
    })
  }
}
