import { useEffect, useRef } from 'preact/hooks'
import type { ConversationMessage } from '#shared/contracts/conversation'
import { conversationInPath } from './chat-address.ts'
import { readDraft } from './composer/drafts.ts'
import { waitingIn, whatContinues } from './continue-after-payment.ts'

interface ContinuationOptions {
  id: string | null
  /** Null while it is not known: the conversation is loading, or there is no model yet. */
  messages: readonly ConversationMessage[] | null
  onSend: (text: string) => void
  onRegenerate: (message: ConversationMessage) => void
}

/** Once for a page, as soon as the conversation is there; a reload afterwards asks nothing again. */
export function useContinuation({ id, messages, onSend, onRegenerate }: ContinuationOptions): void {
  const done = useRef(false)
  useEffect(() => {
    const { pathname, search } = window.location
    const waiting = waitingIn(search)
    if (done.current || messages === null || waiting === null || conversationInPath(pathname) !== id) return
    done.current = true
    window.history.replaceState(null, '', pathname)
    const next = whatContinues({ waiting, draft: readDraft(id), messages })
    if (next?.kind === 'send') onSend(next.text)
    if (next?.kind === 'regenerate') onRegenerate(next.message)
  }, [id, messages])
}
