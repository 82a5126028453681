// OpenAI's responses.
import { ResponsesRequest } from '#shared/contracts/responses'
import { randomText } from '#shared/lib/ids'
import type { ChatDialect } from '../dialect.ts'
import { namedEvent } from '../server-sent-events.ts'
import { complete } from './complete.ts'
import { errorFields } from './event-log.ts'
import { keeperOf } from './keeper.ts'
import { parseRequest } from './parse-request.ts'
import { neverServed } from './refusals.ts'
import { createRelayEditor } from './relay-editor.ts'
import { toShown } from './response-object.ts'
import { createStreamReader, readWhole } from './stream-reader.ts'
import { toResponse } from './to-answer.ts'
import { createEventWriter } from './to-events.ts'
import { toLanguageRequest } from './to-language-request.ts'
import { toVendorBody } from './to-vendor-body.ts'

const known = new Set(Object.keys(ResponsesRequest.shape))
/** What programs such as Codex note for themselves: it asks nothing of a model and goes no further. */
const notes = new Set(['client_metadata'])
const isRead = (name: string): boolean => known.has(name) || notes.has(name) || name in neverServed

export const openAIResponses: ChatDialect<ResponsesRequest> = {
  name: 'openai-responses',
  path: '/v1/responses',
  routesInBody: true,
  parse: (value) => parseRequest(ResponsesRequest, value),
  complete,
  keeperOf,
  unknownParameters: (body) => Object.keys(body).filter((name) => !isRead(name)),
  // No server of an operator's own speaks this dialect here, so nothing unread is ever passed on to one.
  unreadCharacters: () => 0,
  toLanguageRequest,
  answers: () => 1,
  streams: (body) => body.stream === true,
  modelOf: (body) => body.model,
  createId: () => `resp_${randomText(24)}`,
  async toAnswer(answer, usage, identity, body, keep) {
    const response = toResponse(answer, usage, identity, body, keep !== null)
    const store = keep ? await keep(response) : false
    return toShown({ ...response, store }, body.include)
  },
  createEventWriter,
  errorEvent: (problem) => namedEvent('error', { type: 'error', ...errorFields(problem), sequence_number: 0 }),
  toVendorBody,
  hidesUsageEvent: () => false,
  createStreamReader,
  createRelayEditor,
  readWhole,
}
