import { useEffect, useRef, useState } from 'preact/hooks'
import type { Conversation } from '#shared/contracts/conversation'
import { toApiProblem } from '../../../api/api-problem.ts'
import type { ConversationList } from './use-conversation-list.ts'

const UNDO_MS = 8_000

export interface Deletion {
  /** What can still be undone. */
  deleted: Conversation | null
  remove: (conversation: Conversation) => void
  undo: () => void
}

/** A conversation disappears at once, and is erased when it can no longer be asked for: after a while, with the next one, or with the page. */
export function useDeletion(list: ConversationList, onFailed: (code: string) => void): Deletion {
  const [deleted, setDeleted] = useState<Conversation | null>(null)
  const waiting = useRef<{ conversation: Conversation; timer: ReturnType<typeof setTimeout> } | null>(null)
  const latest = useRef(list)
  latest.current = list

  const take = () => {
    const now = waiting.current
    if (now) clearTimeout(now.timer)
    waiting.current = null
    setDeleted(null)
    return now?.conversation ?? null
  }
  const erase = (keepalive = false) => {
    const conversation = take()
    if (!conversation) return
    latest.current.remove(conversation.id, { keepalive }).catch((error: unknown) => {
      const { code } = toApiProblem(error)
      // Another tab was faster: it is gone, as was wanted.
      if (code === 'not_found') return
      latest.current.unhide(conversation.id)
      onFailed(code)
    })
  }
  useEffect(() => {
    const leave = () => erase(true)
    window.addEventListener('pagehide', leave)
    return () => window.removeEventListener('pagehide', leave)
  }, [])

  return {
    deleted,
    remove: (conversation) => {
      erase()
      latest.current.hide(conversation.id)
      waiting.current = { conversation, timer: setTimeout(() => erase(), UNDO_MS) }
      setDeleted(conversation)
    },
    undo: () => {
      const conversation = take()
      if (conversation) latest.current.unhide(conversation.id)
    },
  }
}
