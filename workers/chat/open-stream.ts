import type { MeteredCall } from '#shared/metering/metered-call'
import { untilStopped } from '#shared/metering/until-stopped'
import type { LanguageModel, LanguageRequest, LanguageStream } from '#shared/providers/spec/language-model'

/** Opens the vendor's stream; where it refuses, nothing is charged. */
export async function openStream({
  call,
  language,
  request,
}: {
  call: MeteredCall
  language: LanguageModel
  request: LanguageRequest
}): Promise<LanguageStream> {
  try {
    call.sent()
    return await untilStopped(
      call,
      language.stream({ ...request, maxOutputTokens: call.maxOutputTokens }, { signal: call.signal }),
    )
  } catch (error) {
    call.end('failed')
    throw call.stopped() ?? error
  }
}
