// One paid answer on the public API, in the caller's dialect: validated, sized, admitted, then passed through
// untranslated where the vendor speaks that dialect itself, and translated where it does not.
import type { LedgerRpc } from '#shared/contracts/ledger'
import type { ModelRoute, PolicySnapshot } from '#shared/contracts/policy'
import {
  isRefusal,
  openMeteredCall,
  type MeterContext,
  type MeteredCall,
  type PricedModel,
} from '#shared/metering/metered-call'
import type { LanguageModels } from '#shared/providers/language-models'
import { systemTimers } from '#shared/metering/timers'
import { untilStopped } from '#shared/metering/until-stopped'
import { createAnswerHeaders } from './answer-headers.ts'
import type { ChatDialect } from './dialects/dialect.ts'
import type { Guardrails, RequestLog } from './hooks.ts'
import { fingerprintOf } from './idempotency/fingerprint.ts'
import type { AnswerOwner, KeptAnswers } from './idempotency/kept-answers.ts'
import { createRecorder } from './idempotency/recorder.ts'
import { admitOnce, replayAnswer } from './idempotency/replay.ts'
import { prepareAnswer, type AskedAnswer, type PreparedAnswer, type ReadyCandidate } from './prepare-answer.ts'
import type { OwnRegistries } from './own-keys/own-models.ts'
import { relayAnswer } from './relay/relay-answer.ts'
import type { StoredResponses } from './responses/stored-responses.ts'
import { runAttempts, type AttemptsContext } from './routing/attempts.ts'
import type { Circuits } from './routing/circuits.ts'
import { underPolicy, type PolicyContext } from './routing/under-policy.ts'
import { translateAnswer } from './translate-answer.ts'

export interface GenerateInput<Body> {
  dialect: ChatDialect<Body>
  requestId: string
  asked: AskedAnswer<Body>
  idempotencyKey: string | null
  /** The caller's headers that a vendor of the same dialect understands. */
  vendorHeaders?: Record<string, string>
  /** Said to the caller beside what the translation says. */
  warnings?: string[]
}

/** What deciding who may answer needs. */
export interface RoutingContext extends PolicyContext {
  models: LanguageModels
  /** What an organization that brings vendors' keys of its own can call; absent: nobody can bring any. */
  ownModels?: (snapshot: PolicySnapshot) => Promise<OwnRegistries>
  platformRoutes: ReadonlyMap<string, ModelRoute>
  random: () => number
  circuits: Circuits
  guardrails?: Guardrails
}

export interface GenerateContext extends MeterContext, RoutingContext {
  ledger: MeterContext['ledger'] & Pick<LedgerRpc, 'awaitSettlement' | 'policy'>
  answers: KeptAnswers
  /** The key's or member's id. */
  payerId: string
  requestLog?: RequestLog
  responses: StoredResponses
  /** What every answer of this entrance says, where this Worker is its own. */
  standing?: Readonly<Record<string, string>>
}

/** Null where the organization brings no key of its own, as most do: the platform's registries are theirs. */
export const ownRegistriesOf = (snapshot: PolicySnapshot, { ownModels }: Pick<RoutingContext, 'ownModels'>) =>
  snapshot.providerKeys.length > 0 && ownModels ? ownModels(snapshot) : null

/** What an organization can call under this policy, mostly without a wait. */
export const registryOf = (snapshot: PolicySnapshot, ctx: Pick<RoutingContext, 'models' | 'ownModels'>) =>
  ownRegistriesOf(snapshot, ctx)?.then(({ language }) => language) ?? ctx.models

export const guardOf = (requestId: string, snapshot: PolicySnapshot, { guardrails, organizationId }: RoutingContext) =>
  snapshot.policy.guardrails.length > 0 ? (guardrails?.({ organizationId, requestId, snapshot }) ?? null) : null

/** An organization's own key has a circuit of its own: what it is refused says nothing to the others. */
const circuitNameOf = ({ vendor }: Pick<PricedModel, 'vendor'>, snapshot: PolicySnapshot, organizationId: string) =>
  snapshot.providerKeys.some((own) => own.vendor === vendor) ? `${organizationId}/${vendor}` : vendor

export const attemptsContextOf = (
  snapshot: PolicySnapshot,
  { circuits, organizationId, timers = systemTimers, random }: RoutingContext & Pick<MeterContext, 'timers'>,
): AttemptsContext => ({
  circuits,
  circuitOf: (model) => circuitNameOf(model, snapshot, organizationId),
  timers,
  random,
})

