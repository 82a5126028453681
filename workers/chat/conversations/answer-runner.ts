// Writes the answers of one conversation; named by its id. It lives in this Worker's script because the vendors'
// keys do, and it is an object because a Worker ends half a minute after its client has left, an answer does not.
import { DurableObject } from 'cloudflare:workers'
import type { ConversationMessage } from '#shared/contracts/conversation'
import type { Owner } from '#shared/contracts/conversation-object'
import { createLogger, type Logger } from '#shared/http/log'
import { systemClock } from '#shared/lib/clock'
import { objectOf } from '#shared/lib/object-of'
import { createIds } from '#shared/lib/ids'
import { detectLanguage } from '#shared/language/detect-language'
import { complete } from '../complete.ts'
import { collaborators, ledgerOf, routingContext, type ChatEnv } from '../context.ts'
import { findModel } from '../own-keys/find-model.ts'
import { runAnswer, type AnswerJob, type AnswerRunContext } from './answer-run.ts'
import type { ConversationObject } from './bindings.ts'
import type { AnswerRunnerRpc } from './answer-runner-rpc.ts'
import { createRunnerDesk, type RunnerDesk } from './runner-desk.ts'
import { createConversationIndex } from './repository.ts'
import { settleInterrupted, type Charged } from './settle-interrupted.ts'

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

export class AnswerRunner extends DurableObject<ChatEnv> implements AnswerRunnerRpc {
  readonly #desk: RunnerDesk = createRunnerDesk({
    jobs: {
      put: (job) => this.ctx.storage.put(`job:${job.answerId}`, job),
      remove: async (answerId) => void (await this.ctx.storage.delete(`job:${answerId}`)),
      list: async () => [...(await this.ctx.storage.list<AnswerJob>({ prefix: 'job:' })).values()],
    },
    wakeAt: (at) => this.ctx.storage.setAlarm(at),
    forget: () => this.ctx.storage.deleteAll(),
    conversation: (id, owner) => this.#conversation(id, owner),
    index: createConversationIndex(this.env.DB),
    run: (job, controller, onFinished) => {
      const running = runAnswer({ job, ctx: this.#context(job, controller, onFinished) })
      this.ctx.waitUntil(running.catch(() => undefined))
      return running
    },
    settle: (job, message) => this.#settle(job, message),
    clock: systemClock,
  })

  /** A model that is not offered any more has no price to charge: its hold ends by itself. */
  async #settle(job: AnswerJob, message: ConversationMessage): Promise<Charged> {
    const { requestId, promptTokens, owner } = job
    const ledger = ledgerOf(this.env, owner.organizationId)
    const routing = routingContext(this.env, owner.organizationId, collaborators)
    const found = await findModel(job.model, { ...routing, ledger }).catch(() => null)
    if (!found?.price) return { usage: null, costMicros: null }
    const { price, listPrice = price } = found
    return settleInterrupted({
      requestId,
      promptTokens,
      message,
      price,
      listPrice,
      ledger,
      logger: this.#loggerOf(job),
    })
  }

  #conversation(name: string, { organizationId }: Owner): ConversationObject {
    return objectOf(this.env.CONVERSATION, { organizationId, name, settings: this.env })
  }

  #loggerOf({ conversationId, requestId }: AnswerJob): Logger {
    return createLogger({ service: 'chat', conversation_id: conversationId, request_id: requestId })
  }

  #context(job: AnswerJob, controller: AbortController, onFinished: () => Promise<void>): AnswerRunContext {
    const index = createConversationIndex(this.env.DB)
    const logger = this.#loggerOf(job)
    const { owner, conversationId: id } = job
    const metered = {
      ...routingContext(this.env, owner.organizationId, collaborators),
      known: () => Promise.resolve(),
      ledger: ledgerOf(this.env, owner.organizationId),
      payer: job.payer,
      signal: controller.signal,
      waitUntil: (promise: Promise<unknown>) => this.ctx.waitUntil(promise),
      clock: systemClock,
      logger,
    }
    return {
      controller,
      onFinished,
      onAsking: (promptTokens) => this.ctx.storage.put(`job:${job.answerId}`, { ...job, promptTokens }),
      logger,
      wait,
      clock: systemClock,
      createId: createIds(),
      conversation: this.#conversation(id, owner),
      complete: (input) =>
        complete({
          input,
          ctx: metered,
        }),
      resolveModel: (model) => findModel(model, metered),
      library: this.env.LIBRARY_RPC,
      detectLanguage: async (text, prior) => (await detectLanguage(text, { prior })).language,
      onTitle: (title) =>
        index.change({
          owner,
          id,
          title,
        }),
    }
  }

  async start(job: AnswerJob): Promise<void> {
    await this.#desk.start(job)
  }

  async abort(input: { conversationId: string; owner: Owner; answerId: string }): Promise<void> {
    await this.#desk.abort(input)
  }

  override async alarm(): Promise<void> {
    await this.#desk.wake()
  }
}
