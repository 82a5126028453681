// One paid answer on the public API, in the caller's dialect: validated, sized, admitted, then passed through
// untranslated where the vendor speaks that dialect itself, and translated where it does not.
import type { PolicySnapshot } from '#shared/contracts/policy'
import { isRefusal, openMeteredCall } from '#shared/metering/metered-call'
import { createAnswerHeaders } from './answer-headers.ts'
import type { ChatDialect } from './dialects/dialect.ts'
import {
  attemptsContextOf,
  examine,
  guardOf,
  registryOf,
  restingUnder,
  type GenerateContext,
} from './generate-context.ts'
import { fingerprintOf } from './idempotency/fingerprint.ts'
import type { AnswerOwner } from './idempotency/kept-answers.ts'
import { createRecorder } from './idempotency/recorder.ts'
import { admitOnce, replayAnswer } from './idempotency/replay.ts'
import { prepareAnswer, type AskedAnswer, type PreparedAnswer, type ReadyCandidate } from './prepare-answer.ts'
import { relayAnswer } from './relay/relay-answer.ts'
import { runAttempts } from './routing/attempts.ts'
import { underPolicy } from './routing/under-policy.ts'
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
  return runAttempts({ call, first, rest, ready, run, ctx: attemptsContextOf(ctx) })
}
