import type { Conversation, ConversationMessage, MessagePage } from '#shared/contracts/conversation'
import { api } from '../../api/client.ts'
import type { Api } from '../../api/client.ts'

export interface ConversationPage {
  data: Conversation[]
  next_cursor: string | null
}

export interface SendRequest {
  content: string
  attachments?: readonly string[]
  parent_id?: string | null
  model?: string
}

export type ChatApi = ReturnType<typeof createChatApi>

const LIST_PAGE = 40
const root = '/api/conversations'
const at = (id: string, rest = ''): string => `${root}/${encodeURIComponent(id)}${rest}`

/** The addresses of conversations, spelled once. */
export function createChatApi(call: Api) {
  return {
    list: ({ cursor, search, signal }: { cursor?: string | null; search?: string; signal?: AbortSignal }) =>
      call.get<ConversationPage>(root, { query: { limit: LIST_PAGE, cursor, q: search }, signal }),
    /** The first message goes in the same trip. */
    create: (input: { content: string; attachments?: readonly string[]; model?: string }, idempotencyKey: string) =>
      call.post<Conversation & { message?: ConversationMessage; answer?: ConversationMessage }>(root, input, {
        headers: { 'idempotency-key': idempotencyKey },
      }),
    read: (id: string) => call.get<Conversation>(at(id)),
    update: (id: string, change: { title?: string; model?: string }) => call.patch<Conversation>(at(id), change),
    remove: (id: string, { keepalive = false } = {}) => call.delete<null>(at(id), undefined, { keepalive }),
    messages: (id: string, { limit, cursor }: { limit: number; cursor?: string }) =>
      call.get<MessagePage>(at(id, '/messages'), { query: { limit, cursor } }),
    send: (id: string, input: SendRequest, idempotencyKey: string) =>
      call.post<{ message: ConversationMessage; answer: ConversationMessage }>(at(id, '/messages'), input, {
        headers: { 'idempotency-key': idempotencyKey },
      }),
    edit: (id: string, messageId: string, content: string) =>
      call.patch<ConversationMessage>(at(id, `/messages/${encodeURIComponent(messageId)}`), { content }),
    regenerate: (id: string, messageId: string, model?: string) =>
      call.post<{ answer: ConversationMessage }>(
        at(id, `/messages/${encodeURIComponent(messageId)}/regenerate`),
        model ? { model } : {},
      ),
    showBranch: (id: string, messageId: string) => call.post<MessagePage>(at(id, '/branch'), { message_id: messageId }),
    stop: (id: string) => call.post<unknown>(at(id, '/stop')),
  }
}

export const chatApi: ChatApi = createChatApi(api)

/** The socket's address, on the page's own origin. */
export function liveAddress(conversationId: string, page: Pick<Location, 'protocol' | 'host'>): string {
  return `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}${at(conversationId, '/live')}`
}
