// What the chat Worker may ask a Conversation object. One object per conversation, named by its id; it is
// told in every call for whom it is asked, and knows nobody but its owner. Expected outcomes are data.
import type { Usage } from '../lib/money.ts'
import type { Conversation, ConversationMessage, MessageStatus } from './conversation.ts'

export interface Owner {
  organizationId: string
  userId: string
}

/** `not_found`: no such conversation, or not this owner's. */
export type Refused<Code extends string = never> = { ok: false; code: Code | 'not_found' }

export type TitleSource = 'none' | 'words' | 'model' | 'user'

/** The caller's Idempotency-Key, with a hash of what was asked: the same request twice is one. */
export interface Idempotency {
  key: string
  fingerprint: string
}

/** About what a vendor counts for a picture as large as the library's for pages; its charge is by what the vendor says. */
export const PICTURE_TOKENS = 1_600

export interface SendInput {
  owner: Owner
  content: string
  /** Ids of pictures of the library. */
  attachments?: string[]
  /** Absent: after the shown branch. Null: a new first message. */
  parentId?: string | null
  model: string
  language: string | null
  /** Of its words. */
  tokens: number
  /** Names the answer's charge. */
  requestId: string
  idempotency?: Idempotency
  /** A title taken from the message's own words, for a conversation that has none. */
  title: string
  messageId: string
  answerId: string
}

export type Sent =
  | {
      ok: true
      conversation: Conversation
      message: ConversationMessage
      answer: ConversationMessage
      repeated: boolean
    }
  | Refused<'message_not_found' | 'invalid_parent' | 'running' | 'idempotency_mismatch'>

export interface RegenerateInput {
  owner: Owner
  /** An answer (another version of it) or a message of the user (another answer to it). */
  messageId: string
  model: string
  requestId: string
  idempotency?: Idempotency
  answerId: string
}

export type Regenerated =
  | { ok: true; conversation: Conversation; answer: ConversationMessage; repeated: boolean }
  | Refused<'message_not_found' | 'running' | 'idempotency_mismatch'>

/** One turn as a model is told it. */
export interface ContextTurn {
  id: string
  role: 'user' | 'assistant' | 'summary'
  content: string
  attachments?: string[]
  language: string | null
  tokens: number
}

export type ContextAnswer =
  /** `fits`: false where older turns were left out because `maxTokens` was reached. `wantsTitle`: this is the first answer, and nobody has typed a title. */
  { ok: true; turns: ContextTurn[]; fits: boolean; wantsTitle: boolean } | Refused<'not_running'>

/** The oldest turns that no summary covers, to be condensed together with the summary before them. */
export type CompactionAnswer =
  | { ok: true; previous: ContextTurn | null; turns: ContextTurn[]; afterId: string | null }
  | Refused<'not_running'>

export interface SummaryInput {
  owner: Owner
  answerId: string
  id: string
  /** The last message that it covers. */
  afterId: string
  content: string
  tokens: number
  model: string
  language: string | null
  usage: Usage | null
  costMicros: number | null
  requestId: string
}

export interface AppendInput {
  owner: Owner
  answerId: string
  /** Where this text begins, in UTF-16 units of each field: what is known already is dropped, a gap is refused. */
  offset: { content: number; reasoning: number }
  content: string
  reasoning: string
}

export type Appended =
  | { ok: true; stopped: boolean }
  /** The object lost its last moment: send again from here. */
  | { ok: false; code: 'gap'; content: number; reasoning: number }
  | Refused<'not_running'>

export interface FinishInput {
  owner: Owner
  answerId: string
  status: Exclude<MessageStatus, 'running'>
  finishReason: string | null
  error: { code: string; message: string } | null
  usage: Usage | null
  costMicros: number | null
  language: string | null
  /** Estimated size of the text, for later contexts; null where the caller has not seen it. */
  tokens: number | null
}

export interface ConversationRpc {
  create(input: {
    owner: Owner
    id: string
    title: string | null
    model: string | null
  }): Promise<{ ok: true; conversation: Conversation } | Refused>
  read(input: { owner: Owner }): Promise<{ ok: true; conversation: Conversation } | Refused>
  update(input: {
    owner: Owner
    title?: string
    model?: string
  }): Promise<{ ok: true; conversation: Conversation } | Refused>
  /** A title that nobody typed; it never replaces one that somebody did. */
  suggestTitle(input: {
    owner: Owner
    title: string
  }): Promise<{ ok: true; conversation: Conversation; applied: boolean } | Refused>
  /** The shown branch from its newest message upwards (or from `from`), answered in reading order. */
  page(input: {
    owner: Owner
    limit: number
    from?: string
  }): Promise<{ ok: true; messages: ConversationMessage[]; next: string | null } | Refused<'unknown_message'>>
  send(input: SendInput): Promise<Sent>
  regenerate(input: RegenerateInput): Promise<Regenerated>
  edit(input: {
    owner: Owner
    messageId: string
    content: string
    language: string | null
    tokens: number
  }): Promise<{ ok: true; message: ConversationMessage } | Refused<'message_not_found' | 'running'>>
  /** Shows the branch that holds this message, down to its newest end. */
  showBranch(input: {
    owner: Owner
    messageId: string
  }): Promise<{ ok: true; leafId: string } | Refused<'message_not_found' | 'running'>>
  /** Marks the running answer; whoever writes it is told with its next words. */
  stop(input: { owner: Owner }): Promise<{ ok: true; answerId: string | null } | Refused>

  context(input: { owner: Owner; answerId: string; maxTokens: number }): Promise<ContextAnswer>
  compaction(input: {
    owner: Owner
    answerId: string
    keepTokens: number
    chunkTokens: number
  }): Promise<CompactionAnswer>
  addSummary(input: SummaryInput): Promise<{ ok: true } | Refused<'message_not_found'>>
  append(input: AppendInput): Promise<Appended>
  /** The answer is still being written, though it has nothing new to say. */
  touch(input: { owner: Owner; answerId: string }): Promise<Appended>
  finishAnswer(
    input: FinishInput,
  ): Promise<{ ok: true; message: ConversationMessage; conversation: Conversation } | Refused<'not_running'>>

  /** Every message of every branch in order of creation, a part at a time. */
  exportMessages(input: {
    owner: Owner
    after: number
    limit: number
  }): Promise<{ ok: true; messages: ConversationMessage[]; next: number | null } | Refused>
  /** Idempotent: what is erased already is erased. */
  erase(input: { owner: Owner }): Promise<void>
}

/** Whose socket it is that asks to be connected: set by the chat Worker, after it has looked. */
export const OWNER_HEADER = 'x-riwaq-conversation-owner'
export const toOwnerHeader = ({ organizationId, userId }: Owner): string => `${organizationId}/${userId}`
