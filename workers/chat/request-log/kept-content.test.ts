// What is kept of what was said.
import { expect, test } from 'vitest'
import { assembleStream } from './assemble-stream.ts'
import { MAX_KEPT, toKeptContent } from './kept-content.ts'

const events = (...data: unknown[]) => data.map((each) => `data: ${JSON.stringify(each)}\n\n`).join('')
const bytesOf = (text: string) => ({ bytes: new TextEncoder().encode(text) })

test('a stream of chat completions is kept as what it said', () => {
  const delta = (fields: object, reason: string | null = null) => ({
    choices: [{ delta: fields, finish_reason: reason }],
  })
  const stream = events(
    delta({ role: 'assistant', content: 'Hel' }),
    delta({ reasoning_content: 'hm' }),
    delta({ content: 'lo' }),
    delta({ tool_calls: [{ index: 0, id: 'c', function: { name: 'find', arguments: '{"a"' } }] }),
    delta({ tool_calls: [{ index: 0, function: { arguments: ':1}' } }] }),
    delta({}, 'tool_calls'),
  )
  expect(assembleStream(`${stream}data: [DONE]\n\n`)).toEqual({
    text: 'Hello',
    reasoning: 'hm',
    tool_calls: [{ name: 'find', arguments: '{"a":1}' }],
    finish_reason: 'tool_calls',
    error: null,
  })
})

test('a stream of messages is kept as what it said', () => {
  const stream = events(
    { type: 'message_start', message: {} },
    { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'hm' } },
    { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'Hello' } },
    { type: 'content_block_start', index: 2, content_block: { type: 'tool_use', name: 'find' } },
    { type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '{}' } },
    { type: 'message_delta', delta: { stop_reason: 'tool_use' } },
  )
  expect(assembleStream(stream)).toMatchObject({
    text: 'Hello',
    reasoning: 'hm',
    tool_calls: [{ name: 'find', arguments: '{}' }],
    finish_reason: 'tool_use',
  })
})

test('a stream of responses is kept as what it said, with why it broke off', () => {
  const stream = events(
    { type: 'response.output_text.delta', delta: 'Hel' },
    { type: 'response.output_text.delta', delta: 'lo' },
    { type: 'response.output_item.added', output_index: 1, item: { type: 'function_call', name: 'find' } },
    { type: 'response.function_call_arguments.delta', output_index: 1, delta: '{}' },
    { type: 'response.failed', response: { error: { code: 'server_error' } } },
  )
  expect(assembleStream(stream)).toMatchObject({
    text: 'Hello',
    tool_calls: [{ name: 'find', arguments: '{}' }],
    finish_reason: 'failed',
    error: { code: 'server_error' },
  })
  expect(assembleStream(events({ error: { code: 'provider_error' } })).error).toEqual({ code: 'provider_error' })
})

test('pictures and sounds are named and not kept', () => {
  const image = `data:image/png;base64,${'A'.repeat(5_000)}`
  const { request } = toKeptContent({
    body: { a: image, b: 'A'.repeat(5_000), c: 'a word '.repeat(500), d: 'https://x.example/a.png' },
    answer: 'none',
    streams: false,
    redacted: false,
  })
  expect(request).toEqual({
    a: `[image/png, ${image.length} characters]`,
    b: '[data, 5000 characters]',
    c: 'a word '.repeat(500),
    d: 'https://x.example/a.png',
  })
})

test.each([false, true])('what is too long is kept as its beginning, and says so (redacted: %s)', (redacted) => {
  const body = { text: 'one two '.repeat(100_000), mail: 'ali@example.com' }
  const kept = toKeptContent({ body, answer: bytesOf('{"ok":true}'), streams: false, redacted })
  expect(kept).toMatchObject({ answer: { ok: true }, truncated: true })
  expect(kept.request).toMatch(/^\{"text":"one two /)
  expect(String(kept.request).length).toBeLessThanOrEqual(MAX_KEPT)
})

test('an answer that was too long to collect is not there, and says so', () => {
  expect(toKeptContent({ body: {}, answer: 'too-long', streams: true, redacted: true })).toEqual({
    request: {},
    answer: null,
    truncated: true,
  })
})
