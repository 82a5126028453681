// One paid answer on the public API, in the caller's dialect: validated, sized, admitted, then passed through
// untranslated where the vendor speaks that dialect itself, and translated where it does not.
import { invalidRequest, unsupportedParameter } from '#shared/http/problems'
import type { CallSize } from '#shared/metering/hold'
import { isRefusal, openMeteredCall, type MeterContext, type PricedModel } from '#shared/metering/metered-call'
import type { LanguageModels } from '#shared/providers/language-models'
import type { LedgerRpc } from '#shared/contracts/ledger'
import type { LanguageModel, NativeEndpoint } from '#shared/providers/spec/language-model'
import { createAnswerHeaders } from './answer-headers.ts'
import type { ChatDialect } from './dialects/dialect.ts'
import type { Translation } from './dialects/translation.ts'
import { fingerprintOf } from './idempotency/fingerprint.ts'
import type { AnswerOwner, KeptAnswers } from './idempotency/kept-answers.ts'
import { createRecorder } from './idempotency/recorder.ts'
import { admitOnce, replayAnswer } from './idempotency/replay.ts'
import { checkAbilities, requirePriced, sizeOf } from './prepare-call.ts'
import { relayAnswer } from './relay/relay-answer.ts'
import { translateAnswer } from './translate-answer.ts'

export interface GenerateInput<Body> {
  dialect: ChatDialect<Body>
  requestId: string
  prepared: PreparedAnswer<Body>
  idempotencyKey: string | null
  /** The caller's headers that a vendor of the same dialect understands. */
  vendorHeaders?: Record<string, string>
  /** Said to the caller beside what the translation says. */
  warnings?: string[]
}

export interface GenerateContext extends MeterContext {
  ledger: MeterContext['ledger'] & Pick<LedgerRpc, 'awaitSettlement'>
  models: LanguageModels
  answers: KeptAnswers
  organizationId: string
  /** The key's or member's id. */
  payerId: string
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalidRequest(text.trim() === '' ? 'The body is empty; JSON was expected.' : 'The body is not valid JSON.')
  }
}

function refuseUnknown<Body>(dialect: ChatDialect<Body>, body: Body, native: NativeEndpoint | null) {
  const [unknown] = native?.takesUnknownParameters ? [] : dialect.unknownParameters(body)
  if (unknown !== undefined) throw unsupportedParameter(unknown, `This model does not know the parameter “${unknown}”.`)
}

const unreadBy = <Body>(native: NativeEndpoint, dialect: ChatDialect<Body>, body: Body): number =>
  native.takesUnknownParameters ? dialect.unreadCharacters(body) : 0

export interface PreparedAnswer<Body> {
  body: Body
  model: PricedModel
  language: LanguageModel
  /** Where the vendor speaks the caller's dialect. */
  native: NativeEndpoint | null
  translation: Translation
  size: CallSize
}

/** Everything that can be wrong with a request before it costs anything. */
export function prepareAnswer<Body>({
  dialect,
  text,
  models,
}: {
  dialect: ChatDialect<Body>
  text: string
  models: LanguageModels
}): PreparedAnswer<Body> {
  const body = dialect.parse(parseJson(text))
  const { model: found, language } = models.resolve(dialect.modelOf(body))
  const model = requirePriced(found)
  const native = language.native?.dialect === dialect.name ? language.native : null
  const translation = dialect.toLanguageRequest(body)
  refuseUnknown(dialect, body, native)
  if (!native && translation.untranslatable) throw translation.untranslatable
  checkAbilities(model, translation.request)
  const size = sizeOf({
    model,
    request: translation.request,
    answers: dialect.answers(body),
    extraCharacters: native ? translation.extraCharacters + unreadBy(native, dialect, body) : 0,
  })
  return { body, model, language, native, translation, size }
}

export async function generateAnswer<Body>({
  input,
  ctx,
}: {
  input: GenerateInput<Body>
  ctx: GenerateContext
}): Promise<Response> {
  const { dialect, requestId, idempotencyKey } = input
  const { body, model, language, native, translation, size } = input.prepared
  const idempotency =
    idempotencyKey === null ? undefined : { key: idempotencyKey, fingerprint: await fingerprintOf(dialect.path, body) }
  const admit = () =>
    openMeteredCall({
      call: {
        requestId,
        model,
        scope: 'chat',
        service: 'chat',
        size,
        idempotency,
        inOnePiece: native !== null && !dialect.streams(body),
      },
      ctx,
    })
  const call = await admitOnce({ admit, ledger: ctx.ledger })
  const owner = (key: string): AnswerOwner => ({ organizationId: ctx.organizationId, payerId: ctx.payerId, key })
  if (isRefusal(call)) return replayAnswer({ refusal: call, owner: owner(idempotencyKey ?? ''), answers: ctx.answers })

  const errorEvent = (problem: Parameters<typeof dialect.errorEvent>[0]) => dialect.errorEvent(problem, requestId)
  const headers = createAnswerHeaders({ call, streams: dialect.streams(body), warnings: input.warnings ?? [] })
  const recorderFor = (sent: Record<string, string>) =>
    idempotencyKey === null
      ? undefined
      : createRecorder({ call, owner: owner(idempotencyKey), answers: ctx.answers, headers: sent, errorEvent }).record
  return native
    ? relayAnswer({ call, native, dialect, body, headers, errorEvent, recorderFor, vendorHeaders: input.vendorHeaders })
    : translateAnswer({
        call,
        language,
        dialect,
        body,
        translation,
        headers,
        errorEvent,
        recorderFor,
        clock: ctx.clock,
      })
}
