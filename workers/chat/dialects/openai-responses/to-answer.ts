// The house's answer → a whole response.
import type { ResponseObject, ResponsesRequest } from '#shared/contracts/responses'
import type { Usage } from '#shared/lib/money'
import type { AnswerIdentity } from '../answer-identity.ts'
import type { CollectedAnswer } from '../collect-answer.ts'
import { reasoningFormOf, toOutputItem } from './output-items.ts'
import { beginResponse, cutShort, endResponse } from './response-object.ts'

export function toResponse(
  { parts, reason }: CollectedAnswer,
  usage: Usage,
  identity: AnswerIdentity,
  body: ResponsesRequest,
  stored: boolean,
): ResponseObject {
  const form = reasoningFormOf(body)
  const begun = beginResponse(body, identity, stored)
  const last = parts.length - 1
  const output = parts.map((part, at) =>
    toOutputItem(part, form, at === last && cutShort[reason] ? 'incomplete' : 'completed'),
  )
  return endResponse(begun, { output, reason, usage })
}
