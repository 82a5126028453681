// The socket on which a conversation is watched. Ownership is looked up here, before the upgrade; the object
// looks again.
import { OWNER_HEADER, toOwnerHeader } from '#shared/contracts/conversation-object'
import { socketHeadersOf } from '#shared/http/socket-upgrade'
import type { ConversationsContext } from './context.ts'

export async function watchConversation(
  { id, request }: { id: string; request: Request },
  ctx: ConversationsContext,
): Promise<Response> {
  const headers = socketHeadersOf(request)
  await ctx.index.getConversationOf({ owner: ctx.owner, id })
  headers.set(OWNER_HEADER, toOwnerHeader(ctx.owner))
  return ctx.conversation(id).fetch(new Request('https://conversation/live', { headers }))
}
