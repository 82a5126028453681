// What the verbs of this service need, made from the environment and the principal. The only file that knows both.
import type { Context } from 'hono'
import { imageJobs } from '#db/schema/images'
import { feedName } from '#shared/contracts/feed'
import type { JobMessage } from '#shared/contracts/jobs'
import type { LedgerRpc, Payer } from '#shared/contracts/ledger'
import type { LibraryQuestions } from '#shared/contracts/library'
import type { PolicySnapshot } from '#shared/contracts/policy'
import type { WritingQuestions } from '#shared/contracts/writing'
import type { PayingPrincipal } from '#shared/contracts/principal'
import { createGuardrails } from '#shared/guardrails/guardrails'
import type { Guardrails } from '#shared/guardrails/guard-types'
import type { ServiceEnv } from '#shared/http/create-service-app'
import { createLogger, type Logger } from '#shared/http/log'
import { createJobEngine } from '#shared/jobs/engine'
import { createJobRepository } from '#shared/jobs/repository'
import type { JobEngine } from '#shared/jobs/types'
import { detectLanguage } from '#shared/language/detect-language'
import { systemClock, type Clock } from '#shared/lib/clock'
import { createIds, type CreateId } from '#shared/lib/ids'
import { isLocalPlatform } from '#shared/lib/local-platform'
import { objectOf } from '#shared/lib/object-of'
import { refuseStranger } from '#shared/metering/refuse-stranger'
import { systemTimers, type Timers } from '#shared/metering/timers'
import { createPolicyCache, type PolicyCache } from '#shared/policy/policy-cache'
import type { PolicyContext } from '#shared/policy/under-policy'
import { createImageModels, imageModelsOf, type SandboxDrawing } from '#shared/providers/image-models'
import { createModerationModels, moderationModelsOf } from '#shared/providers/moderation-models'
import { createOwnRegistries, lazily } from '#shared/providers/own-registries'
import type { ImagesEnv } from './env.ts'
import { createImageHandler } from './handler.ts'
import type { HandlerParts, Registries } from './handler-parts.ts'
import type { ImageJobRecord } from './image-job.ts'
import { createJobIndex, type JobIndex } from './job-index.ts'
import { imageModerationOf, type ImageModeration } from './safety/settings.ts'
import { webhookUrlOf } from './webhooks/webhook-url.ts'

export type ImagesRequest = Context<ServiceEnv<ImagesEnv>>
export type ImageJobs = JobEngine<ImageJobRecord>

/** What comes from outside the service; a test brings its own. */
export interface ImagesCollaborators {
  registriesOf(env: ImagesEnv, organizationId: string, snapshot: PolicySnapshot): Promise<Registries>
  languageOf(text: string): Promise<string | null>
  policies: PolicyCache
  clock: Clock
  timers: Timers
  createId: CreateId
  /** Absent: rows in the database. */
  jobsOf?: (env: ImagesEnv, parts: HandlerParts) => ImageJobs
  indexOf?: (env: ImagesEnv) => JobIndex
}

/** `sandbox`: what draws its pictures, which only a Worker's entry can load. */
export function createCollaborators({ sandbox }: { sandbox?: SandboxDrawing } = {}): ImagesCollaborators {
  const ownRegistries = createOwnRegistries<ImagesEnv, Registries>({
    local: ({ PUBLIC_URL }) => isLocalPlatform(PUBLIC_URL),
    make: (making) =>
      lazily<Registries>({
        images: () => createImageModels({ ...making, ...(sandbox && { sandbox }) }),
        moderations: () => createModerationModels(making),
      }),
  })
  return {
    registriesOf: async (env, organizationId, snapshot) =>
      snapshot.providerKeys.length > 0
        ? ownRegistries(env, organizationId, snapshot)
        : {
            images: imageModelsOf(env, { sandbox }),
            moderations: moderationModelsOf(env),
          },
    languageOf: async (text) => (await detectLanguage(text)).language,
    policies: createPolicyCache(),
    clock: systemClock,
    timers: systemTimers,
    createId: createIds(),
  }
}

export const ledgerOf = (env: ImagesEnv, organizationId: string): LedgerRpc =>
  objectOf(env.LEDGER, { organizationId, settings: env })

const guardrailsOf = (env: ImagesEnv, outside: ImagesCollaborators): Guardrails =>
  createGuardrails({
    moderationsOf: async (organizationId, snapshot) =>
      (await outside.registriesOf(env, organizationId, snapshot)).moderations,
  })

