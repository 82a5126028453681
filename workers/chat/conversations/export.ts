// All of a member's conversations with every branch, one JSON line each: read a part at a time as they are sent,
// so that neither their number nor their length matters.
import type { Conversation } from '#shared/contracts/conversation'
import type { ConversationsContext } from './context.ts'
import { toConversationResponse } from './to-conversation-response.ts'

const CONVERSATIONS_AT_ONCE = 50
const MESSAGES_AT_ONCE = 200

type Exporter = Pick<ConversationsContext, 'owner' | 'index' | 'conversation' | 'clock'>

async function* linesOf(conversation: Conversation, ctx: Exporter): AsyncGenerator<unknown> {
  yield { type: 'conversation', ...conversation }
  let after: number | null = 0
  while (after !== null) {
    const part = await ctx
      .conversation(conversation.id)
      .exportMessages({ owner: ctx.owner, after, limit: MESSAGES_AT_ONCE })
    if (!part.ok) return
    for (const message of part.messages) yield { type: 'message', conversation_id: conversation.id, ...message }
    after = part.next
  }
}

async function* lines(ctx: Exporter): AsyncGenerator<unknown> {
  let after = ''
  for (;;) {
    const entries = await ctx.index.listAfter({ owner: ctx.owner, after, limit: CONVERSATIONS_AT_ONCE })
    for (const entry of entries) yield* linesOf(toConversationResponse(entry, ctx.clock()), ctx)
    if (entries.length < CONVERSATIONS_AT_ONCE) return
    after = entries.at(-1)!.id
  }
}

export function exportConversations(ctx: Exporter): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const source = lines(ctx)
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await source.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`))
    },
    cancel: async () => void (await source.return(undefined)),
  })
}
