// The socket on which a conversation is watched. Ownership is looked up here, before the upgrade; the object
// looks again.
import { OWNER_HEADER, toOwnerHeader } from '#shared/contracts/conversation-object'
import { invalidRequest, Problem } from '#shared/http/problems'
import type { ConversationsContext } from './context.ts'

/** A browser sends cookies with a socket that any page opens, and no CORS rule asks: so only our own pages may. */
function checkOrigin(request: Request): void {
  const origin = request.headers.get('origin')
  if (origin === null) return
  const host = request.headers.get('host') ?? new URL(request.url).host
  const from = URL.canParse(origin) ? new URL(origin).host : null
  if (from !== host) throw new Problem('origin_not_allowed', 'This socket can only be opened by the site’s own pages.')
}

const upgradeHeaders = [
  'connection',
  'upgrade',
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-extensions',
  'sec-websocket-protocol',
]

export async function watchConversation(
  { id, request }: { id: string; request: Request },
  ctx: ConversationsContext,
): Promise<Response> {
  if (request.headers.get('upgrade')?.toLowerCase() !== 'websocket')
    throw invalidRequest('This address takes a WebSocket.', 'upgrade')
  checkOrigin(request)
  await ctx.index.getConversationOf({ owner: ctx.owner, id })
  // Nothing else that the client sent reaches the object.
  const headers = new Headers({ [OWNER_HEADER]: toOwnerHeader(ctx.owner) })
  for (const name of upgradeHeaders) {
    const value = request.headers.get(name)
    if (value !== null) headers.set(name, value)
  }
  return ctx.conversation(id).fetch(new Request('https://conversation/live', { headers }))
}
