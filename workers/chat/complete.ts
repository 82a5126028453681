// One metered answer as a stream of events: for everything inside the house that asks a model (conversations,
// titles, summaries) and for callers whose dialect the vendor does not speak.
import { estimateTextTokens } from '#shared/catalog/estimate-tokens'
import type { CatalogModel } from '#shared/contracts/model'
import type { Scope } from '#shared/contracts/permissions'
import { toAdmissionProblem } from '#shared/metering/admission-problem'
import { isRefusal, openMeteredCall, type MeterContext, type Settled } from '#shared/metering/metered-call'
import { meteredEvents } from '#shared/metering/metered-events'
import type { LanguageModels } from '#shared/providers/language-models'
import type { LanguageEvent, LanguageRequest, Warning } from '#shared/providers/spec/language-model'
import { openStream } from './open-stream.ts'
import { checkAbilities, requirePriced, sizeOf } from './prepare-call.ts'

export interface CompleteInput {
  /** Names the hold and the charge. */
  requestId: string
  /** `vendor/name`, or a bare name that one vendor has. */
  model: string
  request: LanguageRequest
  service: 'chat'
  /** What an API key needs to be allowed; `chat` where it is not said. */
  scope?: Scope
  purpose?: 'answer' | 'title' | 'summary'
}

/** `signal` fires when the caller goes away or says stop; what was passed on until then is charged. */
export interface CompleteContext extends MeterContext {
  models: LanguageModels
}

export interface Completion {
  /** Throws a Problem where the provider breaks off. Ends with `finish` where the answer is complete. */
  events: AsyncIterable<LanguageEvent>
  warnings: Warning[]
  model: CatalogModel
  /** The most that this answer may be long; `shortened` where the credit, not the caller, decided. */
  maxOutputTokens: number
  shortened: boolean
  settled: Promise<Settled>
}

export async function complete({ input, ctx }: { input: CompleteInput; ctx: CompleteContext }): Promise<Completion> {
  const { model: found, language } = ctx.models.resolve(input.model)
  const model = requirePriced(found)
  checkAbilities(model, input.request)
  const size = sizeOf({ model, request: input.request })
  const call = await openMeteredCall({
    call: { requestId: input.requestId, model, scope: input.scope ?? 'chat', service: input.service, size },
    ctx,
  })
  if (isRefusal(call)) throw toAdmissionProblem(call)
  const stream = await openStream({ call, language, request: input.request })
  return {
    events: meteredEvents({ call, events: stream.events, estimateText: estimateTextTokens }),
    warnings: stream.warnings,
    model,
    maxOutputTokens: call.maxOutputTokens,
    shortened: call.shortened,
    settled: call.settled,
  }
}
