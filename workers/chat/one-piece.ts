// A paid call that is answered in one piece and by one model: embeddings and moderations. The same stations as an
// answer's: policy, admission, Idempotency-Key, the vendor, settlement.
import type { PolicySnapshot } from '#shared/contracts/policy'
import type { Usage } from '#shared/lib/money'
import type { CallSize } from '#shared/metering/hold'
import {
  isRefusal,
  openMeteredCall,
  type MeteredCall,
  type PolicyRefusal,
  type PricedModel,
} from '#shared/metering/metered-call'
import { toProviderCut } from '#shared/metering/provider-cut'
import { untilStopped } from '#shared/metering/until-stopped'
import type { Warning } from '#shared/providers/spec/language-model'
import { createAnswerHeaders } from './answer-headers.ts'
import { toBytes } from './dialects/server-sent-events.ts'
import type { GenerateContext } from './generate-context.ts'
import { fingerprintOf } from './idempotency/fingerprint.ts'
import type { AnswerOwner } from './idempotency/kept-answers.ts'
import { createRecorder } from './idempotency/recorder.ts'
import { admitOnce, replayAnswer } from './idempotency/replay.ts'
import { underPolicy } from './routing/under-policy.ts'

export interface ReadyCall {
  model: PricedModel
  size: CallSize
  /** Once it is admitted, before anything is sent: what must ask somebody else whether it may be. */
  examine?(options: { signal: AbortSignal }): Promise<void>
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
  /** Everything that can be wrong with the request before it costs anything. */
  prepare(snapshot: PolicySnapshot): ReadyCall | Promise<ReadyCall>
}

async function admitted(input: OnePieceInput, ctx: GenerateContext) {
  const { requestId, path, body, idempotencyKey } = input
  const idempotency =
    idempotencyKey === null ? undefined : { key: idempotencyKey, fingerprint: await fingerprintOf(path, body) }
  const admit = ({ model, size }: ReadyCall, { version }: PolicySnapshot) =>
    openMeteredCall({
      call: {
        requestId,
        model,
        scope: 'chat',
        service: 'chat',
        size,
        idempotency,
        policyVersion: version,
        inOnePiece: true,
      },
      ctx,
    })
  return underPolicy<ReadyCall, Exclude<Awaited<ReturnType<typeof admitOnce>>, PolicyRefusal>>({
    ctx,
    prepare: input.prepare,
    admit: (ready, snapshot) => admitOnce({ admit: () => admit(ready, snapshot), ledger: ctx.ledger }),
  })
}

async function ask(ready: ReadyCall, call: MeteredCall): Promise<PieceOfAnswer> {
  try {
    if (ready.examine) await untilStopped(call, ready.examine({ signal: call.signal }))
    call.sent()
    return await untilStopped(call, ready.run({ signal: call.signal }))
  } catch (error) {
    call.end('failed')
    throw call.stopped() ?? toProviderCut(error)
  }
}

const noStream = () => ''

export async function answerInOnePiece({
  input,
  ctx,
}: {
  input: OnePieceInput
  ctx: GenerateContext
}): Promise<Response> {
  const { prepared, outcome: call } = await admitted(input, ctx)
  const { organizationId, payerId, answers } = ctx
  const owner: AnswerOwner = { organizationId, payerId, key: input.idempotencyKey ?? '' }
  if (isRefusal(call)) return replayAnswer({ refusal: call, owner, answers })
  const answer = await ask(prepared, call)
  call.tallyWith(() => ({
    usage: answer.usage,
    promptUsage: null,
    outputTokens: 0,
    delivered: true,
    begun: true,
  }))
  const usage = answer.usage ?? { input_tokens: call.promptTokens }
  const text = JSON.stringify(answer.toBody(usage))
  const warnings = answer.warnings.map(({ parameter, message }) => `${parameter}: ${message}`)
  const headers = createAnswerHeaders({ call, streams: false, warnings })
  if (input.idempotencyKey !== null)
    createRecorder({ call, owner, answers, headers: headers.with({}), errorEvent: noStream }).record(toBytes(text))
  const charge = call.end('complete')
  return new Response(text, { headers: headers.with({ costMicros: charge?.amountMicros ?? 0 }) })
}
