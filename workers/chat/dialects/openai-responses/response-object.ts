// An answer as the Responses API describes it: what was asked, told back, around what was written.
import type { ResponseObject, ResponseOutputItem, ResponsesRequest } from '#shared/contracts/responses'
import type { Problem } from '#shared/http/problems'
import type { Usage } from '#shared/lib/money'
import type { FinishReason } from '#shared/providers/spec/language-model'
import type { AnswerIdentity } from '../answer-identity.ts'
import { shownItems } from './seals.ts'
import { toResponseUsage } from './usage.ts'

/** What of an answer is ours to say, also where OpenAI wrote it. */
export const ourFields = (body: ResponsesRequest, { id }: AnswerIdentity, stored: boolean) => ({
  id,
  store: stored,
  background: false as const,
  previous_response_id: body.previous_response_id ?? null,
  instructions: body.instructions ?? null,
  metadata: body.metadata ?? {},
  max_output_tokens: body.max_output_tokens ?? null,
  user: body.user ?? null,
  safety_identifier: body.safety_identifier ?? null,
  prompt_cache_key: body.prompt_cache_key ?? null,
  truncation: body.truncation ?? ('disabled' as const),
})

export const beginResponse = (body: ResponsesRequest, identity: AnswerIdentity, stored: boolean): ResponseObject => ({
  ...ourFields(body, identity, stored),
  object: 'response',
  created_at: Math.floor(identity.at / 1000),
  status: 'in_progress',
  model: identity.model,
  output: [],
  error: null,
  incomplete_details: null,
  usage: null,
  parallel_tool_calls: body.parallel_tool_calls ?? true,
  reasoning: {
    effort: body.reasoning?.effort ?? null,
    summary: body.reasoning?.summary ?? body.reasoning?.generate_summary ?? null,
  },
  temperature: body.temperature ?? null,
  top_p: body.top_p ?? null,
  text: { ...body.text, format: body.text?.format ?? { type: 'text' } },
  tool_choice: body.tool_choice ?? 'auto',
  tools: body.tools ?? [],
  service_tier: 'default',
})

/** Why an answer is not what it could have been. */
export const cutShort: Partial<Record<FinishReason, NonNullable<ResponseObject['incomplete_details']>['reason']>> = {
  length: 'max_output_tokens',
  'content-filter': 'content_filter',
}

export interface Ended {
  output: ResponseOutputItem[]
  reason: FinishReason
  usage: Usage
}

export function endResponse(begun: ResponseObject, { output, reason, usage }: Ended): ResponseObject {
  const short = cutShort[reason]
  return {
    ...begun,
    status: short ? 'incomplete' : 'completed',
    incomplete_details: short ? { reason: short } : null,
    output,
    usage: toResponseUsage(usage),
  }
}

/** OpenAI's own list of codes is closed; ours is in the event after it. */
export const failResponse = <Told extends object>(begun: Told, problem: Problem) => ({
  ...begun,
  status: 'failed' as const,
  error: {
    code: problem.code === 'provider_overloaded' ? 'rate_limit_exceeded' : 'server_error',
    message: problem.message,
  },
})

export const toShown = (response: ResponseObject, include: ResponsesRequest['include']): ResponseObject => ({
  ...response,
  output: shownItems(response.output, include),
})
