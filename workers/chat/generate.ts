// One paid answer on the public API, in the caller's dialect: validated, sized, admitted, then passed through
// untranslated where the vendor speaks that dialect itself, and translated where it does not.
import type { PolicySnapshot } from '#shared/contracts/policy'
import { isProblem, type Problem } from '#shared/http/problems'
import { openMeteredCall, type CallInput, type MeteredCall } from '#shared/metering/metered-call'
import { createAnswerHeaders, marksOf } from './answer-headers.ts'
import { both, type RecorderFor } from './answer-recorders.ts'
import { answerFromCache, createCachedCall, type CachedCall } from './cache/cached-call.ts'
import { cacheSecondsFor, type CacheChoice } from './cache/cache-choice.ts'
import type { ChatDialect } from './dialects/dialect.ts'
import {
  attemptsContextOf,
  examine,
  guardOf,
  registryOf,
  restingUnder,
  type GenerateContext,
} from './generate-context.ts'
import { fingerprintOf } from '#shared/metering/fingerprint'
import { withoutKeeping } from './idempotency/kept-answers.ts'
import { createRecorder } from './idempotency/recorder.ts'
import { admitOnce, replayAnswer, type AdmittedCall } from './idempotency/replay.ts'
import { namespaceRequest } from './namespace-end-user.ts'
import {
  passOver,
  prepareAnswer,
  reasonsUnseen,
  type AskedAnswer,
  type PreparedAnswer,
  type ReadyCandidate,
} from './prepare-answer.ts'
import { relayAnswer } from './relay/relay-answer.ts'
import { createTrail, isLogged, type Trail, type TrailBegin } from './request-trail.ts'
import { runAttempts } from './routing/attempts.ts'
import { underPolicy } from '#shared/policy/under-policy'
import { translateAnswer } from './translate-answer.ts'

export interface GenerateInput<Body> {
  dialect: ChatDialect<Body>
  requestId: string
  asked: AskedAnswer<Body>
  idempotencyKey: string | null
  /** What its headers say of the cache; null: nothing. */
  cacheChoice?: CacheChoice | null
  /** The caller's headers that a vendor of the same dialect understands. */
  vendorHeaders?: Record<string, string>
  /** Said to the caller beside what the translation says. */
  warnings?: string[]
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
    restsForMs: restingUnder(ctx),
  })
}

/** The body alone would say the same of two requests that name different fallbacks. */
const whatIsAsked = <Body>({ asked }: GenerateInput<Body>): unknown =>
  asked.choice ? { body: asked.body, routing: asked.choice } : asked.body

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

/** Refused for the sake of this one model: another that was named may still do. */
const isOfModel = (error: unknown): boolean =>
  isProblem(error) &&
  (error.code === 'model_not_allowed' ||
    error.code === 'model_not_in_plan' ||
    [error.details.facts?.['budget'], error.details.facts?.['limit']].some((of) => String(of).startsWith('model')))

async function admit<Body>(asSent: GenerateInput<Body>, input: GenerateInput<Body>, ctx: GenerateContext) {
  const { dialect, requestId, idempotencyKey } = input
  const { organizationId, payerId, answers, ledger } = ctx
  const open = (
    { model, size, inOnePiece }: ReadyCandidate,
    { version }: PolicySnapshot,
    idempotent: Pick<CallInput, 'idempotency' | 'paidBefore'>,
  ) =>
    openMeteredCall({
      call: {
        requestId,
        model,
        scope: 'chat',
        service: 'chat',
        size,
        policyVersion: version,
        inOnePiece,
        ...idempotent,
      },
      ctx,
    })
  const openFirst = async (
    prepared: PreparedAnswer,
    snapshot: PolicySnapshot,
    idempotent: Pick<CallInput, 'idempotency' | 'paidBefore'>,
  ) => {
    for (;;) {
      try {
        return await open(prepared.first, snapshot, idempotent)
      } catch (error) {
        if (!isOfModel(error) || !passOver(prepared)) throw error
      }
    }
  }
  return underPolicy({
    ctx,
    prepare: (snapshot) => prepare(input, snapshot, ctx),
    admit: (prepared, snapshot) =>
      admitOnce({
        key: idempotencyKey,
        // Of what was sent: what is kept here may have changed since.
        fingerprint: () => fingerprintOf(dialect.path, whatIsAsked(asSent)),
        open: (idempotent) => openFirst(prepared, snapshot, idempotent),
        owner: { organizationId, payerId },
        answers,
        ledger,
      }),
  })
}

const trailOf = <Body>({ dialect, requestId, asked: { body } }: GenerateInput<Body>): TrailBegin => ({
  requestId,
  path: dialect.path,
  body,
  asked: dialect.modelOf(body),
  streams: dialect.streams(body),
})

