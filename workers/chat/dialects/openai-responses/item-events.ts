// The events around an item's words: its parts open before the first of them and close after the last.
import type { ResponseOutputItem } from '#shared/contracts/responses'
import type { Emit } from './event-log.ts'
import { textPart } from './output-items.ts'

interface Place {
  id: string
  at: number
}

export function openingEvents(emit: Emit, { id, at }: Place, kind: 'message' | 'summary' | 'text'): string {
  const place = { item_id: id, output_index: at }
  if (kind === 'summary')
    return emit('response.reasoning_summary_part.added', {
      ...place,
      summary_index: 0,
      part: { type: 'summary_text', text: '' },
    })
  const part = kind === 'message' ? textPart('') : { type: 'reasoning_text', text: '' }
  return emit('response.content_part.added', { ...place, content_index: 0, part })
}

type Message = Extract<ResponseOutputItem, { type: 'message' }>

function closeMessage(emit: Emit, place: Record<string, unknown>, { content }: Message): string {
  return content
    .map((part, index) => {
      const at = { ...place, content_index: index }
      const said =
        part.type === 'output_text'
          ? emit('response.output_text.done', { ...at, text: part.text, logprobs: part.logprobs ?? [] })
          : emit('response.refusal.done', { ...at, refusal: part.refusal })
      return said + emit('response.content_part.done', { ...at, part })
    })
    .join('')
}

function closeReasoning(
  emit: Emit,
  place: Record<string, unknown>,
  { summary, content = [] }: Extract<ResponseOutputItem, { type: 'reasoning' }>,
): string {
  const summaries = summary.map(
    (part, index) =>
      emit('response.reasoning_summary_text.done', { ...place, summary_index: index, text: part.text }) +
      emit('response.reasoning_summary_part.done', { ...place, summary_index: index, part }),
  )
  const texts = content.map(
    (part, index) =>
      emit('response.reasoning_text.done', { ...place, content_index: index, text: part.text }) +
      emit('response.content_part.done', { ...place, content_index: index, part }),
  )
  return [...summaries, ...texts].join('')
}

function closeParts(emit: Emit, place: Record<string, unknown>, item: ResponseOutputItem): string {
  switch (item.type) {
    case 'message':
      return closeMessage(emit, place, item)
    case 'reasoning':
      return closeReasoning(emit, place, item)
    case 'function_call':
      return emit('response.function_call_arguments.done', { ...place, arguments: item.arguments })
    case 'custom_tool_call':
      return emit('response.custom_tool_call_input.done', { ...place, input: item.input })
  }
}

/** Everything that is said of an item once its words are whole. */
export const closingEvents = (emit: Emit, at: number, item: ResponseOutputItem): string =>
  closeParts(emit, { item_id: item.id, output_index: at }, item) +
  emit('response.output_item.done', { output_index: at, item })
