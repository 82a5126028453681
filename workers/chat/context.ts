// What the verbs of this service need, made from the environment and the principal. The only file that knows both.
import type { Context } from 'hono'
import type { LedgerRpc, Payer } from '#shared/contracts/ledger'
import type { PayingPrincipal } from '#shared/contracts/principal'
import type { ServiceBindings, ServiceEnv } from '#shared/http/create-service-app'
import { systemClock, type Clock } from '#shared/lib/clock'
import { createSharedTrips } from '#shared/metering/shared-trips'
import type { Timers } from '#shared/metering/timers'
import { languageModelsOf, type LanguageModels, type LanguageModelSettings } from '#shared/providers/language-models'
import type { AnswerRunners, ConversationObjects } from './conversations/bindings.ts'
import type { GenerateContext } from './generate.ts'
import { createKeptAnswers, type KeptAnswers } from './idempotency/kept-answers.ts'

export interface ChatEnv extends ServiceBindings, LanguageModelSettings {
  LEDGER: { getByName(organizationId: string): LedgerRpc }
  CONVERSATION: ConversationObjects
  ANSWER_RUNNER: AnswerRunners
  MEDIA: R2Bucket
  DB: D1Database
}

export type ChatRequest = Context<ServiceEnv<ChatEnv>>

/** What the environment configures. Workers AI needs nothing but its binding, which a local run is not given. */
export const modelsOf = (env: ChatEnv): LanguageModels => languageModelsOf(env)

export const ledgerOf = (env: ChatEnv, organizationId: string): LedgerRpc => env.LEDGER.getByName(organizationId)

export function payerOf(principal: PayingPrincipal): { payer: Payer; payerId: string } {
  switch (principal.kind) {
    case 'user':
      return { payer: { kind: 'user', userId: principal.userId, role: principal.role }, payerId: principal.userId }
    case 'api-key':
      return { payer: { kind: 'verified-key', keyId: principal.keyId }, payerId: principal.keyId }
    case 'key-claim':
      return {
        payer: { kind: 'key', keyId: principal.keyId, secretHash: principal.secretHash },
        payerId: principal.keyId,
      }
  }
}

/** What comes from outside the service; a test brings its own. */
export interface ChatCollaborators {
  modelsOf(env: ChatEnv): LanguageModels
  answersOf(env: ChatEnv): KeptAnswers
  clock: Clock
  timers?: Timers
}

export const collaborators: ChatCollaborators = {
  modelsOf,
  answersOf: (env) => createKeptAnswers(env.MEDIA),
  clock: systemClock,
}

/** One for the isolate: requests can only share what outlives them. */
const shareTrips = createSharedTrips()

export function generateContext(
  c: ChatRequest,
  principal: PayingPrincipal,
  outside: ChatCollaborators,
): GenerateContext & { ledger: Pick<LedgerRpc, 'verifyKey'> } {
  const { organizationId } = principal
  const ledger = ledgerOf(c.env, organizationId)
  return {
    ...payerOf(principal),
    organizationId,
    models: outside.modelsOf(c.env),
    ledger: {
      ...shareTrips(organizationId, ledger),
      release: (input) => ledger.release(input),
      awaitSettlement: (input) => ledger.awaitSettlement(input),
      verifyKey: (input) => ledger.verifyKey(input),
    },
    answers: outside.answersOf(c.env),
    signal: c.req.raw.signal,
    waitUntil: (promise) => c.executionCtx.waitUntil(promise),
    clock: outside.clock,
    timers: outside.timers,
    logger: c.get('logger'),
  }
}