export async function generateAnswer<Body>({
  input: asSent,
  ctx,
}: {
  input: GenerateInput<Body>
  ctx: GenerateContext
}): Promise<Response> {
  const startedAt = ctx.clock()
  const trailUnder = (snapshot: PolicySnapshot) =>
    isLogged(snapshot) && ctx.requestLog ? createTrail(trailOf(asSent), ctx, startedAt) : null
  let trail: Trail | null = null
  let call: MeteredCall | null = null
  try {
    const input = asSent.dialect.complete ? await completed(asSent, ctx) : asSent
    const admitted = await admit(asSent, input, ctx)
    const { outcome, snapshot } = admitted
    trail = trailUnder(snapshot)
    trail?.begin(snapshot)
    if ('replay' in outcome) return trail ? trail.replayed(replayAnswer(outcome.replay)) : replayAnswer(outcome.replay)
    call = outcome.call
    trail?.follow(call, admitted.prepared.guard)
    const response = await answer({ ...admitted, ...outcome, input, trail, ctx })
    trail?.answered(response)
    return response
  } catch (error) {
    // Whatever went wrong, nothing stays held.
    call?.end('failed')
    trail ??= trailUnder(ctx.policies.of(ctx.organizationId))
    trail?.failed(error)
    throw error
  }
}

interface Answering<Body> extends AdmittedCall {
  prepared: PreparedAnswer
  snapshot: PolicySnapshot
  input: GenerateInput<Body>
  trail: Trail | null
  ctx: GenerateContext
}

/** What the cache has for this call, and what would keep its answer; null where it is not for it, as mostly. */
function cachedCallOf<Body>({ prepared, snapshot, call, input, ctx }: Answering<Body>): Promise<CachedCall> | null {
  const { first, guard } = prepared
  const zeroRetention = snapshot.policy.zero_retention
  const seconds = cacheSecondsFor(input.cacheChoice ?? null, { keySeconds: call.keyCacheSeconds, zeroRetention })
  if (seconds === null || !ctx.cache) return null
  const { dialect, vendorHeaders = {} } = input
  const rules = guard ? snapshot.version : 0
  const about = { path: dialect.path, asked: whatIsAsked(input), model: first.model.id, vendorHeaders, rules }
  return createCachedCall({
    call,
    seconds,
    about,
    mayKeep: () => !guard || guard.findings().length === 0,
    ctx: { ...ctx, cache: ctx.cache },
  })
}

/** Keeps the answer for its Idempotency-Key, where the caller sent one. */
function keptFor<Body>({ call, owner, snapshot, input, ctx }: Answering<Body>): RecorderFor | undefined {
  if (!owner) return undefined
  const { dialect, requestId } = input
  // Nothing of an answer is kept where the organization wants nothing kept; its key is used all the same.
  const answers = snapshot.policy.zero_retention ? withoutKeeping(ctx.answers) : ctx.answers
  const errorEvent = (problem: Problem) => dialect.errorEvent(problem, requestId)
  return (headers) => createRecorder({ call, owner, answers, headers, errorEvent }).record
}

async function answer<Body>(answering: Answering<Body>): Promise<Response> {
  const { call, paidBy, prepared, snapshot, input, trail, ctx } = answering
  const { dialect, requestId, asked, vendorHeaders, warnings } = input
  const { body } = asked
  const { first, rest, ready, guard, request, routed } = prepared
  const caching = cachedCallOf(answering)
  const cached = caching && (await caching)
  const headers = createAnswerHeaders({
    call,
    streams: dialect.streams(body),
    warnings: warnings ? [...warnings, ...prepared.warnings] : prepared.warnings,
    standing: ctx.standing,
    marks: marksOf(cached, paidBy),
    findings: guard?.findings,
  })
  const kept = keptFor(answering)
  const hit = cached && (await cached.find())
  if (hit) {
    trail?.hit()
    const { clock, hitPricePercent = 0 } = ctx
    return answerFromCache({ call, hit, headers, record: both(kept, trail?.recorder), ctx: { clock, hitPricePercent } })
  }
  if (guard?.examine) await examine(call, prepared)
  const { organizationId, clock } = ctx
  const common = {
    call,
    organizationId,
    dialect,
    body,
    headers,
    errorEvent: (problem: Problem) => dialect.errorEvent(problem, requestId),
    recorderFor: both(both(kept, cached?.recorder), trail?.recorder),
    keep: dialect.keeperOf?.(body, { ...ctx, policy: snapshot.policy, userId: call.userId }) ?? null,
    routed,
    clock,
  }
  const run = async ({ native, language, model }: ReadyCandidate) => {
    const countsUnseen = reasonsUnseen(model, request)
    if (native) return relayAnswer({ ...common, native, vendorHeaders, countsUnseen })
    const translation = { ...prepared.translation, request: await namespaceRequest(request, organizationId) }
    return translateAnswer({ ...common, language, translation, guard, countsUnseen })
  }
  return runAttempts({ call, first, rest, ready, run, ctx: attemptsContextOf(ctx) })
}
