// Conversations that must go: one that its owner deletes, or all of a member or an organization. What was
// charged for them stays in the ledger.
import type { Owner } from '#shared/contracts/conversation-object'
import type { AnswerRunnerRpc } from './answer-runner-rpc.ts'
import type { ConversationObject } from './bindings.ts'
import type { ConversationsContext } from './context.ts'

interface Eraser {
  index: ConversationsContext['index']
  conversation: (id: string, owner: Owner) => ConversationObject
  runner: (id: string, owner: Owner) => AnswerRunnerRpc
}

/** The answer that may be running is stopped first, so that nobody pays for words that nobody keeps. */
async function eraseObject({ owner, id }: { owner: Owner; id: string }, ctx: Eraser): Promise<void> {
  const conversation = ctx.conversation(id, owner)
  const stopped = await conversation.stop({ owner })
  if (stopped.ok && stopped.answerId)
    await ctx.runner(id, owner).abort({ conversationId: id, owner, answerId: stopped.answerId })
  await conversation.erase({ owner })
}

/** Hidden at once, then erased, then forgotten: whatever fails in between can be asked again. */
export async function deleteConversation({ owner, id }: { owner: Owner; id: string }, ctx: Eraser): Promise<void> {
  await ctx.index.getConversationOf({ owner, id, withDeleted: true })
  await ctx.index.change({ owner, id, deleted: true })
  await eraseObject({ owner, id }, ctx)
  await ctx.index.remove({ owner, id })
}

const AT_ONCE = 20

/** Everything of this member, or of this organization, or of this member in this organization. Idempotent. */
export async function eraseFor(
  { organizationId, userId }: { organizationId?: string; userId?: string },
  ctx: Eraser,
): Promise<number> {
  let erased = 0
  for (;;) {
    const entries = await ctx.index.listForErasure({ organizationId, userId, limit: AT_ONCE })
    await Promise.all(
      entries.map((entry) =>
        deleteConversation(
          { owner: { organizationId: entry.organizationId, userId: entry.userId }, id: entry.id },
          ctx,
        ),
      ),
    )
    erased += entries.length
    if (entries.length < AT_ONCE) return erased
  }
}
