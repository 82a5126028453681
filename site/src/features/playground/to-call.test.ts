import { ChatCompletionRequest } from '#shared/contracts/chat-completions'
import { EmbeddingsRequest } from '#shared/contracts/embeddings'
import { MessagesRequest } from '#shared/contracts/messages'
import { ModerationsRequest } from '#shared/contracts/moderations'
import { ResponsesRequest } from '#shared/contracts/responses'
import { expect, test } from 'vitest'
import { apis, emptyDraft } from './draft.ts'
import type { Draft } from './draft.ts'
import { toCall } from './to-call.ts'

const contracts = {
  chat: ChatCompletionRequest,
  responses: ResponsesRequest,
  messages: MessagesRequest,
  embeddings: EmbeddingsRequest,
  moderations: ModerationsRequest,
}
const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
const everything: Draft = {
  ...emptyDraft,
  model: 'openai/gpt-4.1',
  embeddingModel: 'riwaq/sandbox-embedding',
  moderationModel: 'riwaq/sandbox-moderation',
  system: 'Be brief.',
  turns: [
    { role: 'user', text: 'Hello' },
    { role: 'assistant', text: 'Hi!' },
    { role: 'user', text: 'Where?' },
  ],
  temperature: '0.5',
  topP: '0.9',
  maxTokens: '100',
  stop: 'END\n\nSTOP',
  seed: '7',
  effort: 'low',
  schema: JSON.stringify(schema),
  tools: JSON.stringify([{ name: 'find', description: 'Finds.', parameters: schema }]),
  fallbacks: ' anthropic/claude-haiku-4-5 \nriwaq/sandbox-guide',
  cache: 'use',
}
const bodyOf = (draft: Partial<Draft>, abilities: Parameters<typeof toCall>[1] = null) =>
  toCall({ ...everything, ...draft }, abilities).call.body

test.each(apis)('whatever is filled in for %s is a request that its contract takes', (api) => {
  const { call, faults } = toCall({ ...everything, api }, null)
  expect(faults).toEqual({})
  expect(contracts[api].safeParse(call.body).error).toBeUndefined()
})

test('chat completions', () => {
  expect(bodyOf({ api: 'chat' })).toEqual({
    model: 'openai/gpt-4.1',
    models: ['anthropic/claude-haiku-4-5', 'riwaq/sandbox-guide'],
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content: 'Hi!' },
      { role: 'user', content: 'Where?' },
    ],
    max_completion_tokens: 100,
    temperature: 0.5,
    top_p: 0.9,
    stop: ['END', 'STOP'],
    seed: 7,
    reasoning_effort: 'low',
    response_format: { type: 'json_schema', json_schema: { name: 'answer', schema, strict: true } },
    tools: [{ type: 'function', function: { name: 'find', description: 'Finds.', parameters: schema } }],
    stream: true,
    stream_options: { include_usage: true },
  })
})

test('responses say the same in their own words, and leave out what they have no words for', () => {
  const body = bodyOf({ api: 'responses' })
  expect(body).toMatchObject({ instructions: 'Be brief.', max_output_tokens: 100, reasoning: { effort: 'low' } })
  expect(body).toMatchObject({
    text: { format: { name: 'answer', schema } },
    tools: [{ type: 'function', name: 'find' }],
  })
  expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['stop']))
  expect(bodyOf({ api: 'responses', turns: [{ role: 'user', text: 'Hello' }] }).input).toBe('Hello')
})

test('messages always have a limit, and name their fallbacks in a header', () => {
  const { call } = toCall({ ...everything, api: 'messages', maxTokens: '' }, null)
  expect(call.body).toMatchObject({ max_tokens: 1024, system: 'Be brief.', stop_sequences: ['END', 'STOP'] })
  expect(call.body).toMatchObject({ output_config: { effort: 'low', format: { type: 'json_schema', schema } } })
  expect(call.body).toMatchObject({ tools: [{ name: 'find', input_schema: schema }] })
  expect(call.headers).toEqual({
    'x-riwaq-models': 'anthropic/claude-haiku-4-5, riwaq/sandbox-guide',
    'x-riwaq-cache': 'use',
  })
})

test('a tool written for one API is a tool for all of them', () => {
  const inOpenAIs = JSON.stringify([{ type: 'function', function: { name: 'find', parameters: schema } }])
  const inAnthropics = JSON.stringify([{ name: 'find', input_schema: schema }])
  for (const tools of [inOpenAIs, inAnthropics]) {
    expect(bodyOf({ api: 'messages', tools }).tools).toEqual([{ name: 'find', input_schema: schema }])
    expect(bodyOf({ api: 'chat', tools }).tools).toEqual([
      { type: 'function', function: { name: 'find', parameters: schema } },
    ])
  }
})

test('vectors are made of each text', () => {
  expect(bodyOf({ api: 'embeddings' })).toEqual({
    model: 'riwaq/sandbox-embedding',
    input: ['Hello', 'Hi!', 'Where?'],
  })
})

test('what is greyed out is not sent, although it stays filled in', () => {
  const body = bodyOf({ api: 'chat' }, ['stop'])
  expect(Object.keys(body)).toEqual([
    'model',
    'models',
    'messages',
    'max_completion_tokens',
    'stop',
    'stream',
    'stream_options',
  ])
})

test('parameters of one’s own win over the fields', () => {
  expect(bodyOf({ extra: '{"temperature": 1, "verbosity": "low"}' })).toMatchObject({
    temperature: 1,
    verbosity: 'low',
  })
})

test.each([
  [{ temperature: 'warm' }, { temperature: 'not-a-number' }],
  [{ schema: '{' }, { schema: 'not-json' }],
  [{ schema: '[]' }, { schema: 'not-an-object' }],
  [{ tools: '{}' }, { tools: 'not-a-list' }],
  [{ extra: '[1]' }, { extra: 'not-an-object' }],
  [{ model: ' ', fallbacks: '' }, { model: 'no-model' }],
  [{ system: '', turns: [{ role: 'user' as const, text: ' ' }] }, { turns: 'no-message' }],
])('%j is told at its field', (wrong, faults) => {
  expect(toCall({ ...everything, ...wrong }, null).faults).toEqual(faults)
})
