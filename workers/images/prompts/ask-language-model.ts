// One metered question to a language model, answered as a whole.
import { estimateTextTokens, sizeRequest } from '#shared/catalog/estimate-tokens'
import { Problem } from '#shared/http/problems'
import { toAdmissionProblem } from '#shared/metering/admission-problem'
import { meteredEvents } from '#shared/metering/metered-events'
import { isRefusal, openMeteredCall, type MeterContext } from '#shared/metering/metered-call'
import { requirePriced } from '#shared/metering/require-priced'
import { toProviderCut } from '#shared/metering/provider-cut'
import { untilStopped } from '#shared/metering/until-stopped'
import type { ResolvedModel } from '#shared/providers/language-models'
import type { LanguageEvent, LanguageRequest } from '#shared/providers/spec/language-model'

export interface LanguageAnswer {
  text: string
  costMicros: number
}

export async function askLanguageModel({
  requestId,
  partOf,
  resolved,
  request,
  meter,
}: {
  /** Names the hold and the charge. */
  requestId: string
  /** The running request that this is a part of, if it is of one. */
  partOf?: string | undefined
  resolved: ResolvedModel
  request: LanguageRequest
  meter: MeterContext
}): Promise<LanguageAnswer> {
  const model = requirePriced(resolved.model)
  const { expected, ceiling } = sizeRequest(request, model)
  const call = await openMeteredCall({
    call: {
      requestId,
      ...(partOf !== undefined && { partOf }),
      model,
      scope: 'images',
      service: 'images',
      size: {
        promptTokens: expected,
        promptTokensCeiling: ceiling,
        maxOutputTokens: request.maxOutputTokens ?? model.maxOutputTokens,
        answers: 1,
      },
    },
    ctx: meter,
  })
  if (isRefusal(call)) throw toAdmissionProblem(call)
  try {
    call.sent()
    const asked = { ...request, maxOutputTokens: call.maxOutputTokens }
    const { events } = await untilStopped(call, resolved.language.stream(asked, { signal: call.signal }))
    const text = await wholeText(meteredEvents({ call, events, estimateText: estimateTextTokens, whole: true }))
    if (text.trim() === '') throw emptyAnswer()
    return { text, costMicros: call.end('complete')?.amountMicros ?? 0 }
  } catch (error) {
    // Nothing was handed over: what the provider counted of it is not the caller's.
    call.forget()
    call.end('failed')
    throw call.stopped() ?? toProviderCut(error)
  }
}

async function wholeText(events: AsyncIterable<LanguageEvent>): Promise<string> {
  let text = ''
  for await (const event of events) if (event.type === 'text-delta') text += event.text
  return text
}

const emptyAnswer = () =>
  new Problem('provider_error', 'The language model gave an empty answer. Nothing was charged; try again.')
