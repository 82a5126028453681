import type { ConversationMessage } from '#shared/contracts/conversation'
import type { ConversationState, Snapshot } from './conversation-state.ts'
import { catchUp, furtherAlong, growMessage, isRunning } from './grow-message.ts'
import type { Delta } from './grow-message.ts'

/** The newest page is needed, and one that is already on its way may be too old. */
const doubt = (state: ConversationState): ConversationState => ({ ...state, stale: true, revision: state.revision + 1 })

const indexOf = (state: ConversationState, id: string): number =>
  state.messages.findIndex((message) => message.id === id)

function withMessageAt(state: ConversationState, index: number, message: ConversationMessage): ConversationState {
  const messages = [...state.messages]
  messages[index] = message
  return { ...state, messages }
}

/** Lets a running message take in what had come too early; an ended one needs none of it. */
export function settleEarlyDeltas(state: ConversationState, index: number): ConversationState {
  const message = state.messages[index]
  const early = message && state.ahead[message.id]
  if (!message || !early) return state
  const { [message.id]: _, ...ahead } = state.ahead
  if (!isRunning(message)) return { ...state, ahead }
  const { message: grown, left } = catchUp(message, early)
  const next = withMessageAt({ ...state, ahead }, index, grown)
  return left.length === 0 ? next : { ...next, ahead: { ...ahead, [message.id]: left }, stale: true }
}

/** A message that a live event or an own request announces. A new version of a message becomes the shown one. */
export function applyCreated(state: ConversationState, message: ConversationMessage): ConversationState {
  if (!state.loaded) return doubt(noteArrival(state, message))
  const index = indexOf(state, message.id)
  const known = state.messages[index]
  if (known) {
    const merged = isRunning(known) ? furtherAlong(known, message) : known
    return settleEarlyDeltas(noteArrival(withMessageAt(state, index, merged), message), index)
  }
  if (state.elsewhere.has(message.id)) return state
  const place = placeFor(state, message)
  if (place === null) return doubt(state)
  const successor = state.messages[place]
  if (successor?.siblings.includes(message.id)) return state
  const messages = [...state.messages.slice(0, place), message]
  const next = settleEarlyDeltas(noteArrival({ ...state, messages, revision: state.revision + 1 }, message), place)
  // Between two versions the order of the events matters, and only the platform knows it.
  return successor ? doubt(next) : next
}

/** Where in the shown branch a message belongs, or null where that part is not loaded. */
function placeFor(state: ConversationState, message: ConversationMessage): number | null {
  if (message.role === 'summary') return null
  if (message.parent_id === null) return state.olderCursor === null ? 0 : null
  const parent = indexOf(state, message.parent_id)
  return parent === -1 ? null : skipSummaries(state.messages, parent + 1)
}

/** Summaries stand after the last message that they cover, beside the tree: the next message's parent is above them. */
export function skipSummaries(messages: readonly ConversationMessage[], from: number): number {
  let place = from
  while (messages[place]?.role === 'summary') place++
  return place
}

/** The platform's copy of what was just sent: from here on it stands for it. */
function noteArrival(state: ConversationState, message: ConversationMessage): ConversationState {
  const { pending } = state
  if (!pending || pending.arrivedAs || message.role !== 'user' || message.content !== pending.content) return state
  return { ...state, pending: { ...pending, arrivedAs: message.id } }
}

export function applyDelta(state: ConversationState, delta: Delta): ConversationState {
  if (state.elsewhere.has(delta.message_id)) return state
  const index = indexOf(state, delta.message_id)
  const message = state.messages[index]
  if (message && !isRunning(message)) return state
  if (!message) return keepForLater(doubt(state), delta)
  const growth = growMessage(message, delta)
  if (growth.outcome === 'gap') return keepForLater({ ...state, stale: true }, delta)
  if (growth.outcome === 'repeat') return state
  return settleEarlyDeltas(withMessageAt(state, index, growth.message), index)
}

function keepForLater(state: ConversationState, delta: Delta): ConversationState {
  const early = state.ahead[delta.message_id] ?? []
  return { ...state, ahead: { ...state.ahead, [delta.message_id]: [...early, delta] } }
}

export function applyFinished(state: ConversationState, message: ConversationMessage): ConversationState {
  const index = indexOf(state, message.id)
  const known = state.messages[index]
  if (!known) return state.elsewhere.has(message.id) ? state : doubt(state)
  // What has ended can only change by an edit, and that is on the page.
  if (!isRunning(known)) return state
  return settleEarlyDeltas(
    { ...withMessageAt(state, index, furtherAlong(known, message)), revision: state.revision + 1 },
    index,
  )
}

/** First after connecting. Where it agrees with what is shown, nothing was missed. */
export function applySnapshot(state: ConversationState, snapshot: Snapshot): ConversationState {
  if (!state.loaded) return { ...state, earlySnapshot: snapshot }
  const { running, leaf_id } = snapshot
  const last = state.messages.findLast((message) => message.role !== 'summary')
  const sameLeaf = (last?.id ?? null) === leaf_id
  if (!sameLeaf || (last !== undefined && isRunning(last)) !== (running !== null)) return doubt(state)
  return running ? applyCreated(state, running) : state
}

/** Which branch is shown can change back and forth, so a page on its way cannot be believed even where this is no news. */
export function applyBranchShown(state: ConversationState, leafId: string): ConversationState {
  const last = state.messages.findLast((message) => message.role !== 'summary')
  return last?.id === leafId ? { ...state, revision: state.revision + 1 } : doubt(state)
}

export function applyUpdated(state: ConversationState, message: ConversationMessage): ConversationState {
  const index = indexOf(state, message.id)
  return index === -1 ? doubt(state) : doubt(withMessageAt(state, index, message))
}
