import type { ConversationMessage } from '#shared/contracts/conversation'
import type { ConversationState } from './conversation-state.ts'
import type { PendingMessage } from './pending-message.ts'

export interface ShownThread {
  messages: readonly ConversationMessage[]
  pending: PendingMessage | null
}

/** What is drawn: a new version that is being sent hides what came after the old one. */
export function shownThread({ messages, pending }: ConversationState): ShownThread {
  if (!pending || pending.arrivedAs) return { messages, pending: null }
  if (pending.parentId === undefined) return { messages, pending }
  const parent = messages.findIndex((message) => message.id === pending.parentId)
  return { messages: messages.slice(0, parent + 1), pending }
}

export interface VersionPlace {
  /** Counted from one. */
  number: number
  count: number
  previous: string | null
  next: string | null
}

/** Which of its versions a message is; null where there is only one. */
export function versionPlace({ id, siblings }: Pick<ConversationMessage, 'id' | 'siblings'>): VersionPlace | null {
  const index = siblings.indexOf(id)
  if (index === -1 || siblings.length < 2) return null
  return {
    number: index + 1,
    count: siblings.length,
    previous: siblings[index - 1] ?? null,
    next: siblings[index + 1] ?? null,
  }
}
