// A message and its answer: stored together in one step, then written by the runner.
import { sha256Hex } from '#shared/lib/bytes'
import { Problem } from '#shared/http/problems'
import { detectLanguage } from '#shared/language/detect-language'
import type { ConversationMessage } from '#shared/contracts/conversation'
import type { Idempotency } from '#shared/contracts/conversation-object'
import type { ConversationsContext } from './context.ts'
import { requireAttachments } from './attachments.ts'
import { accept } from './refusals.ts'
import { startAnswer } from './start-answer.ts'
import { titleFromWords } from './titles.ts'
import { turnTokens } from './tokens.ts'

/** The model that was asked for, else the conversation's own, else the first there is. Throws where it cannot be called. */
export const chooseModel = (
  asked: string | null | undefined,
  { findModel }: Pick<ConversationsContext, 'findModel'>,
): Promise<string> =>
  findModel((models) => {
    const [first] = models.list()
    if (!asked && !first)
      throw new Problem('model_not_found', 'No model is configured on this platform.', { param: 'model' })
    return models.resolve(asked || first!.id).model.id
  })

/** What was asked, as the caller's Idempotency-Key remembers it. */
const idempotencyOf = async (key: string | undefined, ...asked: unknown[]): Promise<Idempotency | undefined> =>
  key === undefined ? undefined : { key, fingerprint: await sha256Hex(JSON.stringify(asked)) }

/** Asked again for an answer that still runs: its writer may never have been told, and takes no harm from being told twice. */
const resume = (
  { conversationId, answer }: { conversationId: string; answer: ConversationMessage },
  ctx: ConversationsContext,
): Promise<ConversationMessage> =>
  answer.status === 'running'
    ? startAnswer({ conversationId, answer, model: answer.model!, requestId: answer.request_id! }, ctx)
    : Promise.resolve(answer)

export interface SendMessageInput {
  conversationId: string
  content: string
  attachments?: string[]
  parentId?: string | null
  model?: string
  requestId: string
  idempotencyKey?: string
}

export async function sendMessage(
  input: SendMessageInput,
  ctx: ConversationsContext,
): Promise<{ message: ConversationMessage; answer: ConversationMessage }> {
  const { conversationId, content, attachments = [], parentId, requestId } = input
  const entry = await ctx.index.getConversationOf({ owner: ctx.owner, id: conversationId })
  const model = await chooseModel(input.model ?? entry.model, ctx)
  await requireAttachments({ attachments, owner: ctx.owner, library: ctx.library })
  const { language } = await detectLanguage(content, { prior: entry.language ?? ctx.locale })
  const sent = accept(
    await ctx.conversation(conversationId).send({
      owner: ctx.owner,
      content,
      model,
      language,
      requestId,
      tokens: turnTokens(content),
      ...(attachments.length > 0 && { attachments }),
      title: titleFromWords(content),
      ...(parentId !== undefined && { parentId }),
      messageId: ctx.createId('message'),
      answerId: ctx.createId('message'),
      idempotency: await idempotencyOf(
        input.idempotencyKey,
        'send',
        content,
        parentId === undefined,
        parentId,
        input.model,
        ...(attachments.length > 0 ? [attachments] : []),
      ),
    }),
  )
  if (sent.repeated)
    return { message: sent.message, answer: await resume({ conversationId, answer: sent.answer }, ctx) }
  const change = { title: sent.conversation.title, language }
  const answer = await startAnswer({ conversationId, answer: sent.answer, model, requestId, change }, ctx)
  return { message: sent.message, answer }
}

export interface RegenerateMessageInput {
  conversationId: string
  messageId: string
  model?: string
  requestId: string
  idempotencyKey?: string
}

export async function regenerateMessage(
  input: RegenerateMessageInput,
  ctx: ConversationsContext,
): Promise<{ answer: ConversationMessage }> {
  const { conversationId, messageId, requestId } = input
  const entry = await ctx.index.getConversationOf({ owner: ctx.owner, id: conversationId })
  const model = await chooseModel(input.model ?? entry.model, ctx)
  const idempotency = await idempotencyOf(input.idempotencyKey, 'regenerate', messageId, input.model)
  const answerId = ctx.createId('message')
  const started = accept(
    await ctx
      .conversation(conversationId)
      .regenerate({ owner: ctx.owner, messageId, model, requestId, answerId, idempotency }),
  )
  if (started.repeated) return { answer: await resume({ conversationId, answer: started.answer }, ctx) }
  return { answer: await startAnswer({ conversationId, answer: started.answer, model, requestId }, ctx) }
}
