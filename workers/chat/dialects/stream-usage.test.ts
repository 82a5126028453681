// How every vendor counts in a stream, through the readers that see it pass: a stream whose count is not found is
// charged at a guess or for nothing, and no budget ever fills.
import { describe, expect, test } from 'vitest'
import type { Usage } from '#shared/lib/money'
import { createStreamReader as createMessagesReader } from './anthropic-messages/stream-reader.ts'
import type { StreamReader } from './dialect.ts'
import { createStreamReader as createChatReader } from './openai-chat/stream-reader.ts'

const word = { choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: null }] }
const stop = { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }
const counted = { prompt_tokens: 10, completion_tokens: 4, total_tokens: 14 }
const expected: Usage = { input_tokens: 10, output_tokens: 4 }

const chat: [vendor: string, events: unknown[], usage: Usage | null][] = [
  ['OpenAI: in a last event without a choice', [word, stop, { choices: [], usage: counted }], expected],
  ['OpenAI: null before that', [{ ...word, usage: null }, { ...stop, usage: null }, { choices: [], usage: counted }], expected], // prettier-ignore
  ['DeepSeek and Mistral: with the end of the answer', [word, { ...stop, usage: counted }], expected],
  ['Groq: in a place of its own', [word, { ...stop, x_groq: { id: 'req_1', usage: counted } }], expected],
  [
    'xAI and vLLM: the sum so far in every event',
    [
      { ...word, usage: { prompt_tokens: 10, completion_tokens: 1, total_tokens: 11 } },
      { ...word, usage: { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 } },
      { ...stop, usage: counted },
    ],
    expected,
  ],
  [
    'Moonshot: within the choice’s last event, with its cache',
    [word, { ...stop, usage: { ...counted, cached_tokens: 8 } }],
    { input_tokens: 2, cached_input_tokens: 8, output_tokens: 4 },
  ],
  [
    'OpenRouter: with a choice that says nothing',
    [word, stop, { choices: [{ index: 0, delta: { content: '' }, finish_reason: null }], usage: { ...counted, cost: 1 } }], // prettier-ignore
    expected,
  ],
  [
    'a proxy in front of Anthropic: its names beside OpenAI’s',
    [word, stop, { choices: [], usage: { ...counted, cache_read_input_tokens: 90, cache_creation_input_tokens: 5 } }],
    { input_tokens: 10, cached_input_tokens: 90, cache_write_tokens: 5, output_tokens: 4 },
  ],
  ['a server that counts nothing', [word, stop], null],
  ['a server that says zero', [word, stop, { choices: [], usage: { prompt_tokens: 0, completion_tokens: 0 } }], null],
]

const started = (usage: object) => ({ type: 'message_start', message: { usage } })
const ended = (usage: object) => ({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage })

const messages: [vendor: string, events: unknown[], usage: Usage | null][] = [
  [
    'Anthropic: the prompt at the start, the answer at the end',
    [started({ input_tokens: 10, cache_read_input_tokens: 30, output_tokens: 1 }), ended({ output_tokens: 4 })],
    { input_tokens: 10, cached_input_tokens: 30, output_tokens: 4 },
  ],
  [
    'Anthropic: all of it again at the end',
    [
      started({ input_tokens: 10, cache_read_input_tokens: 30, output_tokens: 1 }),
      ended({ input_tokens: 10, cache_read_input_tokens: 30, cache_creation_input_tokens: 0, output_tokens: 4 }),
    ],
    { input_tokens: 10, cached_input_tokens: 30, output_tokens: 4 },
  ],
  [
    'Anthropic: the cache of an hour apart, said once',
    [
      started({
        input_tokens: 10,
        cache_creation_input_tokens: 20,
        cache_creation: { ephemeral_5m_input_tokens: 5, ephemeral_1h_input_tokens: 15 },
        output_tokens: 1,
      }),
      ended({ cache_creation_input_tokens: 20, output_tokens: 4 }),
    ],
    { input_tokens: 10, cache_write_tokens: 5, cache_write_1h_tokens: 15, output_tokens: 4 },
  ],
  ['a stream that was cut before it counted', [started({ input_tokens: 10, output_tokens: 1 })], null],
]

function usageOf(reader: StreamReader, events: unknown[]): Usage | null {
  for (const event of events) reader.read(JSON.stringify(event))
  return reader.usage()
}

describe('chat completions', () => {
  test.each(chat)('%s', (_, events, usage) => {
    expect(usageOf(createChatReader(), [...events])).toEqual(usage)
  })
})

describe('messages', () => {
  test.each(messages)('%s', (_, events, usage) => {
    expect(usageOf(createMessagesReader(), events)).toEqual(usage)
  })

  test('a stream that was cut still knows what the prompt cost', () => {
    const reader = createMessagesReader()
    usageOf(reader, [started({ input_tokens: 10, cache_read_input_tokens: 30, output_tokens: 1 })])
    expect(reader.promptUsage()).toEqual({ input_tokens: 10, cached_input_tokens: 30 })
  })
})
