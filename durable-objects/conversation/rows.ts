// Rows as they lie in the object's storage, and what of them the world is told.
import type { Conversation, ConversationMessage, MessageStatus } from '#shared/contracts/conversation'
import type { ConversationRpc, Idempotency, Owner, TitleSource } from '#shared/contracts/conversation-object'
import type { Usage } from '#shared/lib/money'

export interface ConversationRow {
  id: string
  organization_id: string
  user_id: string
  title: string
  title_source: TitleSource
  model: string | null
  leaf_id: string | null
  running_id: string | null
  stop_requested: number
  sign_at: number
  created_at: number
  updated_at: number
}

export interface MessageRow {
  sequence: number
  id: string
  parent_id: string | null
  role: 'user' | 'assistant'
  status: MessageStatus
  tokens: number
  finish_reason: string | null
  error_code: string | null
  error_message: string | null
  model: string | null
  language: string | null
  usage: string | null
  cost_micros: number | null
  request_id: string | null
  idempotency_key: string | null
  fingerprint: string | null
  created_at: number
  reasoning: string | null
  content: string
  /** JSON: ids of pictures of the library. */
  attachments: string | null
}

export interface SummaryRow {
  sequence: number
  id: string
  after_id: string
  stale: number
  tokens: number
  model: string
  language: string | null
  usage: string | null
  cost_micros: number | null
  request_id: string
  created_at: number
  content: string
}

export const isOwner = (row: ConversationRow, owner: Owner): boolean =>
  row.organization_id === owner.organizationId && row.user_id === owner.userId

export const toConversation = (row: ConversationRow): Conversation => ({
  id: row.id,
  title: row.title,
  model: row.model,
  running: row.running_id !== null,
  created_at: row.created_at,
  updated_at: row.updated_at,
})

const toUsage = (text: string | null): Usage | null => (text === null ? null : (JSON.parse(text) as Usage))

/** Absent where there are none. */
export const attachmentsOf = ({ attachments }: Pick<MessageRow, 'attachments'>): { attachments?: string[] } =>
  attachments === null ? {} : { attachments: JSON.parse(attachments) as string[] }

export const toMessage = (row: MessageRow, siblings: string[]): ConversationMessage => ({
  id: row.id,
  parent_id: row.parent_id,
  role: row.role,
  content: row.content,
  reasoning: row.reasoning,
  status: row.status,
  finish_reason: row.finish_reason,
  error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
  model: row.model,
  language: row.language,
  usage: toUsage(row.usage),
  cost_micros: row.cost_micros,
  request_id: row.request_id,
  ...attachmentsOf(row),
  created_at: row.created_at,
  siblings,
})

/** A summary stands after the last message that it covers, beside the tree: it never becomes a message's parent. */
export const summaryToMessage = (row: SummaryRow): ConversationMessage => ({
  id: row.id,
  parent_id: row.after_id,
  role: 'summary',
  content: row.content,
  reasoning: null,
  status: 'complete',
  finish_reason: null,
  error: null,
  model: row.model,
  language: row.language,
  usage: toUsage(row.usage),
  cost_micros: row.cost_micros,
  request_id: row.request_id,
  created_at: row.created_at,
  siblings: [row.id],
})

/** What a method of the object is asked, and what it answers. */
export type Asked<Method extends keyof ConversationRpc> = Parameters<ConversationRpc[Method]>[0]
export type Answer<Method extends keyof ConversationRpc> = Awaited<ReturnType<ConversationRpc[Method]>>

export const notFound = { ok: false, code: 'not_found' } as const

export const keyColumns = (idempotency: Idempotency | undefined) => ({
  idempotency_key: idempotency?.key ?? null,
  fingerprint: idempotency?.fingerprint ?? null,
})
