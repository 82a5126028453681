// The objects behind conversations, asked through their contracts.
import type { ConversationRpc } from '#shared/contracts/conversation-object'
import type { Objects } from '#shared/lib/object-of'
import type { AnswerRunnerRpc } from './answer-runner-rpc.ts'

export type ConversationObject = ConversationRpc & { fetch(request: Request): Promise<Response> }

/** Both are named by their conversation, and live where its organization does. */
export type ConversationObjects = Objects<ConversationObject>
export type AnswerRunners = Objects<AnswerRunnerRpc>
