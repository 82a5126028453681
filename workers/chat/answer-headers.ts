// What every metered answer says beside its body.
import type { MeteredCall } from '#shared/metering/metered-call'
import { rateLimitHeaders } from '#shared/metering/rate-limit-headers'

const MAX_WARNINGS_LENGTH = 1_000

/** Headers are ASCII: what is not would be refused on the way. */
export const toHeaderText = (text: string): string =>
  text
    .replaceAll(/[“”]/g, '"')
    .replaceAll(/[‘’]/g, "'")
    .replaceAll(/[^\x20-\x7e]/g, ' ')
    .slice(0, MAX_WARNINGS_LENGTH)

export interface AnswerHeaders {
  with(more: { warnings?: string[]; costMicros?: number }): Record<string, string>
}

export function createAnswerHeaders({
  call,
  streams,
  warnings,
}: {
  call: MeteredCall
  streams: boolean
  warnings: string[]
}): AnswerHeaders {
  const base: Record<string, string> = {
    'content-type': streams ? 'text/event-stream; charset=utf-8' : 'application/json',
    'cache-control': streams ? 'no-cache, no-transform' : 'no-store',
    'x-riwaq-provider': call.model.vendor,
    'x-riwaq-model': toHeaderText(call.model.id),
    ...(call.shortened && { 'x-riwaq-max-tokens': String(call.maxOutputTokens) }),
    ...rateLimitHeaders(call.rateLimit),
  }
  return {
    with({ warnings: more = [], costMicros }) {
      const all = [...warnings, ...more]
      return {
        ...base,
        ...(all.length > 0 && { 'x-riwaq-warnings': toHeaderText(all.join('; ')) }),
        ...(costMicros !== undefined && { 'x-riwaq-cost-micros': String(costMicros) }),
      }
    },
  }
}
