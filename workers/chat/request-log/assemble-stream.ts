// A stream as what it said: one text instead of a thousand events. What is to be hidden in it is only found in the whole.
import { isRecord, listOf, parseRecord, textOf } from '../dialects/loose.ts'
import { dataOf, EVENT_END } from '../relay/event-gate.ts'

export interface AssembledAnswer {
  text: string
  reasoning: string
  tool_calls: { name: string; arguments: string }[]
  finish_reason: string | null
  /** Why it broke off. */
  error: unknown
}

interface Assembly extends AssembledAnswer {
  /** By their place in the stream, whatever the dialect calls it. */
  calls: Map<string, { name: string; arguments: string }>
}

function addToCall(assembly: Assembly, place: unknown, { name, input }: { name?: unknown; input?: unknown }) {
  const known = assembly.calls.get(String(place))
  const call = known ?? { name: '', arguments: '' }
  if (!known) {
    assembly.calls.set(String(place), call)
    assembly.tool_calls.push(call)
  }
  call.name ||= textOf(name)
  call.arguments += textOf(input)
}

/** OpenAI’s chat completions. */
function readChoices(event: Record<string, unknown>, assembly: Assembly) {
  for (const { delta, finish_reason: reason } of listOf(event['choices'])) {
    if (typeof reason === 'string') assembly.finish_reason = reason
    if (!isRecord(delta)) continue
    assembly.text += textOf(delta['content']) + textOf(delta['refusal'])
    assembly.reasoning += textOf(delta['reasoning_content'] ?? delta['reasoning'])
    for (const { index, function: called } of listOf(delta['tool_calls']))
      if (isRecord(called)) addToCall(assembly, index, { name: called['name'], input: called['arguments'] })
  }
}

/** Anthropic’s messages, and the Responses API: every event says what it is. */
function readTyped(event: Record<string, unknown>, assembly: Assembly) {
  const { delta, index, output_index: outputIndex, item } = event
  switch (event['type']) {
    case 'content_block_start': {
      const block = event['content_block']
      if (isRecord(block) && block['type'] === 'tool_use') addToCall(assembly, index, { name: block['name'] })
      break
    }
    case 'content_block_delta':
      if (!isRecord(delta)) break
      assembly.text += textOf(delta['text'])
      assembly.reasoning += textOf(delta['thinking'])
      if (delta['type'] === 'input_json_delta') addToCall(assembly, index, { input: delta['partial_json'] })
      break
    case 'message_delta':
      if (isRecord(delta) && typeof delta['stop_reason'] === 'string') assembly.finish_reason = delta['stop_reason']
      break
    case 'response.output_item.added':
      if (isRecord(item) && item['type'] === 'function_call') addToCall(assembly, outputIndex, { name: item['name'] })
      break
    case 'response.output_text.delta':
    case 'response.refusal.delta':
      assembly.text += textOf(delta)
      break
    case 'response.reasoning_text.delta':
    case 'response.reasoning_summary_text.delta':
      assembly.reasoning += textOf(delta)
      break
    case 'response.function_call_arguments.delta':
      addToCall(assembly, outputIndex, { input: delta })
      break
    case 'response.completed':
    case 'response.incomplete':
    case 'response.failed':
      assembly.finish_reason = String(event['type']).slice('response.'.length)
      if (isRecord(event['response'])) assembly.error ??= event['response']['error'] ?? null
      break
    case 'error':
      assembly.error = event['error'] ?? event
  }
}

export function assembleStream(stream: string): AssembledAnswer {
  const assembly: Assembly = {
    text: '',
    reasoning: '',
    tool_calls: [],
    finish_reason: null,
    error: null,
    calls: new Map(),
  }
  for (const each of stream.split(EVENT_END)) {
    const event = parseRecord(dataOf(each) ?? '')
    if (!event) continue
    if (event['type'] === undefined && event['error'] !== undefined) assembly.error = event['error']
    readChoices(event, assembly)
    readTyped(event, assembly)
  }
  const { calls: _, ...answer } = assembly
  return answer
}