/** Whom nobody is sent to for the moment, and for how long; null where that is nobody. */
export const restingUnder =
  (snapshot: PolicySnapshot, { circuits, organizationId }: RoutingContext) =>
  (model: PricedModel): number =>
    circuits.restsForMs(circuitNameOf(model, snapshot, organizationId))

/** What must ask somebody else whether the request may be sent: nothing was sent yet, so nothing is charged. */
export async function examine(call: MeteredCall, { guard, request }: Pick<PreparedAnswer, 'guard' | 'request'>) {
  if (!guard?.examine) return
  try {
    await untilStopped(call, guard.examine(request, { signal: call.signal }))
  } catch (error) {
    call.end('failed')
    throw error
  }
}

async function prepare<Body>(
  { dialect, asked, requestId }: GenerateInput<Body>,
  snapshot: PolicySnapshot,
  ctx: GenerateContext,
): Promise<PreparedAnswer> {
  return prepareAnswer({
    dialect,
    asked,
    snapshot,
    models: await registryOf(snapshot, ctx),
    guard: guardOf(requestId, snapshot, ctx),
    platformRoutes: ctx.platformRoutes,
    random: ctx.random,
    restsForMs: restingUnder(snapshot, ctx),
  })
}

/** The body alone would say the same of two requests that name different fallbacks. */
const fingerprintFor = <Body>({ dialect, asked }: GenerateInput<Body>): Promise<string> =>
  fingerprintOf(dialect.path, asked.choice ? { body: asked.body, routing: asked.choice } : asked.body)

/** What the body only names is read before anything else is made of it. */
async function completed<Body>(input: GenerateInput<Body>, ctx: GenerateContext): Promise<GenerateInput<Body>> {
  const { dialect, asked } = input
  if (!dialect.complete) return input
  try {
    return { ...input, asked: { ...asked, body: await dialect.complete(asked.body, ctx) } }
  } catch (error) {
    await ctx.known()
    throw error
  }
}

export async function generateAnswer<Body>({
  input: asSent,
  ctx,
}: {
  input: GenerateInput<Body>
  ctx: GenerateContext
}): Promise<Response> {
  const { dialect, requestId, idempotencyKey } = asSent
  const idempotency =
    idempotencyKey === null ? undefined : { key: idempotencyKey, fingerprint: await fingerprintFor(asSent) }
  const input = dialect.complete ? await completed(asSent, ctx) : asSent
  const { body } = input.asked
  const admit = ({ first: { model, size, inOnePiece } }: PreparedAnswer, { version }: PolicySnapshot) =>
    openMeteredCall({
      call: {
        requestId,
        model,
        scope: 'chat',
        service: 'chat',
        size,
        idempotency,
        policyVersion: version,
        inOnePiece,
      },
      ctx,
    })
  const {
    prepared,
    snapshot,
    outcome: call,
  } = await underPolicy({
    ctx,
    prepare: (snapshot) => prepare(input, snapshot, ctx),
    admit: (ready, snapshot) => admitOnce({ admit: () => admit(ready, snapshot), ledger: ctx.ledger }),
  })
  const owner = (key: string): AnswerOwner => ({ organizationId: ctx.organizationId, payerId: ctx.payerId, key })
  if (isRefusal(call)) return replayAnswer({ refusal: call, owner: owner(idempotencyKey ?? ''), answers: ctx.answers })

  await examine(call, prepared)
  const { first, rest, ready, guard, request, routed, warnings } = prepared
  const translation = { ...prepared.translation, request }
  const keep = dialect.keeperOf?.(body, { ...ctx, policy: snapshot.policy, userId: call.userId }) ?? null
  const errorEvent = (problem: Parameters<typeof dialect.errorEvent>[0]) => dialect.errorEvent(problem, requestId)
  const headers = createAnswerHeaders({
    call,
    streams: dialect.streams(body),
    warnings: [...(input.warnings ?? []), ...warnings],
    standing: ctx.standing,
  })
  const recorderFor = (sent: Record<string, string>) =>
    idempotencyKey === null
      ? undefined
      : createRecorder({ call, owner: owner(idempotencyKey), answers: ctx.answers, headers: sent, errorEvent }).record
  const answer = { call, dialect, body, headers, errorEvent, recorderFor, keep, routed, clock: ctx.clock }
  const run = ({ native, language }: ReadyCandidate) =>
    native
      ? relayAnswer({ ...answer, native, vendorHeaders: input.vendorHeaders })
      : translateAnswer({ ...answer, language, translation, guard })
  return runAttempts({ call, first, rest, ready, run, ctx: attemptsContextOf(snapshot, ctx) })
}
