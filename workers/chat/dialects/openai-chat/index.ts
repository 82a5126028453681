// OpenAI's chat completions.
import { ChatCompletionRequest } from '#shared/contracts/chat-completions'
import { unsupportedParameter } from '#shared/http/problems'
import { toOpenAIError } from '#shared/http/render-problem'
import { parseWith } from '#shared/http/validate'
import { randomText } from '#shared/lib/ids'
import type { ChatDialect } from '../dialect.ts'
import { isSaid } from '../loose.ts'
import { dataEvent } from '../server-sent-events.ts'
import { isPlainRequest } from './plain-request.ts'
import { createStreamReader, readWhole } from './stream-reader.ts'
import { toAnswer } from './to-answer.ts'
import { createEventWriter } from './to-events.ts'
import { toLanguageRequest } from './to-language-request.ts'

const known = new Set(Object.keys(ChatCompletionRequest.shape))

/** What costs beside the tokens, or comes as something else than text: it has no price here. */
const neverServed: Record<string, string> = {
  audio: 'Answers are text; speech is not part of this endpoint.',
  web_search_options: 'Web search is not part of this endpoint.',
  prediction: 'Predicted output is billed beyond the answer and is not offered.',
}

/** What is kept at the vendor is kept for everybody who shares the account there. */
function refuseUnsoldParts({ messages }: ChatCompletionRequest): void {
  messages.forEach((message, at) => {
    if (message.role === 'assistant' && message.audio)
      throw unsupportedParameter(`messages[${at}].audio`, 'Spoken answers are not part of this endpoint.')
    if (message.role !== 'user' || typeof message.content === 'string') return
    message.content.forEach((part, index) => {
      if (part.type === 'file' && part.file.file_id !== undefined)
        throw unsupportedParameter(
          `messages[${at}].content[${index}].file.file_id`,
          'Files at the vendor are not part of this endpoint; send the file in file_data.',
        )
    })
  })
}

function refuseUnsold(body: ChatCompletionRequest): void {
  for (const [param, why] of Object.entries(neverServed))
    if (isSaid(body[param])) throw unsupportedParameter(param, why)
  if (body.modalities?.includes('audio')) throw unsupportedParameter('modalities', neverServed['audio']!)
  refuseUnsoldParts(body)
  if (isSaid(body.service_tier) && body.service_tier !== 'auto' && body.service_tier !== 'default') {
    throw unsupportedParameter('service_tier', 'Only the tiers `auto` and `default` are priced here.')
  }
}

export const openAIChat: ChatDialect<ChatCompletionRequest> = {
  name: 'openai-chat',
  path: '/v1/chat/completions',
  routesInBody: true,
  parse(value) {
    if (isPlainRequest(value)) return value
    parseWith(ChatCompletionRequest, value)
    // The caller's own object, not the checked copy: what a schema does not name is not lost on its way to the vendor.
    const body = value as ChatCompletionRequest
    refuseUnsold(body)
    return body
  },
  unknownParameters: (body) => Object.keys(body).filter((name) => !known.has(name) && !(name in neverServed)),
  unreadCharacters(body) {
    if (isPlainRequest(body)) return 0
    const read = Object.entries(ChatCompletionRequest.parse(body)).filter(([name]) => known.has(name))
    return Math.max(0, JSON.stringify(body).length - JSON.stringify(Object.fromEntries(read)).length)
  },
  toLanguageRequest,
  answers: (body) => body.n ?? 1,
  streams: (body) => body.stream === true,
  modelOf: (body) => body.model,
  createId: () => `chatcmpl-${randomText(24)}`,
  toAnswer,
  createEventWriter: (identity, body) =>
    createEventWriter(identity, { includeUsage: body.stream_options?.include_usage === true }),
  errorEvent: ({ code, message, details }) =>
    dataEvent(toOpenAIError({ code, message, param: details.param, facts: details.facts })),
  // The adapter knows by which name its vendor calls the limit.
  toVendorBody({ body, upstream, maxOutputTokens }) {
    const { max_tokens: _older, max_completion_tokens: _newer, ...rest } = body
    return {
      ...rest,
      model: upstream,
      max_completion_tokens: maxOutputTokens,
      ...(body.stream && { stream_options: { ...body.stream_options, include_usage: true } }),
    }
  },
  hidesUsageEvent: (body) => body.stream === true && body.stream_options?.include_usage !== true,
  createStreamReader,
  readWhole,
}
