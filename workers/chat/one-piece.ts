// A paid call that is answered in one piece and by one model: embeddings and moderations. The same stations as an
// answer's: policy, admission, Idempotency-Key, the vendor, settlement.
import type { PolicySnapshot } from '#shared/contracts/policy'
import type { Usage } from '#shared/lib/money'
import type { CallSize } from '#shared/metering/hold'
import { openMeteredCall, type MeteredCall, type PricedModel } from '#shared/metering/metered-call'
import { toProviderCut } from '#shared/metering/provider-cut'
import { untilStopped } from '#shared/metering/until-stopped'
import type { Warning } from '#shared/providers/spec/language-model'
import { createAnswerHeaders, marksOf } from './answer-headers.ts'
import { both } from './answer-recorders.ts'
import { answerFromCache, createCachedCall, type CachedCall } from './cache/cached-call.ts'
import { cacheSecondsFor, type CacheChoice } from './cache/cache-choice.ts'
import { isRecord, textOf } from './dialects/loose.ts'
import { toBytes } from './dialects/server-sent-events.ts'
import { attemptsContextOf, examine, type GenerateContext } from './generate-context.ts'
import { fingerprintOf } from '#shared/metering/fingerprint'
import { withoutKeeping, type KeptAnswer } from './idempotency/kept-answers.ts'
import { createRecorder } from './idempotency/recorder.ts'
import { admitOnce, replayAnswer, type AdmittedCall } from './idempotency/replay.ts'
import { createTrail, type Trail } from './request-trail.ts'
import { runAttempts } from './routing/attempts.ts'
import { underPolicy } from '#shared/policy/under-policy'

export interface ReadyCall {
  model: PricedModel
  size: CallSize
  /** Once it is admitted, before anything is sent: what must ask somebody else whether it may be. */
  examine?(options: { signal: AbortSignal }): Promise<void>
  /** What guardrails have found in it. */
  findings?(): string[]
  /** Asks the vendor. */
  run(options: { signal: AbortSignal }): Promise<PieceOfAnswer>
}

export interface PieceOfAnswer {
  /** The vendor's count; null where there is none. */
  usage: Usage | null
  warnings: Warning[]
  /** What the caller is sent; told the usage, ours where the vendor has none. */
  toBody(usage: Usage): unknown
}

export interface OnePieceInput {
  requestId: string
  path: string
  body: unknown
  idempotencyKey: string | null
  /** What its headers say of the cache; null: nothing. */
  cacheChoice?: CacheChoice | null
  /** Everything that can be wrong with the request before it costs anything. */
  prepare(snapshot: PolicySnapshot): ReadyCall | Promise<ReadyCall>
}

async function admitted(input: OnePieceInput, ctx: GenerateContext) {
  const { requestId, path, body, idempotencyKey } = input
  const { organizationId, payerId, answers, ledger } = ctx
  return underPolicy<ReadyCall, AdmittedCall | { replay: KeptAnswer }>({
    ctx,
    prepare: input.prepare,
    admit: ({ model, size }, { version }) =>
      admitOnce({
        key: idempotencyKey,
        fingerprint: () => fingerprintOf(path, body),
        open: (idempotent) =>
          openMeteredCall({
            call: {
              requestId,
              model,
              scope: 'chat',
              service: 'chat',
              size,
              policyVersion: version,
              inOnePiece: true,
              ...idempotent,
            },
            ctx,
          }),
        owner: { organizationId, payerId },
        answers,
        ledger,
      }),
  })
}

/** One model, so the same one is asked again where that may help. */
async function ask(ready: ReadyCall, call: MeteredCall, ctx: GenerateContext): Promise<PieceOfAnswer> {
  const { examine: rules, model, size } = ready
  if (rules) await examine(call, { request: null, guard: { examine: (_, options) => rules.call(ready, options) } })
  return runAttempts({
    call,
    first: { model, size, inOnePiece: true },
    rest: [],
    ready: (none: never) => none,
    async run() {
      call.sent()
      try {
        return await untilStopped(call, ready.run({ signal: call.signal }))
      } catch (error) {
        throw call.stopped() ?? toProviderCut(error)
      }
    },
    ctx: attemptsContextOf(ctx),
  })
}

