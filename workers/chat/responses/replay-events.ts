// A kept answer as the stream that it could have been: the same events in the same order, each item's words in one.
import type { ResponseObject, ResponseOutputItem } from '#shared/contracts/responses'
import { createEventLog, type Emit } from '../dialects/openai-responses/event-log.ts'
import { closingEvents } from '../dialects/openai-responses/item-events.ts'

type Place = Record<string, unknown>

function reasoningEvents(emit: Emit, at: number, item: Extract<ResponseOutputItem, { type: 'reasoning' }>): string[] {
  const place = { item_id: item.id, output_index: at }
  return [
    ...item.summary.flatMap((part, summary_index) => [
      emit('response.reasoning_summary_part.added', { ...place, summary_index, part: { ...part, text: '' } }),
      emit('response.reasoning_summary_text.delta', { ...place, summary_index, delta: part.text }),
    ]),
    ...(item.content ?? []).flatMap((part, content_index) => [
      emit('response.content_part.added', { ...place, content_index, part: { ...part, text: '' } }),
      emit('response.reasoning_text.delta', { ...place, content_index, delta: part.text }),
    ]),
  ]
}

function messageEvents(emit: Emit, at: number, item: Extract<ResponseOutputItem, { type: 'message' }>): string[] {
  return item.content.flatMap((part, content_index) => {
    const place = { item_id: item.id, output_index: at, content_index }
    if (part.type === 'refusal')
      return [
        emit('response.content_part.added', { ...place, part: { ...part, refusal: '' } }),
        emit('response.refusal.delta', { ...place, delta: part.refusal }),
      ]
    return [
      emit('response.content_part.added', { ...place, part: { ...part, text: '', annotations: [] } }),
      emit('response.output_text.delta', { ...place, delta: part.text, logprobs: [] }),
    ]
  })
}

function begun(item: ResponseOutputItem): Place {
  switch (item.type) {
    case 'message':
      return { ...item, status: 'in_progress', content: [] }
    case 'reasoning':
      return { type: item.type, id: item.id, summary: [] }
    case 'function_call':
      return { ...item, status: 'in_progress', arguments: '' }
    case 'custom_tool_call':
      return { ...item, input: '' }
  }
}

function wordEvents(emit: Emit, at: number, item: ResponseOutputItem): string[] {
  const place = { item_id: item.id, output_index: at }
  switch (item.type) {
    case 'message':
      return messageEvents(emit, at, item)
    case 'reasoning':
      return reasoningEvents(emit, at, item)
    case 'function_call':
      return [emit('response.function_call_arguments.delta', { ...place, delta: item.arguments })]
    case 'custom_tool_call':
      return [emit('response.custom_tool_call_input.delta', { ...place, delta: item.input })]
  }
}

/** One string for each event; what comes after the event of this number alone, where one is named. */
export function replayEvents(response: ResponseObject, startingAfter = -1): string[] {
  const { emit } = createEventLog()
  const start = { ...response, status: 'in_progress', output: [], usage: null, incomplete_details: null }
  const events = [emit('response.created', { response: start }), emit('response.in_progress', { response: start })]
  for (const [at, item] of response.output.entries())
    events.push(
      emit('response.output_item.added', { output_index: at, item: begun(item) }),
      ...wordEvents(emit, at, item),
      closingEvents(emit, at, item),
    )
  events.push(emit(response.status === 'incomplete' ? 'response.incomplete' : 'response.completed', { response }))
  return events
    .join('')
    .split(/(?<=\n\n)/)
    .slice(startingAfter + 1)
}
