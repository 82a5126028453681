// What the verbs of this service need, made from the environment and the principal. The only file that knows both.
import type { Context } from 'hono'
import type { LedgerRpc, Payer } from '#shared/contracts/ledger'
import type { LibraryQuestions } from '#shared/contracts/library'
import type { PolicySnapshot } from '#shared/contracts/policy'
import type { PayingPrincipal } from '#shared/contracts/principal'
import type { VaultQuestions } from '#shared/contracts/vault'
import type { EntranceEnv } from '#shared/entrance/entrance-env'
import type { ServiceBindings, ServiceEnv } from '#shared/http/create-service-app'
import { systemClock, type Clock } from '#shared/lib/clock'
import { isLocalPlatform } from '#shared/lib/local-platform'
import { objectOf, type Objects } from '#shared/lib/object-of'
import { createSharedTrips } from '#shared/metering/shared-trips'
import type { Timers } from '#shared/metering/timers'
import type { EmbeddingModels } from '#shared/providers/embedding-models'
import type { ImageCatalog } from '#shared/providers/image-catalog'
import { languageModelsOf, type LanguageModels, type LanguageModelSettings } from '#shared/providers/language-models'
import { moderationModelsOf, type ModerationModels } from '#shared/providers/moderation-models'
import type { AnswerRunners, ConversationObjects } from './conversations/bindings.ts'
import { createAnswerCache, type AnswerCache } from './cache/answer-cache.ts'
import { hitPricePercentOf } from './cache/hit-price.ts'
import type { GenerateContext, RoutingContext } from './generate-context.ts'
import { createGuardrails } from '#shared/guardrails/guardrails'
import type { Guardrails } from '#shared/guardrails/guard-types'
import type { RequestLog } from './hooks.ts'
import { createKeptAnswers, type KeptAnswers } from './idempotency/kept-answers.ts'
import { createOwnModels, type OwnRegistries } from './own-keys/own-models.ts'
import { createRequestContents } from './request-log/contents.ts'
import { createRequestLogIndex } from './request-log/repository.ts'
import { createRequestLog } from './request-log/request-log.ts'
import { refuseStranger } from '#shared/metering/refuse-stranger'
import { createCircuits, type Circuits } from './routing/circuits.ts'
import { platformRoutesOf } from './routing/platform-routes.ts'
import { createPolicyCache, type PolicyCache } from '#shared/policy/policy-cache'
import { createStoredResponses, type StoredResponses } from './responses/stored-responses.ts'

export interface ChatEnv extends ServiceBindings, EntranceEnv, LanguageModelSettings {
  LEDGER: Objects<LedgerRpc>
  /** Vendors' keys that organizations bring. */
  VAULT_RPC: VaultQuestions
  /** Pictures that are sent with a message. */
  LIBRARY_RPC: Pick<LibraryQuestions, 'open'>
  CONVERSATION: ConversationObjects
  ANSWER_RUNNER: AnswerRunners
  MEDIA: R2Bucket
  DB: D1Database
  /** JSON: names that the operator gives to several models. */
  MODEL_ROUTES?: string
  /** What an answer from the cache costs, of what the original cost: 0 (the default) to 100. */
  CACHE_HIT_PRICE_PERCENT?: string
}

export type ChatRequest = Context<ServiceEnv<ChatEnv>>

/** What the environment configures. Workers AI needs nothing but its binding, which a local run is not given. */
export const modelsOf = (env: ChatEnv): LanguageModels => languageModelsOf(env)