const noStream = () => ''

/** Most organizations log nothing. */
const trailOf = ({ requestId, path, body }: OnePieceInput, ctx: GenerateContext): Trail | null =>
  ctx.requestLog
    ? createTrail({ requestId, path, body, asked: isRecord(body) ? textOf(body['model']) : '', streams: false }, ctx)
    : null

export async function answerInOnePiece({
  input,
  ctx,
}: {
  input: OnePieceInput
  ctx: GenerateContext
}): Promise<Response> {
  const trail = trailOf(input, ctx)
  try {
    const { prepared, snapshot, outcome } = await admitted(input, ctx)
    trail?.begin(snapshot)
    if ('replay' in outcome) return trail ? trail.replayed(replayAnswer(outcome.replay)) : replayAnswer(outcome.replay)
    const { findings } = prepared
    trail?.follow(outcome.call, findings ? { findings } : null)
    const response = await answer({ ...outcome, prepared, snapshot, input, trail, ctx })
    trail?.answered(response)
    return response
  } catch (error) {
    trail?.failed(error)
    throw error
  }
}

interface Answering extends AdmittedCall {
  prepared: ReadyCall
  snapshot: PolicySnapshot
  input: OnePieceInput
  trail: Trail | null
  ctx: GenerateContext
}

async function answer({ call, owner, paidBy, prepared, snapshot, input, trail, ctx }: Answering): Promise<Response> {
  const zeroRetention = snapshot.policy.zero_retention
  const cached = await cachedCallOf({ input, call, zeroRetention, ctx })
  const { findings } = prepared
  const marks = marksOf(cached, paidBy)
  const headersWith = (warnings: string[]) =>
    createAnswerHeaders({ call, streams: false, warnings, standing: ctx.standing, findings, marks })
  const answers = zeroRetention ? withoutKeeping(ctx.answers) : ctx.answers
  const kept = (sent: Record<string, string>) =>
    owner ? createRecorder({ call, owner, answers, headers: sent, errorEvent: noStream }).record : undefined
  const hit = await cached?.find()
  if (hit) {
    trail?.hit()
    const { clock, hitPricePercent = 0 } = ctx
    const record = both(kept, trail?.recorder)
    return answerFromCache({ call, hit, headers: headersWith([]), record, ctx: { clock, hitPricePercent } })
  }
  const piece = await ask(prepared, call, ctx)
  call.tallyWith(() => ({
    usage: piece.usage,
    promptUsage: null,
    outputTokens: 0,
    delivered: true,
    begun: true,
  }))
  const usage = piece.usage ?? { input_tokens: call.promptTokens }
  const text = JSON.stringify(piece.toBody(usage))
  const headers = headersWith(piece.warnings.map(({ parameter, message }) => `${parameter}: ${message}`))
  both(both(kept, cached?.recorder), trail?.recorder)(headers.with({}))?.(toBytes(text))
  const charge = call.end('complete')
  return new Response(text, { headers: headers.with({ costMicros: charge?.amountMicros ?? 0 }) })
}

interface CacheInput {
  input: OnePieceInput
  call: MeteredCall
  zeroRetention: boolean
  ctx: GenerateContext
}

function cachedCallOf({ input, call, zeroRetention, ctx }: CacheInput): Promise<CachedCall> | null {
  const seconds = cacheSecondsFor(input.cacheChoice ?? null, { keySeconds: call.keyCacheSeconds, zeroRetention })
  if (seconds === null || !ctx.cache) return null
  const about = { path: input.path, asked: input.body, model: call.model.id }
  return createCachedCall({ call, seconds, about, mayKeep: () => true, ctx: { ...ctx, cache: ctx.cache } })
}
