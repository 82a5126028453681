// The wire shapes of conversations: what /api/conversations answers and what travels on its socket.
// snake_case, because it is the wire.
import { z } from 'zod'
import { units } from '../lib/money.ts'

export const MessageStatus = z.enum(['running', 'complete', 'stopped', 'failed', 'interrupted'])
export type MessageStatus = z.infer<typeof MessageStatus>

export const ConversationMessage = z.object({
  id: z.string(),
  parent_id: z.string().nullable(),
  role: z
    .enum(['user', 'assistant', 'summary'])
    .describe('summary: older turns, condensed when the model could no longer hold them'),
  content: z.string(),
  reasoning: z.string().nullable(),
  status: MessageStatus,
  finish_reason: z
    .string()
    .nullable()
    .describe(
      'why the model ended: `stop`, `length` where the answer was cut at its limit, `credit` where the credit set that limit',
    ),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  model: z.string().nullable(),
  language: z.string().nullable().describe('BCP-47, as detected; `ar-Latn` is Arabic in Latin letters'),
  usage: z.partialRecord(z.enum(units), z.number().int()).nullable(),
  cost_micros: z.number().int().nullable(),
  request_id: z.string().nullable(),
  attachments: z
    .array(z.string())
    .optional()
    .describe('ids of pictures of the library that were sent with it; absent where there are none'),
  created_at: z.number().int().describe('milliseconds since the epoch'),
  siblings: z.array(z.string()).describe('ids of all versions of this message, oldest first, itself included'),
})
export type ConversationMessage = z.infer<typeof ConversationMessage>

export const Conversation = z.object({
  id: z.string(),
  title: z.string(),
  model: z.string().nullable(),
  running: z.boolean(),
  created_at: z.number().int(),
  updated_at: z.number().int(),
})
export type Conversation = z.infer<typeof Conversation>

const content = z
  .string()
  .min(1)
  .max(400_000)
  .refine((text) => text.trim() !== '', 'is empty')
const model = z.string().min(1).max(200).optional()

/** Pictures of one message. */
export const MAX_ATTACHMENTS = 8
const attachments = z
  .array(z.string().min(1).max(64))
  .max(MAX_ATTACHMENTS)
  .optional()
  .describe('ids of pictures of the library; a key also needs the scope `library`')

/** With `content` the first message is sent in the same trip. */
export const CreateConversation = z
  .object({ title: z.string().trim().min(1).max(200).optional(), model, content: content.optional(), attachments })
  .strict()
export const UpdateConversation = CreateConversation.omit({ content: true, attachments: true })
/** `parent_id` absent: after the newest message of the shown branch. Null: a new first message. Editing is sending with the edited message's parent. */
export const SendMessage = z
  .object({ content, parent_id: z.string().max(100).nullable().optional(), model, attachments })
  .strict()
export const EditMessage = z.object({ content }).strict()
export const RegenerateMessage = z.object({ model }).strict()
export const ShowBranch = z.object({ message_id: z.string() }).strict()

export const ConversationList = z.object({ data: z.array(Conversation), next_cursor: z.string().nullable() })
/** In reading order; `next_cursor` leads to older messages. */
export const MessagePage = z.object({ data: z.array(ConversationMessage), next_cursor: z.string().nullable() })
export type MessagePage = z.infer<typeof MessagePage>
export const MessageSent = z.object({ message: ConversationMessage, answer: ConversationMessage })
export const AnswerStarted = z.object({ answer: ConversationMessage })
export const ConversationCreated = Conversation.extend({
  message: ConversationMessage.optional(),
  answer: ConversationMessage.optional(),
})

/** What the socket at /api/conversations/:id/live says. Clients only listen. */
export type LiveEvent =
  /** First after connecting. `running` carries the text so far. */
  | {
      type: 'snapshot'
      conversation: Conversation
      running: ConversationMessage | null
      /** The newest message of the shown branch. */ leaf_id: string | null
    }
  | { type: 'message-created'; message: ConversationMessage }
  /** Its text was edited in place. */
  | { type: 'message-updated'; message: ConversationMessage }
  /** `offset`: how many UTF-16 units of this field came before, so that a late joiner can tell a gap from a repeat. */
  | { type: 'answer-delta'; message_id: string; field: 'content' | 'reasoning'; offset: number; text: string }
  | { type: 'answer-finished'; message: ConversationMessage }
  /** Another branch is shown now: read the messages again. */
  | { type: 'branch-shown'; leaf_id: string }
  | { type: 'conversation-updated'; conversation: Conversation }
  | { type: 'conversation-deleted' }
