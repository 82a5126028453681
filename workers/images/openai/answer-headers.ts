// What every answer says beside its body: as those of language models do.
import { toHeaderText } from '#shared/http/header-text'
import { rateLimitHeaders } from '#shared/metering/rate-limit-headers'
import type { CreatedImageJob } from '../create-job.ts'

export interface HeaderInput {
  created: CreatedImageJob
  streams: boolean
  warnings: readonly string[]
  /** Of a stream it is not known yet: its entry is found by the request's id. */
  costMicros?: number
}

export function answerHeaders({ created, streams, warnings, costMicros }: HeaderInput): Record<string, string> {
  const { job, replayed, rateLimit } = created
  return {
    'content-type': streams ? 'text/event-stream; charset=utf-8' : 'application/json',
    'cache-control': streams ? 'no-cache, no-transform' : 'no-store',
    'x-riwaq-provider': job.provider,
    'x-riwaq-model': toHeaderText(job.model),
    'x-riwaq-job-id': job.id,
    ...rateLimitHeaders(rateLimit),
    ...(warnings.length > 0 && { 'x-riwaq-warnings': toHeaderText(warnings.join('; ')) }),
    ...(costMicros !== undefined && { 'x-riwaq-cost-micros': String(costMicros) }),
    ...(replayed && { 'x-riwaq-idempotent-replay': 'true', 'x-riwaq-replayed-request-id': job.requestId }),
  }
}
