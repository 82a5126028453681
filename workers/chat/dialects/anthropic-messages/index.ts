// Anthropic's messages.
import { MessagesRequest } from '#shared/contracts/messages'
import { toAnthropicError } from '#shared/http/render-problem'
import { parseWith } from '#shared/http/validate'
import { randomText } from '#shared/lib/ids'
import type { ChatDialect } from '../dialect.ts'
import { namedEvent } from '../server-sent-events.ts'
import { inlineDocuments } from './inline-documents.ts'
import { isNeverServed, refuseUnsold } from './refuse-unsold.ts'
import { createStreamReader, readWhole } from './stream-reader.ts'
import { toAnswer } from './to-answer.ts'
import { createEventWriter } from './to-events.ts'
import { toLanguageRequest } from './to-language-request.ts'

const known = new Set(Object.keys(MessagesRequest.shape))

export const anthropicMessages: ChatDialect<MessagesRequest> = {
  name: 'anthropic-messages',
  path: '/v1/messages',
  parse(value) {
    parseWith(MessagesRequest, value)
    const body = value as MessagesRequest
    refuseUnsold(body)
    return body
  },
  complete: (body, ctx) => inlineDocuments(body, { allowed: () => ctx.known() }),
  unknownParameters: (body) => Object.keys(body).filter((name) => !known.has(name) && !isNeverServed(name)),
  // No server of an operator's own speaks this dialect here, so nothing unread is ever passed on to one.
  unreadCharacters: () => 0,
  toLanguageRequest,
  answers: () => 1,
  streams: (body) => body.stream === true,
  modelOf: (body) => body.model,
  createId: () => `msg_${randomText(24)}`,
  toAnswer,
  createEventWriter,
  errorEvent: ({ code, message, details }, requestId) =>
    namedEvent('error', toAnthropicError({ code, message, param: details.param, facts: details.facts }, requestId)),
  toVendorBody: ({ body, upstream, maxOutputTokens }) => ({ ...body, model: upstream, max_tokens: maxOutputTokens }),
  hidesUsageEvent: () => false,
  createStreamReader,
  readWhole,
}