export const ledgerOf = (env: ChatEnv, organizationId: string): LedgerRpc =>
  objectOf(env.LEDGER, { organizationId, settings: env })

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
  responsesOf(env: ChatEnv): StoredResponses
  cacheOf?: (env: ChatEnv) => AnswerCache
  clock: Clock
  timers?: Timers
  policies: PolicyCache
  /** From 0 to 1, for routes that share their calls out. */
  random: () => number
  circuits: Circuits
  /** What an organization that brings vendors' keys of its own can call. */
  ownModels?: (env: ChatEnv, organizationId: string, snapshot: PolicySnapshot) => Promise<OwnRegistries>
  /** Absent: what the environment configures. */
  embeddingsOf?: (env: ChatEnv) => EmbeddingModels
  moderationsOf?: (env: ChatEnv) => ModerationModels
  imagesOf?: (env: ChatEnv) => ImageCatalog
  guardrailsOf?: (env: ChatEnv) => Guardrails
  requestLogOf?: (env: ChatEnv) => RequestLog
}

const ownModels = createOwnModels({ local: ({ PUBLIC_URL }) => isLocalPlatform(PUBLIC_URL) })

/** Made once for each isolate: nothing in it belongs to a request. */
function onceFor<T>(make: (env: ChatEnv) => T): (env: ChatEnv) => T {
  const made = new WeakMap<ChatEnv, { value: T }>()
  return (env) => {
    const known = made.get(env) ?? { value: make(env) }
    made.set(env, known)
    return known.value
  }
}

export const collaborators: ChatCollaborators = {
  requestLogOf: onceFor((env) =>
    createRequestLog({
      index: createRequestLogIndex(env.DB),
      contents: createRequestContents(env.MEDIA),
      clock: systemClock,
    }),
  ),
  modelsOf,
  answersOf: onceFor((env) => createKeptAnswers(env.MEDIA)),
  responsesOf: onceFor((env) => createStoredResponses({ bucket: env.MEDIA, database: env.DB })),
  cacheOf: onceFor((env) => createAnswerCache(env.MEDIA)),
  clock: systemClock,
  policies: createPolicyCache(),
  random: Math.random,
  circuits: createCircuits(systemClock),
  ownModels,
  guardrailsOf: onceFor((env) =>
    createGuardrails({
      moderationsOf: async (organizationId, snapshot) =>
        snapshot.providerKeys.length > 0
          ? (await ownModels(env, organizationId, snapshot)).moderations
          : moderationModelsOf(env),
    }),
  ),
}

/** What deciding who may answer needs beside the ledger. */
export function routingContext(
  env: ChatEnv,
  organizationId: string,
  { modelsOf: registryOf, policies, random, circuits, ownModels, guardrailsOf }: ChatCollaborators,
): Omit<RoutingContext, 'ledger' | 'known'> {
  const models = registryOf(env)
  return {
    organizationId,
    policies,
    random,
    circuits,
    models,
    platformRoutes: platformRoutesOf(env, models),
    guardrails: guardrailsOf?.(env),
    ownModels: ownModels && ((snapshot) => ownModels(env, organizationId, snapshot)),
  }
}

/** One for the isolate: requests can only share what outlives them. */
const shareTrips = createSharedTrips()

export function generateContext(
  c: ChatRequest,
  principal: PayingPrincipal,
  outside: ChatCollaborators,
): GenerateContext {
  const { organizationId } = principal
  const ledger = ledgerOf(c.env, organizationId)
  return {
    ...payerOf(principal),
    ...routingContext(c.env, organizationId, outside),
    ledger: {
      ...shareTrips(organizationId, ledger),
      amend: (input) => ledger.amend(input),
      renew: (input) => ledger.renew(input),
      release: (input) => ledger.release(input),
      awaitSettlement: (input) => ledger.awaitSettlement(input),
      policy: () => ledger.policy(),
    },
    known: () => refuseStranger(principal, ledger),
    answers: outside.answersOf(c.env),
    requestLog: outside.requestLogOf?.(c.env),
    responses: outside.responsesOf(c.env),
    cache: outside.cacheOf?.(c.env),
    hitPricePercent: hitPricePercentOf(c.env),
    signal: c.req.raw.signal,
    waitUntil: (promise) => c.executionCtx.waitUntil(promise),
    clock: outside.clock,
    timers: outside.timers,
    logger: c.get('logger'),
    standing: c.get('standing'),
  }
}
