import type { ConversationMessage, MessagePage } from '#shared/contracts/conversation'
import { applySnapshot, settleEarlyDeltas, skipSummaries } from './apply-event.ts'
import type { ConversationState } from './conversation-state.ts'
import { furtherAlong } from './grow-message.ts'

/** The page that ends in the newest message. What is loaded above it stays where the two meet. */
export function applyNewestPage(state: ConversationState, page: MessagePage, revision: number): ConversationState {
  // Something happened since it was asked for, so it may be older than what is shown: ask again instead.
  if (revision !== state.revision) return { ...state, stale: true }
  const known = new Map(state.messages.map((message) => [message.id, message]))
  const fresh = page.data.map((message) => keepProgress(known.get(message.id), message))
  const above = messagesAbove(state.messages, page)
  const messages = above ? [...above, ...fresh] : fresh
  const olderCursor = above ? state.olderCursor : page.next_cursor
  const shown = afterEarlyDeltas({
    ...state,
    ...sortOut(state, messages),
    messages,
    olderCursor,
    loaded: true,
    stale: false,
    earlySnapshot: null,
  })
  return state.earlySnapshot ? applySnapshot(shown, state.earlySnapshot) : shown
}

/** An answer that streams may have grown on the socket while the page travelled. */
const keepProgress = (known: ConversationMessage | undefined, incoming: ConversationMessage): ConversationMessage =>
  known && incoming.status === 'running' ? furtherAlong(known, incoming) : incoming

function messagesAbove(
  loaded: readonly ConversationMessage[],
  page: MessagePage,
): readonly ConversationMessage[] | null {
  const first = page.data[0]
  if (!first || first.parent_id === null) return null
  const parent = loaded.findIndex((message) => message.id === first.parent_id)
  if (parent === -1) return null
  return loaded.slice(0, first.role === 'summary' ? parent + 1 : skipSummaries(loaded, parent + 1))
}

/** What deltas came for and is not on the shown branch lies on another: they may be dropped from here on. */
function sortOut(
  state: ConversationState,
  messages: readonly ConversationMessage[],
): Pick<ConversationState, 'ahead' | 'elsewhere'> {
  const shown = new Set(messages.map((message) => message.id))
  const elsewhere = new Set([...state.elsewhere].filter((id) => !shown.has(id)))
  const ahead: ConversationState['ahead'] = Object.fromEntries(
    Object.entries(state.ahead).filter(([id]) => shown.has(id)),
  )
  for (const id of Object.keys(state.ahead)) if (!shown.has(id)) elsewhere.add(id)
  return { ahead, elsewhere }
}

const afterEarlyDeltas = (state: ConversationState): ConversationState =>
  state.messages.reduce(
    (next, message, index) => (next.ahead[message.id] ? settleEarlyDeltas(next, index) : next),
    state,
  )

/** The page above what is loaded. One that was asked for before something changed may no longer fit and is dropped. */
export function applyOlderPage(
  state: ConversationState,
  page: MessagePage,
  asked: { cursor: string; revision: number },
): ConversationState {
  if (state.olderCursor !== asked.cursor || state.revision !== asked.revision) return state
  const first = state.messages[0]
  const last = page.data.at(-1)
  const fits = !last || !first || first.parent_id === last.id || last.role === 'summary'
  if (!fits) return { ...state, stale: true }
  return { ...state, messages: [...page.data, ...state.messages], olderCursor: page.next_cursor }
}
