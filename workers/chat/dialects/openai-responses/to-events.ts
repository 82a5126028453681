// The house's events → the Responses API's stream: items that open, grow and close, numbered from the first event to
// the last.
import type { ResponseObject, ResponsesRequest } from '#shared/contracts/responses'
import type { Problem } from '#shared/http/problems'
import type { LanguageEvent } from '#shared/providers/spec/language-model'
import type { AnswerIdentity } from '../answer-identity.ts'
import type { EventWriter, KeepAnswer } from '../dialect.ts'
import { createEventLog, errorFields } from './event-log.ts'
import { createOpenItems } from './open-items.ts'
import { reasoningFormOf } from './output-items.ts'
import { beginResponse, cutShort, endResponse, failResponse, toShown } from './response-object.ts'
import { SEALS } from './seals.ts'

export function createEventWriter(
  identity: AnswerIdentity,
  body: ResponsesRequest,
  keep: KeepAnswer | null,
): EventWriter {
  const { emit } = createEventLog()
  const begun = beginResponse(body, identity, keep !== null)
  const items = createOpenItems(emit, {
    form: reasoningFormOf(body),
    sealed: body.include?.includes(SEALS) === true,
  })
  const tell = (type: string, response: ResponseObject): string =>
    emit(type, { response: toShown(response, body.include) })

  return {
    begin: () => tell('response.created', begun) + tell('response.in_progress', begun),
    write(event: Exclude<LanguageEvent, { type: 'finish' }>): string {
      switch (event.type) {
        case 'text-delta':
          return items.text(event.text)
        case 'reasoning-delta':
          return items.thought(event.text)
        case 'reasoning-signature':
          return items.seal(event.signature)
        case 'tool-call-start':
          return items.startCall(event.index, event)
        case 'tool-call-delta':
          return items.call(event.index, event.input)
      }
    },
    async end({ reason }, usage) {
      const short = cutShort[reason] !== undefined
      const closed = items.closeAll(short ? 'incomplete' : 'completed')
      const response = endResponse(begun, { output: items.output, reason, usage })
      const store = keep ? await keep(response) : false
      return closed + tell(short ? 'response.incomplete' : 'response.completed', { ...response, store })
    },
    fail(problem: Problem): string {
      const closed = items.closeAll('incomplete')
      const response = { ...failResponse({ ...begun, output: items.output }, problem), store: false }
      return closed + tell('response.failed', response) + emit('error', errorFields(problem))
    },
  }
}
