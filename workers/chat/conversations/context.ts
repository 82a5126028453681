// What the verbs of conversations need, made from the environment and the principal.
import type { Context } from 'hono'
import type { Owner } from '#shared/contracts/conversation-object'
import type { Payer } from '#shared/contracts/ledger'
import type { LibraryQuestions } from '#shared/contracts/library'
import type { ServiceEnv } from '#shared/http/create-service-app'
import type { Logger } from '#shared/http/log'
import { requirePermission } from '#shared/http/require-permission'
import { systemClock, type Clock } from '#shared/lib/clock'
import { createIds, type CreateId } from '#shared/lib/ids'
import { objectOf } from '#shared/lib/object-of'
import { collaborators, ledgerOf, payerOf, routingContext, type ChatEnv } from '../context.ts'
import { findUnderPolicy, type FindModel } from '../own-keys/find-model.ts'
import type { AnswerRunnerRpc } from './answer-runner-rpc.ts'
import type { ConversationObject } from './bindings.ts'
import { createConversationIndex, type ConversationIndex } from './repository.ts'

export interface ConversationsContext {
  owner: Owner
  payer: Payer
  index: ConversationIndex
  conversation: (id: string) => ConversationObject
  runner: (id: string) => AnswerRunnerRpc
  library: Pick<LibraryQuestions, 'open'>
  /** Among the models that the organization can call now. */
  findModel: <T>(find: FindModel<T>) => Promise<T>
  /** The language of the caller's page or device. */
  locale: string | null
  clock: Clock
  createId: CreateId
  logger: Logger
}

export type ConversationRequest = Context<ServiceEnv<ChatEnv>>

/** The first language that the caller's browser asks for; only a prior, so it is not weighed. */
const localeOf = (header: string | undefined): string | null =>
  header?.match(/^\s*([a-z]{2,3})\b/i)?.[1]?.toLowerCase() ?? null

/** Only members (and their keys) have conversations; whose they are is part of everything asked. */
export function conversationsContext(c: ConversationRequest): ConversationsContext {
  const principal = requirePermission(c.get('principal'), 'conversations.use')
  const { organizationId } = principal
  const routing = routingContext(c.env, organizationId, collaborators)
  const ledger = { policy: async () => ledgerOf(c.env, organizationId).policy() }
  return {
    owner: { organizationId, userId: principal.userId },
    payer: payerOf(principal).payer,
    index: createConversationIndex(c.env.DB),
    conversation: (name) => objectOf(c.env.CONVERSATION, { organizationId, name, settings: c.env }),
    runner: (name) => objectOf(c.env.ANSWER_RUNNER, { organizationId, name, settings: c.env }),
    library: c.env.LIBRARY_RPC,
    findModel: (find) => findUnderPolicy(find, { ...routing, ledger }),
    locale: localeOf(c.req.header('accept-language')),
    clock: systemClock,
    createId: createIds(),
    logger: c.get('logger'),
  }
}
