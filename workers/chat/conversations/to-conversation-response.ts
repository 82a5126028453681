import type { Conversation } from '#shared/contracts/conversation'
import type { ConversationEntry } from './repository.ts'

export const toConversationResponse = (entry: ConversationEntry, now: number): Conversation => ({
  id: entry.id,
  title: entry.title,
  model: entry.model,
  running: entry.runningUntil > now,
  created_at: entry.createdAt,
  updated_at: entry.updatedAt,
})
