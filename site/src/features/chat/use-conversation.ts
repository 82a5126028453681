import { useEffect, useState } from 'preact/hooks'
import ReconnectingSocket from 'partysocket/ws'
import type { ConversationMessage, LiveEvent } from '#shared/contracts/conversation'
import { chatApi, liveAddress } from './chat-api.ts'
import { createConversationSession } from './state/conversation-session.ts'
import type { ConversationSession, LiveHandlers, SessionView } from './state/conversation-session.ts'
import type { StartedConversation } from './state/conversation-session.ts'

export interface OpenConversation {
  session: ConversationSession
  view: SessionView
}

export interface UseConversationOptions {
  id: string | null
  /** What is known already of a conversation that was begun a moment ago. */
  started: StartedConversation | null
  onAnswerEnded: (answer: ConversationMessage) => void
}

/** The open conversation, from its first look until another is opened. */
export function useConversation({ id, started, onAnswerEnded }: UseConversationOptions): OpenConversation | null {
  const [open, setOpen] = useState<(OpenConversation & { id: string }) | null>(null)
  useEffect(() => {
    if (!id) return setOpen(null)
    const session = createConversationSession({
      conversationId: id,
      api: chatApi,
      connect: (handlers) => connectLive(id, handlers),
      schedule: beforeNextPicture,
      later: (run, milliseconds) => {
        const timer = setTimeout(run, milliseconds)
        return () => clearTimeout(timer)
      },
      onView: (view) => setOpen({ id, session, view }),
      onAnswerEnded,
    })
    setOpen({ id, session, view: session.view() })
    session.start(started?.conversation.id === id ? started : null)
    return () => session.close()
  }, [id])
  return open?.id === id ? open : null
}

/** A page that is not looked at draws no pictures, but must not gather words for ever. */
function beforeNextPicture(run: () => void): void {
  if (document.visibilityState === 'visible') requestAnimationFrame(run)
  else setTimeout(run, 250)
}

function connectLive(conversationId: string, handlers: LiveHandlers): () => void {
  const socket = new ReconnectingSocket(liveAddress(conversationId, window.location), [], {
    minReconnectionDelay: 500,
    maxReconnectionDelay: 15_000,
  })
  socket.addEventListener('open', handlers.onOpen)
  socket.addEventListener('close', handlers.onLost)
  socket.addEventListener('message', (event) => {
    const live = readEvent(event.data)
    if (live) handlers.onEvent(live)
  })
  return () => socket.close()
}

function readEvent(data: unknown): LiveEvent | null {
  try {
    const event: unknown = JSON.parse(String(data))
    return typeof event === 'object' && event !== null && 'type' in event ? (event as LiveEvent) : null
  } catch {
    return null
  }
}
