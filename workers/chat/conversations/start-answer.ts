// Puts a runner to work on an answer that the conversation already holds. From here on the answer needs nobody.
import type { ConversationMessage } from '#shared/contracts/conversation'
import { serviceUnavailable } from '#shared/http/problems'
import type { ConversationsContext } from './context.ts'
import { LEASE_MS } from './runner-desk.ts'

export interface StartInput {
  conversationId: string
  answer: ConversationMessage
  model: string
  requestId: string
  /** What the list shows from now on. */
  change?: { title?: string; language?: string | null }
}

/** A runner that cannot be reached leaves a failed answer, which can be tried again; the question is never lost. */
async function failed({ conversationId, answer }: StartInput, ctx: ConversationsContext): Promise<ConversationMessage> {
  const { code, message } = serviceUnavailable('The model')
  const ended = await ctx.conversation(conversationId).finishAnswer({
    owner: ctx.owner,
    answerId: answer.id,
    status: 'failed',
    finishReason: null,
    error: {
      code,
      message,
    },
    usage: null,
    costMicros: 0,
    language: null,
    tokens: 0,
  })
  return ended.ok ? ended.message : answer
}

export async function startAnswer(input: StartInput, ctx: ConversationsContext): Promise<ConversationMessage> {
  const { conversationId, answer, model, requestId, change } = input
  const { owner, payer } = ctx
  const [started] = await Promise.allSettled([
    ctx.runner(conversationId).start({ conversationId, owner, payer, answerId: answer.id, requestId, model }),
    ctx.index.change({
      owner,
      id: conversationId,
      ...change,
      model,
      updatedAt: ctx.clock(),
      runningUntil: ctx.clock() + LEASE_MS,
    }),
  ])
  if (started.status === 'fulfilled') return answer
  ctx.logger.error('runner-unreachable', { conversation_id: conversationId, cause: String(started.reason) })
  return failed(input, ctx)
}
