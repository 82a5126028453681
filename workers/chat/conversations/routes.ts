// /api/conversations: the list, and what can be done to one of them. Messages are in message-routes.ts.
import { CreateConversation, UpdateConversation } from '#shared/contracts/conversation'
import type { ServiceApp } from '#shared/http/create-service-app'
import { parseBody } from '#shared/http/validate'
import { sha256Hex } from '#shared/lib/bytes'
import type { ChatEnv } from '../context.ts'
import { requireAttachments } from './attachments.ts'
import { conversationsContext, type ConversationRequest, type ConversationsContext } from './context.ts'
import { deleteConversation } from './erase.ts'
import { exportConversations } from './export.ts'
import { watchConversation } from './live.ts'
import { messageRoutes } from './message-routes.ts'
import { encodeListCursor, parseListQuery } from './query.ts'
import { accept } from './refusals.ts'
import { conversationIdOf, idempotencyKeyOf, MAX_BODY_BYTES, mayAttach } from './request.ts'
import { chooseModel, sendMessage } from './send-message.ts'
import { toConversationResponse } from './to-conversation-response.ts'

async function listConversations(c: ConversationRequest) {
  const ctx = conversationsContext(c)
  const { limit, search, after } = parseListQuery(c.req.query())
  const entries = await ctx.index.list({ owner: ctx.owner, limit: limit + 1, search, after })
  const shown = entries.slice(0, limit)
  return c.json({
    data: shown.map((entry) => toConversationResponse(entry, ctx.clock())),
    next_cursor: entries.length > limit ? encodeListCursor(shown.at(-1)!) : null,
  })
}

/** The same Idempotency-Key names the same conversation: asked twice, it is made once. */
async function newIdOf(
  { idempotencyKey }: { idempotencyKey: string | undefined },
  { owner, createId }: ConversationsContext,
): Promise<string> {
  if (idempotencyKey === undefined) return createId('conversation')
  return `conv_${(await sha256Hex(JSON.stringify([owner.organizationId, owner.userId, idempotencyKey]))).slice(0, 32)}`
}

async function create({ id, title, model }: { id: string; title?: string; model?: string }, ctx: ConversationsContext) {
  const chosen = model === undefined ? null : await chooseModel(model, ctx)
  const { conversation } = accept(
    await ctx.conversation(id).create({ owner: ctx.owner, id, title: title ?? null, model: chosen }),
  )
  await ctx.index.add({ owner: ctx.owner, id, title: title ?? '', model: chosen, at: conversation.created_at })
  return conversation
}

async function createConversation(c: ConversationRequest) {
  const ctx = conversationsContext(c)
  const { content, attachments, ...input } = await parseBody(c.req.raw, CreateConversation, {
    maxBytes: MAX_BODY_BYTES,
  })
  mayAttach(c, attachments)
  const idempotencyKey = idempotencyKeyOf(c)
  const id = await newIdOf({ idempotencyKey }, ctx)
  if (content === undefined) return c.json(await create({ id, ...input }, ctx), 201)
  // Refused before anything is stored, so that no empty conversation is left behind.
  await chooseModel(input.model, ctx)
  await requireAttachments({ attachments: attachments ?? [], owner: ctx.owner, library: ctx.library })
  await create({ id, ...input }, ctx)
  const sent = await sendMessage(
    { conversationId: id, content, attachments, model: input.model, requestId: c.get('requestId'), idempotencyKey },
    ctx,
  )
  const { conversation } = accept(await ctx.conversation(id).read({ owner: ctx.owner }))
  return c.json({ ...conversation, ...sent }, 201)
}

async function readConversation(c: ConversationRequest) {
  const ctx = conversationsContext(c)
  const id = conversationIdOf(c)
  await ctx.index.getConversationOf({ owner: ctx.owner, id })
  return c.json(accept(await ctx.conversation(id).read({ owner: ctx.owner })).conversation)
}

async function updateConversation(c: ConversationRequest) {
  const ctx = conversationsContext(c)
  const id = conversationIdOf(c)
  const { title, model } = await parseBody(c.req.raw, UpdateConversation)
  await ctx.index.getConversationOf({ owner: ctx.owner, id })
  const change = {
    ...(title !== undefined && { title }),
    ...(model !== undefined && { model: await chooseModel(model, ctx) }),
  }
  const { conversation } = accept(await ctx.conversation(id).update({ owner: ctx.owner, ...change }))
  await ctx.index.change({ owner: ctx.owner, id, ...change, updatedAt: conversation.updated_at })
  return c.json(conversation)
}

async function removeConversation(c: ConversationRequest) {
  const ctx = conversationsContext(c)
  await deleteConversation({ owner: ctx.owner, id: conversationIdOf(c) }, ctx)
  return c.body(null, 204)
}

function exportAll(c: ConversationRequest) {
  const headers = {
    'content-type': 'application/x-ndjson; charset=utf-8',
    'content-disposition': 'attachment; filename="riwaq-conversations.ndjson"',
    'cache-control': 'no-store',
  }
  return new Response(exportConversations(conversationsContext(c)), { headers })
}

export function conversationRoutes(app: ServiceApp<ChatEnv>): void {
  app.get('/api/conversations', listConversations)
  app.post('/api/conversations', createConversation)
  app.get('/api/conversations/export', exportAll)
  app.get('/api/conversations/:id', readConversation)
  app.patch('/api/conversations/:id', updateConversation)
  app.delete('/api/conversations/:id', removeConversation)
  app.get('/api/conversations/:id/live', (c) =>
    watchConversation({ id: conversationIdOf(c), request: c.req.raw }, conversationsContext(c)),
  )
  messageRoutes(app)
}
