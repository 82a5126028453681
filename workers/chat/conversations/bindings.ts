// The objects behind conversations, asked through their contracts.
import type { ConversationRpc } from '#shared/contracts/conversation-object'
import type { AnswerRunnerRpc } from './answer-runner-rpc.ts'

export type ConversationObject = ConversationRpc & { fetch(request: Request): Promise<Response> }

export interface ConversationObjects {
  getByName(conversationId: string): ConversationObject
}

export interface AnswerRunners {
  getByName(conversationId: string): AnswerRunnerRpc
}
