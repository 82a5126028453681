// One open conversation in one tab: asks, listens, and tells the screen. All rules are in `conversation-state.ts`.
import type { Conversation, ConversationMessage, LiveEvent } from '#shared/contracts/conversation'
import { isAbort, toApiProblem } from '../../../api/api-problem.ts'
import type { ApiProblem } from '../../../api/api-problem.ts'
import type { ChatApi } from '../chat-api.ts'
import { conversationAfter, emptyConversation } from './conversation-state.ts'
import type { ConversationAction, ConversationState } from './conversation-state.ts'
import type { PendingMessage } from './pending-message.ts'

export type Connection = 'connecting' | 'open' | 'lost'

export interface SessionView {
  state: ConversationState
  connection: Connection
  /** Why the messages cannot be shown. */
  problem: ApiProblem | null
  loadingOlder: boolean
  /** Why what was last asked for (another answer, a branch, an edit, a stop) did not happen. */
  actionProblem: ApiProblem | null
  stopping: boolean
}

/** A conversation and its first turn, as the answer to beginning it told them. */
export interface StartedConversation {
  conversation: Conversation
  messages: ConversationMessage[]
}

export interface LiveHandlers {
  onOpen: () => void
  onLost: () => void
  onEvent: (event: LiveEvent) => void
}

export interface SessionDeps {
  conversationId: string
  api: ChatApi
  /** Opens the socket, keeps it open, and answers how to close it. */
  connect: (handlers: LiveHandlers) => () => void
  /** Runs something before the next picture is drawn. */
  schedule: (run: () => void) => void
  /** Runs something later, and answers how to prevent that. */
  later: (run: () => void, milliseconds: number) => () => void
  onView: (view: SessionView) => void
  /** An answer has come to its end, whichever tab asked for it. */
  onAnswerEnded: (answer: ConversationMessage) => void
}

const FIRST_PAGE = 40
const LARGEST_PAGE = 100
const WITHOUT_SOCKET_MS = 2_000

export type ConversationSession = ReturnType<typeof createConversationSession>

