// What a Worker that works at image jobs is given: interfaces alone, so that a test brings its own.
import type { LedgerRpc, Payer } from '#shared/contracts/ledger'
import type { LibraryQuestions } from '#shared/contracts/library'
import type { VendorId } from '#shared/contracts/model'
import type { Role } from '#shared/contracts/permissions'
import type { PolicySnapshot } from '#shared/contracts/policy'
import type { WritingQuestions } from '#shared/contracts/writing'
import type { Guard, Guardrails } from '#shared/guardrails/guard-types'
import type { Logger } from '#shared/http/log'
import { permissionDenied } from '#shared/http/problems'
import type { JobTools } from '#shared/jobs/handler'
import type { Clock } from '#shared/lib/clock'
import type { CreateId } from '#shared/lib/ids'
import type { MeterContext } from '#shared/metering/metered-call'
import type { Timers } from '#shared/metering/timers'
import type { ImageModels } from '#shared/providers/image-models'
import type { ModerationModels } from '#shared/providers/moderation-models'
import type { ImageJob } from './image-job.ts'
import type { FoundWays } from './job-index.ts'
import type { ImageModeration } from './safety/settings.ts'

/** What an organization can call: the platform's models, or its own keys' in their place. */
export interface Registries {
  images: ImageModels
  moderations: ModerationModels
}

export interface HandlerParts {
  library: LibraryQuestions
  ledger(organizationId: string): LedgerRpc
  registriesOf(organizationId: string, snapshot: PolicySnapshot): Promise<Registries>
  roleOf(input: { organizationId: string; userId: string }): Promise<Role | null>
  guardrails: Guardrails
  /** Who translates what a model could not read. */
  writer: WritingQuestions
  /** BCP-47; null where nobody can tell. */
  languageOf(text: string): Promise<string | null>
  saveWays(job: ImageJob, ways: FoundWays): Promise<void>
  /** Null where the vendor could not reach it. */
  webhookUrl(vendor: VendorId, jobId: string): string | null
  moderation: ImageModeration
  createId: CreateId
  clock: Clock
  timers: Timers
  logger: Logger
}

/** Who asked, as a payer of what is asked on the side. */
async function payerOf({ keyId, organizationId, userId }: ImageJob, parts: HandlerParts): Promise<Payer> {
  if (keyId !== null) return { kind: 'verified-key', keyId }
  const role = await parts.roleOf({ organizationId, userId })
  if (role === null) throw permissionDenied('images.use')
  return { kind: 'user', userId, role }
}

export interface StepContext {
  snapshot: PolicySnapshot
  registries: Registries
  /** Looked up where something is asked on the side, which is seldom. */
  payer(): Promise<Payer>
  guard: Guard | null
}

/** What one step of a job needs; what it leaves to be done after is awaited, for no request outlives it. */
export async function inStep<T>(
  job: ImageJob,
  tools: Pick<JobTools, 'signal'>,
  parts: HandlerParts,
  step: (ctx: StepContext) => Promise<T>,
): Promise<T> {
  const { organizationId, requestId } = job
  const ledger = parts.ledger(organizationId)
  const snapshot = await ledger.policy()
  const left: Promise<unknown>[] = []
  const payer = () => payerOf(job, parts)
  const meterOf = async (): Promise<MeterContext> => ({
    ledger,
    payer: await payer(),
    signal: tools.signal,
    waitUntil: (promise) => void left.push(promise),
    clock: parts.clock,
    timers: parts.timers,
    logger: parts.logger,
  })
  const guard =
    snapshot.policy.guardrails.length > 0
      ? parts.guardrails({ organizationId, requestId, snapshot, meter: await meterOf() })
      : null
  try {
    return await step({ snapshot, registries: await parts.registriesOf(organizationId, snapshot), payer, guard })
  } finally {
    await Promise.allSettled(left)
  }
}

/** Whether the organization has what comes back judged before anybody sees it. */
export const judgesResults = ({ policy }: PolicySnapshot): boolean =>
  policy.guardrails.some((rule) => rule.type === 'moderation' && rule.action === 'block' && rule.stage !== 'input')
