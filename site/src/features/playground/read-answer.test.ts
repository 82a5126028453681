import { expect, test } from 'vitest'
import type { Api } from './draft.ts'
import { growAnswer, noAnswer, readAnswer } from './read-answer.ts'

const grown = (api: Api, events: unknown[]) =>
  events.reduce<typeof noAnswer>((answer, event) => growAnswer(api, answer, event), noAnswer)

test('chat completions, event by event', () => {
  const delta = (members: object, more = {}) => ({ choices: [{ delta: members, ...more }] })
  const tool = (index: number, members: object) => delta({ tool_calls: [{ index, function: members }] })
  expect(
    grown('chat', [
      delta({ role: 'assistant', content: '' }),
      delta({ reasoning_content: 'Hm. ' }),
      delta({ content: 'Hel' }),
      delta({ content: 'lo' }),
      tool(0, { name: 'find', arguments: '{"a"' }),
      tool(0, { arguments: ':1}' }),
      delta({}, { finish_reason: 'tool_calls' }),
      { choices: [], usage: { prompt_tokens: 3, completion_tokens: 4, prompt_tokens_details: { cached_tokens: 2 } } },
    ]),
  ).toEqual({
    text: 'Hello',
    reasoning: 'Hm. ',
    calls: [{ name: 'find', input: '{"a":1}' }],
    usage: { input: 3, output: 4, cached: 2, reasoning: null },
    finish: 'tool_calls',
    error: null,
  })
})

test('responses, event by event', () => {
  expect(
    grown('responses', [
      { type: 'response.created', response: { status: 'in_progress', usage: null } },
      { type: 'response.reasoning_summary_text.delta', delta: 'Hm.' },
      { type: 'response.output_text.delta', delta: 'Hel' },
      { type: 'response.output_text.delta', delta: 'lo' },
      { type: 'response.output_item.done', item: { type: 'function_call', name: 'find', arguments: '{}' } },
      {
        type: 'response.completed',
        response: {
          status: 'completed',
          usage: { input_tokens: 3, output_tokens: 4, output_tokens_details: { reasoning_tokens: 1 } },
        },
      },
    ]),
  ).toMatchObject({
    text: 'Hello',
    reasoning: 'Hm.',
    calls: [{ name: 'find', input: '{}' }],
    usage: { input: 3, output: 4, reasoning: 1 },
    finish: 'completed',
  })
})

test('messages, event by event', () => {
  expect(
    grown('messages', [
      { type: 'message_start', message: { usage: { input_tokens: 3, output_tokens: 1, cache_read_input_tokens: 5 } } },
      { type: 'content_block_delta', delta: { type: 'thinking_delta', thinking: 'Hm.' } },
      { type: 'content_block_start', content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', delta: { type: 'text_delta', text: 'Hello' } },
      { type: 'content_block_start', content_block: { type: 'tool_use', name: 'find', input: {} } },
      { type: 'content_block_delta', delta: { type: 'input_json_delta', partial_json: '{"a":' } },
      { type: 'content_block_delta', delta: { type: 'input_json_delta', partial_json: '1}' } },
      { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 9 } },
    ]),
  ).toEqual({
    text: 'Hello',
    reasoning: 'Hm.',
    calls: [{ name: 'find', input: '{"a":1}' }],
    usage: { input: 3, output: 9, cached: 5, reasoning: null },
    finish: 'tool_use',
    error: null,
  })
})

test.each([
  ['chat', { error: { code: 'provider_error', message: 'Broken.' } }],
  ['responses', { type: 'error', code: 'provider_error', message: 'Broken.' }],
  ['responses', { type: 'response.failed', response: { error: { code: 'provider_error', message: 'Broken.' } } }],
  ['messages', { type: 'error', error: { type: 'api_error', code: 'provider_error', message: 'Broken.' } }],
] as const)('%s: a stream that breaks off says why', (api, event) => {
  expect(grown(api, [event]).error).toEqual({ code: 'provider_error', message: 'Broken.' })
})

test('answers in one piece', () => {
  const call = { function: { name: 'find', arguments: '{}' } }
  expect(
    readAnswer('chat', {
      choices: [{ message: { content: 'Hello', tool_calls: [call] }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 3, completion_tokens: 4 },
    }),
  ).toMatchObject({ text: 'Hello', calls: [{ name: 'find', input: '{}' }], finish: 'stop', usage: { input: 3 } })
  expect(
    readAnswer('responses', {
      status: 'completed',
      output: [
        { type: 'reasoning', summary: [{ text: 'Hm.' }] },
        { type: 'message', content: [{ type: 'output_text', text: 'Hello' }] },
        { type: 'function_call', name: 'find', arguments: '{}' },
      ],
    }),
  ).toMatchObject({ text: 'Hello', reasoning: 'Hm.', calls: [{ name: 'find', input: '{}' }], finish: 'completed' })
  expect(
    readAnswer('messages', {
      content: [
        { type: 'thinking', thinking: 'Hm.' },
        { type: 'text', text: 'Hello' },
        { type: 'tool_use', name: 'find', input: { a: 1 } },
      ],
      stop_reason: 'tool_use',
      usage: { input_tokens: 3, output_tokens: 4 },
    }),
  ).toMatchObject({
    text: 'Hello',
    reasoning: 'Hm.',
    calls: [{ name: 'find', input: '{"a":1}' }],
    usage: { output: 4 },
  })
})

test('a vector is shown by its beginning and its length', () => {
  const embedding = Array.from({ length: 256 }, () => 0.5)
  expect(readAnswer('embeddings', { data: [{ embedding }] }).text).toBe(`[${'0.5, '.repeat(8)}…] (256)`)
})

test.each(['chat', 'responses', 'messages', 'embeddings', 'moderations'] as const)(
  '%s: what is not an answer is none, and nothing breaks',
  (api) => {
    for (const body of [null, 'text', [], {}, { choices: 1, output: 2, content: 3, data: 4 }]) {
      expect(readAnswer(api, body).usage).toBe(null)
      expect(growAnswer(api, noAnswer, body)).toEqual(noAnswer)
    }
  },
)
