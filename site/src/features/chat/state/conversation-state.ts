// What one tab knows of one conversation. Pages, live events and own actions arrive in any order, twice or never:
// whatever leaves a doubt sets `stale`, and the newest page is asked for again. Pure; the session does the asking.
import type { Conversation, ConversationMessage, LiveEvent, MessagePage } from '#shared/contracts/conversation'
import {
  applyBranchShown,
  applyCreated,
  applyDelta,
  applyFinished,
  applySnapshot,
  applyUpdated,
} from './apply-event.ts'
import { applyNewestPage, applyOlderPage } from './apply-page.ts'
import type { Delta } from './grow-message.ts'
import type { PendingMessage, SendFailure } from './pending-message.ts'

export type Snapshot = Extract<LiveEvent, { type: 'snapshot' }>

export interface ConversationState {
  conversation: Conversation | null
  /** The shown branch, oldest first, as far up as it was loaded. */
  messages: readonly ConversationMessage[]
  /** Where the page above begins. Null: the first message is loaded. */
  olderCursor: string | null
  loaded: boolean
  /** The newest page must be asked for again. */
  stale: boolean
  deleted: boolean
  /** Moves with every change that a page asked for earlier may not know of. */
  revision: number
  /** Deltas that came before the text they continue. */
  ahead: Readonly<Record<string, readonly Delta[]>>
  /** Messages that a page proved to lie on another branch. */
  elsewhere: ReadonlySet<string>
  pending: PendingMessage | null
  /** Came before the first page, which is compared with it. */
  earlySnapshot: Snapshot | null
}

export const emptyConversation: ConversationState = {
  conversation: null,
  messages: [],
  olderCursor: null,
  loaded: false,
  stale: false,
  deleted: false,
  revision: 0,
  ahead: {},
  elsewhere: new Set(),
  pending: null,
  earlySnapshot: null,
}

export type ConversationAction =
  | { type: 'live'; event: LiveEvent }
  /** `revision`: that of the state when the page was asked for. */
  | { type: 'newest-page'; page: MessagePage; revision: number }
  | { type: 'older-page'; page: MessagePage; cursor: string; revision: number }
  | { type: 'refresh-wanted' }
  | { type: 'send-started'; pending: PendingMessage }
  | { type: 'send-failed'; key: string; failure: SendFailure }
  | { type: 'send-dismissed'; key: string }
  | { type: 'sent'; key: string; message: ConversationMessage; answer: ConversationMessage }
  | { type: 'answer-started'; answer: ConversationMessage }
  | { type: 'message-edited'; message: ConversationMessage }
  | { type: 'conversation-read'; conversation: Conversation }

export function conversationAfter(state: ConversationState, action: ConversationAction): ConversationState {
  switch (action.type) {
    case 'live':
      return afterLiveEvent(state, action.event)
    case 'newest-page':
      return applyNewestPage(state, action.page, action.revision)
    case 'older-page':
      return applyOlderPage(state, action.page, action)
    case 'refresh-wanted':
      return { ...state, stale: true, revision: state.revision + 1 }
    case 'send-started':
      return { ...state, pending: action.pending }
    case 'send-failed':
      return withPending(state, action.key, (pending) => ({ ...pending, failure: action.failure, arrivedAs: null }))
    case 'send-dismissed':
      return withPending(state, action.key, () => null)
    case 'sent':
      return applyCreated(
        applyCreated(
          withPending(state, action.key, () => null),
          action.message,
        ),
        action.answer,
      )
    case 'answer-started':
      return applyCreated(state, action.answer)
    case 'message-edited':
      return replaceMessage(state, action.message)
    case 'conversation-read':
      return withConversation(state, action.conversation)
  }
}

function afterLiveEvent(state: ConversationState, event: LiveEvent): ConversationState {
  switch (event.type) {
    case 'snapshot':
      return applySnapshot(withConversation(state, event.conversation), event)
    case 'message-created':
      return applyCreated(state, event.message)
    case 'answer-delta':
      return applyDelta(state, event)
    case 'answer-finished':
      return applyFinished(state, event.message)
    case 'message-updated':
      return applyUpdated(state, event.message)
    case 'branch-shown':
      return applyBranchShown(state, event.leaf_id)
    case 'conversation-updated':
      return withConversation(state, event.conversation)
    case 'conversation-deleted':
      return { ...state, deleted: true }
    default:
      // An event of a newer platform: what it means is on the page.
      return { ...state, stale: true, revision: state.revision + 1 }
  }
}

function withConversation(state: ConversationState, conversation: Conversation): ConversationState {
  const known = state.conversation
  return known && known.updated_at > conversation.updated_at ? state : { ...state, conversation }
}

function withPending(
  state: ConversationState,
  key: string,
  change: (pending: PendingMessage) => PendingMessage | null,
): ConversationState {
  return state.pending?.key === key ? { ...state, pending: change(state.pending) } : state
}

function replaceMessage(state: ConversationState, message: ConversationMessage): ConversationState {
  const messages = state.messages.map((known) => (known.id === message.id ? message : known))
  return { ...state, messages, revision: state.revision + 1 }
}
