// What every metered answer says beside its body.
import { toHeaderText } from '#shared/http/header-text'
import type { MeteredCall } from '#shared/metering/metered-call'
import { rateLimitHeaders } from '#shared/metering/rate-limit-headers'
import { CACHE_HEADER } from './cache/cache-choice.ts'

const LASTING = /^(?:content-type|cache-control|x-riwaq-.*)$/

export interface AnswerHeaders {
  with(more: {
    warnings?: string[]
    costMicros?: number
    /** What this one answer says beside what all of them say. */
    more?: Record<string, string>
  }): Record<string, string>
}

export function createAnswerHeaders({
  call,
  streams,
  warnings,
  standing,
  marks = {},
  findings,
}: {
  call: MeteredCall
  streams: boolean
  warnings: string[]
  /** What every answer of this entrance says, where this Worker is its own. */
  standing?: Readonly<Record<string, string>>
  /** What this call's answer says, however it is made. */
  marks?: Readonly<Record<string, string>>
  /** What guardrails have found so far: of a stream that begins, in its request alone. */
  findings?: (() => string[]) | undefined
}): AnswerHeaders {
  // Asked when the answer begins: who is asked first need not be who answers.
  return {
    with({ warnings: further = [], costMicros, more }) {
      const all = further.length > 0 ? [...warnings, ...further] : warnings
      const found = findings?.() ?? []
      return {
        ...standing,
        'content-type': streams ? 'text/event-stream; charset=utf-8' : 'application/json',
        'cache-control': streams ? 'no-cache, no-transform' : 'no-store',
        'x-riwaq-provider': call.model.vendor,
        'x-riwaq-model': toHeaderText(call.model.id),
        'x-riwaq-attempts': String(call.attempts),
        ...(call.shortened && { 'x-riwaq-max-tokens': String(call.maxOutputTokens) }),
        ...rateLimitHeaders(call.rateLimit),
        ...marks,
        ...(found.length > 0 && { 'x-riwaq-guardrails': found.join(', ') }),
        ...(all.length > 0 && { 'x-riwaq-warnings': toHeaderText(all.join('; ')) }),
        ...(costMicros !== undefined && { 'x-riwaq-cost-micros': String(costMicros) }),
        ...more,
      }
    },
  }
}

/** Of the headers of an answer, those that are true of it whoever asks for it again: the rest is the moment's. */
export const lastingHeaders = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => LASTING.test(name)))

/** What is true of this call's answer, however it is made; absent where nothing is, as mostly. */
export const marksOf = (cached: object | null, paidBy: string | null): Record<string, string> | undefined =>
  cached || paidBy
    ? { ...(cached && { [CACHE_HEADER]: 'miss' }), ...(paidBy && { 'x-riwaq-prompt-paid-by': paidBy }) }
    : undefined