export function createConversationSession(deps: SessionDeps) {
  const { conversationId, api } = deps
  let view: SessionView = {
    state: emptyConversation,
    connection: 'connecting',
    problem: null,
    loadingOlder: false,
    actionProblem: null,
    stopping: false,
  }
  let queue: LiveEvent[] = []
  let refreshing = false
  let failures = 0
  let closed = false
  let everOpen = false
  let cancelLater = () => {}

  function show(change: Partial<SessionView>): void {
    if (closed) return
    const before = runningAnswer(view.state)
    view = { ...view, ...change }
    if (before && !isStillRunning(view.state, before)) {
      view = { ...view, stopping: false }
      deps.onAnswerEnded(view.state.messages.find((message) => message.id === before.id) ?? before)
    }
    deps.onView(view)
    if (view.state.stale && !refreshing && failures === 0) void refresh()
  }

  const dispatch = (action: ConversationAction): void => {
    flush()
    show({ state: conversationAfter(view.state, action) })
  }

  /** However many words arrived since the last picture, they are drawn once. */
  function flush(): void {
    if (queue.length === 0) return
    const events = queue
    queue = []
    show({ state: events.reduce((state, event) => conversationAfter(state, { type: 'live', event }), view.state) })
  }

  function receive(event: LiveEvent): void {
    queue.push(event)
    if (queue.length === 1) deps.schedule(flush)
  }

  async function refresh(): Promise<void> {
    if (refreshing || closed) return
    refreshing = true
    cancelLater()
    flush()
    const { revision, messages } = view.state
    try {
      const limit = Math.min(LARGEST_PAGE, Math.max(FIRST_PAGE, messages.length))
      const page = await api.messages(conversationId, { limit })
      failures = 0
      refreshing = false
      flush()
      show({ state: conversationAfter(view.state, { type: 'newest-page', page, revision }), problem: null })
      watchWithoutSocket()
    } catch (error) {
      refreshing = false
      if (isAbort(error)) return
      failures += 1
      const problem = toApiProblem(error)
      show({ problem })
      const retried = problem.status === 0 || problem.status >= 500 || problem.status === 429
      if (retried) cancelLater = deps.later(() => void retry(), Math.min(15_000, 1_000 * 2 ** failures))
    }
  }

  function retry(): Promise<void> {
    failures = 0
    return refresh()
  }

  /** Where no socket can be had, as behind some proxies, a running answer is still followed. */
  function watchWithoutSocket(): void {
    if (view.connection === 'open' || closed || !runningAnswer(view.state)) return
    cancelLater = deps.later(() => void retry(), WITHOUT_SOCKET_MS)
  }

  const disconnect = deps.connect({
    onOpen: () => {
      if (!view.problem) cancelLater()
      show({ connection: 'open' })
      // What was edited or branched while the line was down is on the page alone.
      if (everOpen) dispatch({ type: 'refresh-wanted' })
      else if (view.problem) void retry()
      everOpen = true
    },
    onLost: () => {
      show({ connection: 'lost' })
      watchWithoutSocket()
    },
    onEvent: receive,
  })

  async function attempt<T>(run: () => Promise<T>): Promise<T | null> {
    show({ actionProblem: null })
    try {
      return await run()
    } catch (error) {
      if (!isAbort(error)) show({ actionProblem: toApiProblem(error) })
      return null
    }
  }

  async function send(pending: PendingMessage): Promise<boolean> {
    dispatch({ type: 'send-started', pending: { ...pending, failure: null } })
    try {
      const input = {
        content: pending.content,
        ...(pending.attachments?.length && { attachments: pending.attachments }),
        ...(pending.parentId !== undefined && { parent_id: pending.parentId }),
        ...(pending.model && { model: pending.model }),
      }
      const sent = await api.send(conversationId, input, pending.key)
      dispatch({ type: 'sent', key: pending.key, ...sent })
      watchWithoutSocket()
      return true
    } catch (error) {
      const { code, requestId, facts } = toApiProblem(error)
      dispatch({ type: 'send-failed', key: pending.key, failure: { code, requestId, facts } })
      return false
    }
  }

  async function loadOlder(): Promise<void> {
    if (view.loadingOlder || view.state.olderCursor === null) return
    show({ loadingOlder: true })
    flush()
    const { olderCursor: cursor, revision } = view.state
    const page =
      cursor === null ? null : await attempt(() => api.messages(conversationId, { limit: FIRST_PAGE, cursor }))
    flush()
    const state =
      page && cursor ? conversationAfter(view.state, { type: 'older-page', page, cursor, revision }) : view.state
    show({ loadingOlder: false, state })
  }

  async function regenerate(messageId: string, model?: string): Promise<void> {
    const started = await attempt(() => api.regenerate(conversationId, messageId, model))
    if (started) dispatch({ type: 'answer-started', answer: started.answer })
    watchWithoutSocket()
  }

  async function edit(messageId: string, content: string): Promise<boolean> {
    const message = await attempt(() => api.edit(conversationId, messageId, content))
    if (message) dispatch({ type: 'message-edited', message })
    return message !== null
  }

  async function showBranch(messageId: string): Promise<void> {
    flush()
    const { revision } = view.state
    const page = await attempt(() => api.showBranch(conversationId, messageId))
    if (page) dispatch({ type: 'newest-page', page, revision })
  }

  async function stop(): Promise<void> {
    if (view.stopping) return
    show({ stopping: true })
    if ((await attempt(() => api.stop(conversationId))) === null && view.actionProblem) show({ stopping: false })
  }

  function start(started: StartedConversation | null = null): void {
    if (!started) return void refresh()
    dispatch({ type: 'conversation-read', conversation: started.conversation })
    dispatch({
      type: 'newest-page',
      page: { data: started.messages, next_cursor: null },
      revision: view.state.revision,
    })
    watchWithoutSocket()
  }

  return {
    start,
    retry: () => void retry(),
    send,
    dismissPending: (key: string) => dispatch({ type: 'send-dismissed', key }),
    loadOlder,
    regenerate,
    edit,
    showBranch,
    stop,
    conversationChanged: (conversation: NonNullable<ConversationState['conversation']>) =>
      dispatch({ type: 'conversation-read', conversation }),
    clearActionProblem: () => show({ actionProblem: null }),
    view: () => view,
    close: () => {
      closed = true
      cancelLater()
      disconnect()
    },
  }
}

export const runningAnswer = (state: ConversationState): ConversationMessage | null =>
  state.messages.findLast((message) => message.status === 'running') ?? null

const isStillRunning = (state: ConversationState, answer: ConversationMessage): boolean =>
  !state.messages.some((message) => message.id === answer.id && message.status !== 'running')
