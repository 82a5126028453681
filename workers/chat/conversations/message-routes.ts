// The messages of one conversation: read, sent, answered anew, edited, shown, stopped.
import { EditMessage, RegenerateMessage, SendMessage, ShowBranch } from '#shared/contracts/conversation'
import type { ServiceApp } from '#shared/http/create-service-app'
import { detectLanguage } from '#shared/language/detect-language'
import { parseBody, parseWith, readJson } from '#shared/http/validate'
import type { ChatEnv } from '../context.ts'
import { conversationsContext, type ConversationRequest, type ConversationsContext } from './context.ts'
import { encodePageCursor, parsePageQuery } from './query.ts'
import { accept } from './refusals.ts'
import { conversationIdOf, idempotencyKeyOf, MAX_BODY_BYTES, mayAttach, messageIdOf } from './request.ts'
import { regenerateMessage, sendMessage } from './send-message.ts'
import { turnTokens } from './tokens.ts'

const FIRST_PAGE = { limit: 50, from: undefined }

/** Whose it is, is known before anything of it is asked. */
async function open(c: ConversationRequest) {
  const ctx = conversationsContext(c)
  const id = conversationIdOf(c)
  const entry = await ctx.index.getConversationOf({ owner: ctx.owner, id })
  return { ctx, id, entry, conversation: ctx.conversation(id) }
}

async function pageOf(
  { id, limit, from }: { id: string; limit: number; from: string | undefined },
  ctx: ConversationsContext,
) {
  const { messages, next } = accept(
    await ctx.conversation(id).page({ owner: ctx.owner, limit, ...(from !== undefined && { from }) }),
  )
  return { data: messages, next_cursor: next === null ? null : encodePageCursor(next) }
}

async function listMessages(c: ConversationRequest) {
  const { ctx, id } = await open(c)
  return c.json(await pageOf({ id, ...parsePageQuery(c.req.query()) }, ctx))
}

async function postMessage(c: ConversationRequest) {
  const ctx = conversationsContext(c)
  const body = await parseBody(c.req.raw, SendMessage, { maxBytes: MAX_BODY_BYTES })
  const { content, parent_id: parentId, model, attachments } = body
  mayAttach(c, attachments)
  const input = {
    content,
    attachments,
    parentId,
    model,
    requestId: c.get('requestId'),
    idempotencyKey: idempotencyKeyOf(c),
  }
  return c.json(await sendMessage({ conversationId: conversationIdOf(c), ...input }, ctx), 202)
}

async function postRegenerate(c: ConversationRequest) {
  const ctx = conversationsContext(c)
  const body = c.req.header('content-length') === '0' || !c.req.raw.body ? {} : await readJson(c.req.raw)
  const { model } = parseWith(RegenerateMessage, body)
  const input = {
    conversationId: conversationIdOf(c),
    messageId: messageIdOf(c),
    model,
    requestId: c.get('requestId'),
    idempotencyKey: idempotencyKeyOf(c),
  }
  return c.json(await regenerateMessage(input, ctx), 202)
}

async function patchMessage(c: ConversationRequest) {
  const { ctx, entry, conversation } = await open(c)
  const { content } = await parseBody(c.req.raw, EditMessage, { maxBytes: MAX_BODY_BYTES })
  const { language } = await detectLanguage(content, { prior: entry.language ?? ctx.locale })
  const { message } = accept(
    await conversation.edit({
      owner: ctx.owner,
      messageId: messageIdOf(c),
      content,
      language,
      tokens: turnTokens(content),
    }),
  )
  return c.json(message)
}

async function postBranch(c: ConversationRequest) {
  const { ctx, id, conversation } = await open(c)
  const { message_id: messageId } = await parseBody(c.req.raw, ShowBranch)
  accept(await conversation.showBranch({ owner: ctx.owner, messageId }))
  return c.json(await pageOf({ id, ...FIRST_PAGE }, ctx))
}

/** The conversation is told first, so that the next words are the last; then the provider, who may say nothing for long. */
async function postStop(c: ConversationRequest) {
  const { ctx, id, conversation } = await open(c)
  const { answerId } = accept(await conversation.stop({ owner: ctx.owner }))
  if (answerId !== null) await ctx.runner(id).abort({ conversationId: id, owner: ctx.owner, answerId })
  return c.body(null, 204)
}

export function messageRoutes(app: ServiceApp<ChatEnv>): void {
  app.get('/api/conversations/:id/messages', listMessages)
  app.post('/api/conversations/:id/messages', postMessage)
  app.post('/api/conversations/:id/messages/:message_id/regenerate', postRegenerate)
  app.patch('/api/conversations/:id/messages/:message_id', patchMessage)
  app.post('/api/conversations/:id/branch', postBranch)
  app.post('/api/conversations/:id/stop', postStop)
}
