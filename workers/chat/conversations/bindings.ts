// What conversations need of the chat Worker's environment. Objects are asked through their contracts.
import type { ConversationRpc } from '#shared/contracts/conversation-object'
import type { LedgerRpc } from '#shared/contracts/ledger'
import type { ServiceBindings } from '#shared/http/create-service-app'
import type { LanguageModelSettings } from '#shared/providers/language-models'
import type { AnswerRunnerRpc } from './answer-runner-rpc.ts'

export type ConversationObject = ConversationRpc & { fetch(request: Request): Promise<Response> }

export interface ConversationsBindings extends ServiceBindings, LanguageModelSettings {
  DB: D1Database
  LEDGER: { getByName(organizationId: string): Pick<LedgerRpc, 'admit' | 'settle' | 'release'> }
  CONVERSATION: { getByName(conversationId: string): ConversationObject }
  ANSWER_RUNNER: { getByName(conversationId: string): AnswerRunnerRpc }
}