export interface ImageService {
  jobs: ImageJobs
  index: JobIndex
  parts: HandlerParts
}

function build(env: ImagesEnv, outside: ImagesCollaborators): ImageService {
  const { clock, timers, createId, languageOf } = outside
  const logger = createLogger({ service: 'images' })
  const index = outside.indexOf?.(env) ?? createJobIndex(env.DB)
  const parts: HandlerParts = {
    library: env.LIBRARY_RPC,
    ledger: (organizationId) => ledgerOf(env, organizationId),
    registriesOf: (organizationId, snapshot) => outside.registriesOf(env, organizationId, snapshot),
    roleOf: (member) => env.AUTH_RPC.roleOf(member),
    guardrails: guardrailsOf(env, outside),
    writer: env.CHAT_RPC,
    languageOf,
    saveWays: (job, ways) => index.saveWays(job, ways),
    webhookUrl: (vendor, jobId) => webhookUrlOf({ vendor, jobId, settings: env }),
    moderation: imageModerationOf(env),
    createId,
    clock,
    timers,
    logger,
  }
  const jobs =
    outside.jobsOf?.(env, parts) ??
    createJobEngine({
      handler: createImageHandler(parts),
      repository: createJobRepository<ImageJobRecord>({ database: env.DB, table: imageJobs }),
      ledger: parts.ledger,
      alarm: ({ organizationId, jobId }) => objectOf(env.JOB_ALARM, { organizationId, name: jobId, settings: env }),
      queue: env.JOBS,
      feed: (member) =>
        objectOf(env.FEED, { organizationId: member.organizationId, name: feedName(member), settings: env }),
      clock,
      timers,
      createId,
      logger,
    })
  return { jobs, index, parts }
}

const services = new WeakMap<ImagesEnv, WeakMap<ImagesCollaborators, ImageService>>()

/** Made once for each isolate: nothing in it belongs to a request. */
export function serviceOf(env: ImagesEnv, outside: ImagesCollaborators): ImageService {
  const ofEnv = services.get(env) ?? new WeakMap<ImagesCollaborators, ImageService>()
  services.set(env, ofEnv)
  const known = ofEnv.get(outside) ?? build(env, outside)
  ofEnv.set(outside, known)
  return known
}

/** What one request needs. */
export interface ImagesContext extends PolicyContext {
  principal: PayingPrincipal
  requestId: string
  payer: Payer
  ledger: LedgerRpc
  library: LibraryQuestions
  jobs: ImageJobs
  index: JobIndex
  /** For jobs that nobody was told of when they were born. */
  enqueue(message: JobMessage): Promise<unknown>
  registriesOf(snapshot: PolicySnapshot): Promise<Registries>
  guardrails: Guardrails
  moderation: ImageModeration
  writer: WritingQuestions
  languageOf(text: string): Promise<string | null>
  clock: Clock
  timers: Timers
  createId: CreateId
  logger: Logger
  /** Fires when the caller goes away. */
  signal: AbortSignal
  waitUntil(promise: Promise<unknown>): void
}

export function payerOf(principal: PayingPrincipal): Payer {
  switch (principal.kind) {
    case 'user':
      return { kind: 'user', userId: principal.userId, role: principal.role }
    case 'api-key':
      return { kind: 'verified-key', keyId: principal.keyId }
    case 'key-claim':
      return { kind: 'key', keyId: principal.keyId, secretHash: principal.secretHash }
  }
}

export function imagesContext(
  c: ImagesRequest,
  principal: PayingPrincipal,
  outside: ImagesCollaborators,
): ImagesContext {
  const { organizationId } = principal
  const { jobs, index, parts } = serviceOf(c.env, outside)
  const ledger = parts.ledger(organizationId)
  return {
    principal,
    organizationId,
    requestId: c.get('requestId'),
    payer: payerOf(principal),
    policies: outside.policies,
    known: () => refuseStranger(principal, ledger),
    ledger,
    library: parts.library,
    jobs,
    index,
    enqueue: (message) => c.env.JOBS.send(message),
    registriesOf: (snapshot) => parts.registriesOf(organizationId, snapshot),
    guardrails: parts.guardrails,
    moderation: parts.moderation,
    writer: parts.writer,
    languageOf: outside.languageOf,
    clock: outside.clock,
    timers: outside.timers,
    createId: outside.createId,
    logger: c.get('logger'),
    signal: c.req.raw.signal,
    waitUntil: (promise) => c.executionCtx.waitUntil(promise),
  }
}
