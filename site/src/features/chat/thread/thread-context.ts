import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { ConversationMessage } from '#shared/contracts/conversation'
import type { Model } from '../../../api/models.ts'
import type { Direction } from '../direction/block-direction.ts'

/** What a message may ask of the page. One object for the life of a conversation, so that messages need not be drawn again. */
export interface ThreadActions {
  regenerate: (message: ConversationMessage) => void
  regenerateWith: (message: ConversationMessage) => void
  edit: (message: ConversationMessage, content: string) => Promise<boolean>
  askAgain: (message: ConversationMessage, content: string) => void
  showVersion: (messageId: string) => void
  showDetails: (message: ConversationMessage) => void
  chooseModel: () => void
}

export interface ThreadSetting {
  actions: ThreadActions
  models: readonly Model[]
  /** An answer is being written: what changes the thread has to wait. */
  running: boolean
  fallback: Direction
}

export const ThreadContext = createContext<ThreadSetting | null>(null)

export function useThread(): ThreadSetting {
  const setting = useContext(ThreadContext)
  if (!setting) throw new Error('A message is drawn outside of a thread.')
  return setting
}
