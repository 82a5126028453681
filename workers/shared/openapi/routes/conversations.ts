import {
  AnswerStarted,
  Conversation,
  ConversationCreated,
  ConversationList,
  ConversationMessage,
  CreateConversation,
  EditMessage,
  MessagePage,
  MessageSent,
  RegenerateMessage,
  SendMessage,
  ShowBranch,
  UpdateConversation,
} from '../../contracts/conversation.ts'
import type { ProblemCode } from '../../http/problems.ts'
import { idempotencyKey, pageParameters, pathId, text, type Route } from '../route.ts'

const id = pathId('id', 'The conversation.')
const messageId = pathId('message_id', 'The message.')
const common = { tag: 'conversations', access: 'key' } as const
const theirs: ProblemCode[] = ['not_found']
const answered: ProblemCode[] = [...theirs, 'conflict', 'idempotency_mismatch', 'model_not_found', 'payload_too_large']

const list: Route[] = [
  {
    ...common,
    method: 'get',
    path: '/api/conversations',
    id: 'listConversations',
    summary: 'Your conversations, newest first',
    parameters: [
      ...pageParameters,
      {
        name: 'q',
        in: 'query',
        description: 'Words of the title; what Arabic writers do not distinguish is folded.',
        schema: text,
      },
    ],
    answers: [{ status: 200, description: 'A page.', schema: ConversationList }],
    problems: ['invalid_cursor'],
  },
  {
    ...common,
    method: 'post',
    path: '/api/conversations',
    id: 'createConversation',
    summary: 'Begin a conversation',
    description: 'With `content` its first message is sent in the same trip.',
    parameters: [idempotencyKey],
    request: { schema: CreateConversation, example: { content: 'مرحبا! ما الذي تستطيع فعله؟' } },
    answers: [
      {
        status: 201,
        description: 'The conversation, and the message with its answer where there was one.',
        schema: ConversationCreated,
      },
    ],
    problems: answered,
  },
  {
    ...common,
    method: 'get',
    path: '/api/conversations/export',
    id: 'exportConversations',
    summary: 'All your conversations as one file',
    answers: [
      {
        status: 200,
        description: 'One JSON object a line: each conversation, then its messages.',
        contentType: 'application/x-ndjson',
      },
    ],
  },
]

const one: Route[] = [
  {
    ...common,
    method: 'get',
    path: '/api/conversations/{id}',
    id: 'getConversation',
    summary: 'One conversation',
    parameters: [id],
    answers: [{ status: 200, description: 'The conversation.', schema: Conversation }],
    problems: theirs,
  },
  {
    ...common,
    method: 'patch',
    path: '/api/conversations/{id}',
    id: 'updateConversation',
    summary: 'Rename it, or choose another model',
    parameters: [id],
    request: { schema: UpdateConversation, example: { title: 'Plans for the summer' } },
    answers: [{ status: 200, description: 'The conversation.', schema: Conversation }],
    problems: [...theirs, 'model_not_found'],
  },
  {
    ...common,
    method: 'delete',
    path: '/api/conversations/{id}',
    id: 'deleteConversation',
    summary: 'Delete it',
    parameters: [id],
    answers: [{ status: 204, description: 'It is gone.' }],
    problems: theirs,
  },
  {
    ...common,
    method: 'get',
    path: '/api/conversations/{id}/live',
    id: 'watchConversation',
    summary: 'A WebSocket that says what happens',
    description:
      'First a snapshot with the running answer as far as it has come, then every change. Any number of tabs and devices may listen; nobody speaks.',
    parameters: [id],
    answers: [{ status: 101, description: 'The connection becomes a WebSocket.' }],
    problems: theirs,
  },
]

const messages: Route[] = [
  {
    ...common,
    method: 'get',
    path: '/api/conversations/{id}/messages',
    id: 'listMessages',
    summary: 'The messages of the shown branch',
    description: 'The newest page, in reading order; `next_cursor` leads to older ones.',
    parameters: [id, ...pageParameters],
    answers: [{ status: 200, description: 'A page.', schema: MessagePage }],
    problems: [...theirs, 'invalid_cursor'],
  },
  {
    ...common,
    method: 'post',
    path: '/api/conversations/{id}/messages',
    id: 'sendMessage',
    summary: 'Send a message',
    description:
      'The answer is written by the conversation itself, whether or not anybody listens: read it on the socket or with the messages.',
    parameters: [id, idempotencyKey],
    request: { schema: SendMessage, example: { content: 'And in winter?' } },
    answers: [{ status: 202, description: 'The message, and its answer that has begun.', schema: MessageSent }],
    problems: answered,
  },
  {
    ...common,
    method: 'post',
    path: '/api/conversations/{id}/messages/{message_id}/regenerate',
    id: 'regenerateMessage',
    summary: 'Another answer',
    parameters: [id, messageId, idempotencyKey],
    request: { schema: RegenerateMessage, example: {}, optional: true },
    answers: [{ status: 202, description: 'The answer that has begun.', schema: AnswerStarted }],
    problems: answered,
  },
  {
    ...common,
    method: 'patch',
    path: '/api/conversations/{id}/messages/{message_id}',
    id: 'editMessage',
    summary: 'Correct a message in place',
    parameters: [id, messageId],
    request: { schema: EditMessage, example: { content: 'And in spring?' } },
    answers: [{ status: 200, description: 'The message.', schema: ConversationMessage }],
    problems: [...theirs, 'conflict'],
  },
  {
    ...common,
    method: 'post',
    path: '/api/conversations/{id}/branch',
    id: 'showBranch',
    summary: 'Show the branch that a message is on',
    parameters: [id],
    request: { schema: ShowBranch, example: { message_id: 'msg_…' } },
    answers: [{ status: 200, description: 'The newest page of that branch.', schema: MessagePage }],
    problems: theirs,
  },
  {
    ...common,
    method: 'post',
    path: '/api/conversations/{id}/stop',
    id: 'stopAnswer',
    summary: 'Stop the running answer',
    description: 'What was written stays and is charged.',
    parameters: [id],
    answers: [{ status: 204, description: 'Nothing is running any more.' }],
    problems: theirs,
  },
]

export const conversationRoutes: Route[] = [...list, ...one, ...messages]
