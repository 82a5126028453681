import { useState } from 'preact/hooks'
import { toApiProblem } from '../../api/api-problem.ts'
import { chatApi } from './chat-api.ts'
import type { StartedConversation } from './state/conversation-session.ts'
import type { PendingMessage } from './state/pending-message.ts'

export interface NewConversation {
  pending: PendingMessage | null
  /** Resolves to whether it was taken. */
  begin: (pending: PendingMessage) => Promise<boolean>
  dismiss: () => void
}

/** A conversation is made with its first message, so that none is ever empty. */
export function useNewConversation(onStarted: (started: StartedConversation) => void): NewConversation {
  const [pending, setPending] = useState<PendingMessage | null>(null)
  const begin = async (message: PendingMessage) => {
    setPending({ ...message, failure: null })
    try {
      const {
        message: first,
        answer,
        ...conversation
      } = await chatApi.create(
        {
          content: message.content,
          ...(message.attachments?.length && { attachments: message.attachments }),
          ...(message.model && { model: message.model }),
        },
        message.key,
      )
      setPending(null)
      onStarted({ conversation, messages: first && answer ? [first, answer] : [] })
      return true
    } catch (error) {
      const { code, requestId, facts } = toApiProblem(error)
      setPending({ ...message, failure: { code, requestId, facts } })
      return false
    }
  }
  return { pending, begin, dismiss: () => setPending(null) }
}
