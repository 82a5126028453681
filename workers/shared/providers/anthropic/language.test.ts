import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { ModelTraits } from '#shared/contracts/model'
import {
  collect,
  everyTrait,
  languageModelConformance,
  SECRET,
  sse,
  type Respond,
  type UpstreamCall,
} from '../kit/language-model-conformance.ts'
import { fetchOf } from '../kit/upstream-fake.ts'
import type { LanguageRequest } from '../spec/language-model.ts'
import { createAnthropic } from './index.ts'

const fixture = (name: string) => readFileSync(`${import.meta.dirname}/__fixtures__/${name}.sse`, 'utf8')
const create = (respond: Respond, traits: ModelTraits = everyTrait) =>
  createAnthropic({ apiKey: SECRET, fetch: fetchOf(respond) }).language('claude-sonnet-5-5', traits)

languageModelConformance({
  name: 'Anthropic',
  create: ({ respond, traits }) => create(respond, traits),
  fixtures: {
    text: fixture('text'),
    textUsage: { input_tokens: 6, cached_input_tokens: 20, cache_write_tokens: 4, output_tokens: 4 },
    parallelTools: fixture('tools'),
    reasoning: fixture('thinking'),
    reasoningUsage: { input_tokens: 12, output_tokens: 2, reasoning_tokens: 7 },
    length: fixture('length'),
    errorEvent: fixture('error'),
    failure: (_status, message) =>
      JSON.stringify({ type: 'error', error: { type: 'some_error', message }, request_id: 'req_011' }),
  },
})

const withoutLongCache: ModelTraits = {
  ...everyTrait,
  abilities: everyTrait.abilities.filter((ability) => ability !== 'long-cache'),
}

/** Older: thinks by a budget. */
const budgeted: ModelTraits = {
  abilities: everyTrait.abilities.filter((ability) => ability !== 'effort'),
  maxOutputTokens: 64_000,
}

async function ask(request: Partial<LanguageRequest>, traits: ModelTraits = everyTrait) {
  let seen: UpstreamCall | undefined
  const model = create((call) => ((seen = call), sse(fixture('text'))), traits)
  const { warnings } = await model.stream(
    { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }], maxOutputTokens: 100, ...request },
    { signal: new AbortController().signal },
  )
  return { ...seen!, warnings: warnings.map(({ parameter }) => parameter) }
}

const weather = { name: 'weather', description: 'd', parameters: { type: 'object', properties: {} } }

describe('what Anthropic is asked', () => {
  test('the usual settings under its names', async () => {
    const { url, headers, body, warnings } = await ask({
      temperature: 1.5,
      topP: 0.9,
      topK: 5,
      stop: ['END'],
      endUser: 'usr_1',
    })
    expect(url).toBe('https://api.anthropic.com/v1/messages')
    // The client's own way since its first major version.
    expect(headers.get('authorization')).toBe(`Bearer ${SECRET}`)
    expect(headers.get('anthropic-version')).toBe('2023-06-01')
    expect(body).toEqual({
      model: 'claude-sonnet-5-5',
      max_tokens: 100,
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
      stream: true,
      temperature: 1,
      top_p: 0.9,
      top_k: 5,
      stop_sequences: ['END'],
      metadata: { user_id: 'usr_1' },
    })
    expect(warnings).toEqual(['temperature'])
  })

  test('in the newest version, which knows no sampling, where there is none', async () => {
    expect((await ask({})).headers.get('anthropic-version')).toBe('2026-10-21')
  })

  test('without a limit, the model’s own, because one is required', async () => {
    expect((await ask({ maxOutputTokens: undefined })).body).toMatchObject({ max_tokens: 8_192 })
  })

  test('system parts with their cache marks, pictures by address and by bytes', async () => {
    const { body } = await ask({
      messages: [
        {
          role: 'system',
          content: [
            { type: 'text', text: 'Long rules', cache: true },
            { type: 'text', text: '' },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'image', source: { kind: 'url', url: 'https://example.com/a.png' } },
            { type: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'AAAA' } },
            { type: 'image', source: { kind: 'url', url: 'data:image/webp;base64,BBBB' } },
            { type: 'text', text: 'Compare', cache: true },
          ],
        },
      ],
    })
    expect(body['system']).toEqual([{ type: 'text', text: 'Long rules', cache_control: { type: 'ephemeral' } }])
    expect(body['messages']).toEqual([
      {
        role: 'user',
        content: [
          { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
          { type: 'image', source: { type: 'base64', media_type: 'image/webp', data: 'BBBB' } },
          { type: 'text', text: 'Compare', cache_control: { type: 'ephemeral' } },
        ],
      },
    ])
  })

  test('results of parallel calls stand together and first in the turn after them', async () => {
    const { body } = await ask({
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'Go' }] },
        {
          role: 'assistant',
          content: [
            { type: 'tool-call', id: 't1', name: 'a', input: '{"x":1}' },
            { type: 'tool-call', id: 't2', name: 'b', input: '' },
          ],
        },
        { role: 'user', content: [{ type: 'tool-result', callId: 't1', content: [{ type: 'text', text: 'one' }] }] },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'and?' },
            { type: 'tool-result', callId: 't2', content: [{ type: 'text', text: 'broke' }], isError: true },
          ],
        },
      ],
    })
    expect(body['messages']).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'Go' }] },
      {
        role: 'assistant',
        content: [
          { type: 'tool_use', id: 't1', name: 'a', input: { x: 1 } },
          { type: 'tool_use', id: 't2', name: 'b', input: {} },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 't1', content: [{ type: 'text', text: 'one' }] },
          { type: 'tool_result', tool_use_id: 't2', content: [{ type: 'text', text: 'broke' }], is_error: true },
          { type: 'text', text: 'and?' },
        ],
      },
    ])
  })

  test('arguments that are not JSON are the caller’s fault', async () => {
    await expect(
      ask({ messages: [{ role: 'assistant', content: [{ type: 'tool-call', id: 't', name: 'f', input: '{oops' }] }] }),
    ).rejects.toMatchObject({ code: 'invalid_request' })
  })

  test.each([
    ['auto', undefined, { type: 'auto' }],
    ['required', undefined, { type: 'any' }],
    ['none', undefined, { type: 'none' }],
    [{ name: 'weather' }, false, { type: 'tool', name: 'weather', disable_parallel_tool_use: true }],
    [undefined, false, { type: 'auto', disable_parallel_tool_use: true }],
  ] as const)('choice of tools %j', async (toolChoice, parallelToolCalls, wire) => {
    const { body } = await ask({ tools: [weather], toolChoice, parallelToolCalls })
    expect(body['tools']).toEqual([
      { name: 'weather', description: 'd', input_schema: { type: 'object', properties: {} } },
    ])
    expect(body['tool_choice']).toEqual(wire)
  })

  test('a schema as its output format; JSON without one is asked for in words, and said', async () => {
    const { body } = await ask({ responseFormat: { type: 'json-schema', name: 'n', schema: { type: 'object' } } })
    expect(body['output_config']).toEqual({ format: { type: 'json_schema', schema: { type: 'object' } } })
    const words = await ask({ responseFormat: { type: 'json' } })
    expect(JSON.stringify(words.body['system'])).toContain('JSON')
    expect(words.warnings).toEqual(['response_format'])
  })
})

describe('thinking', () => {
  test('newer models are given an effort and asked for what they think', async () => {
    const { body } = await ask({
      reasoning: { effort: 'high' },
      responseFormat: { type: 'json-schema', name: 'n', schema: {} },
    })
    expect(body).toMatchObject({
      thinking: { type: 'adaptive', display: 'summarized' },
      output_config: { effort: 'high', format: { type: 'json_schema' } },
    })
    expect((await ask({ reasoning: { budgetTokens: 20_000 } })).body).toMatchObject({
      output_config: { effort: 'high' },
    })
  })

  test('older models are given a budget that leaves room for the answer', async () => {
    expect(
      (await ask({ reasoning: { effort: 'medium' }, maxOutputTokens: 30_000 }, budgeted)).body['thinking'],
    ).toEqual({ type: 'enabled', budget_tokens: 10_240 })
    expect(
      (await ask({ reasoning: { budgetTokens: 50_000 }, maxOutputTokens: 8_000 }, budgeted)).body['thinking'],
    ).toEqual({ type: 'enabled', budget_tokens: 6_976 })
    const cramped = await ask({ reasoning: { effort: 'low' }, maxOutputTokens: 500 }, budgeted)
    expect(cramped.body).not.toHaveProperty('thinking')
    expect(cramped.warnings).toEqual(['reasoning'])
  })

  test('it can be switched off, and is not asked for unasked', async () => {
    expect((await ask({ reasoning: { effort: 'none' } })).body['thinking']).toEqual({ type: 'disabled' })
    expect((await ask({})).body).not.toHaveProperty('thinking')
  })

  test('what does not go together with it is said', async () => {
    const sampled = await ask({ reasoning: { effort: 'low' }, temperature: 0.3 })
    expect(sampled.body).not.toHaveProperty('temperature')
    expect(sampled.warnings).toEqual(['temperature'])
    const forced = await ask({ reasoning: { effort: 'low' }, tools: [weather], toolChoice: 'required' })
    expect(forced.body).not.toHaveProperty('thinking')
    expect(forced.warnings).toEqual(['reasoning'])
  })

  test('a thought goes back with its seal, a redacted one too, another vendor’s not at all', async () => {
    const events = await collect(create(() => sse(fixture('thinking'))))
    const signatures = events.filter((event) => event.type === 'reasoning-signature').map(({ signature }) => signature)
    expect(signatures).toEqual(['EqQBCgIYAhIM', 'redacted:Zm9v'])
    const { body } = await ask({
      messages: [
        {
          role: 'assistant',
          content: [
            { type: 'reasoning', text: 'Let me think.', signature: signatures[0] },
            { type: 'reasoning', text: '', signature: signatures[1] },
            { type: 'reasoning', text: 'a stranger’s thought' },
            { type: 'text', text: '42' },
          ],
        },
      ],
    })
    expect(body['messages']).toEqual([
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Let me think.', signature: 'EqQBCgIYAhIM' },
          { type: 'redacted_thinking', data: 'Zm9v' },
          { type: 'text', text: '42' },
        ],
      },
    ])
  })
})

test('the stop sequence that ended an answer is named', async () => {
  expect((await collect(create(() => sse(fixture('stop-sequence'))))).at(-1)).toMatchObject({
    reason: 'stop-sequence',
    stopSequence: 'END',
  })
})

test('a server that answers in one piece is understood as well', async () => {
  const document = {
    type: 'message',
    content: [
      { type: 'text', text: 'Whole' },
      { type: 'tool_use', id: 't', name: 'f', input: { a: 1 } },
    ],
    stop_reason: 'tool_use',
    usage: { input_tokens: 3, output_tokens: 2 },
  }
  expect(await collect(create(() => Response.json(document)))).toEqual([
    { type: 'text-delta', text: 'Whole' },
    { type: 'tool-call-start', index: 0, id: 't', name: 'f' },
    { type: 'tool-call-delta', index: 0, input: '{"a":1}' },
    { type: 'finish', reason: 'tool-calls', usage: { input_tokens: 3, output_tokens: 2 } },
  ])
})

describe('what another dialect has said', () => {
  const ask = async (request: Partial<LanguageRequest>, traits = everyTrait) => {
    let seen: UpstreamCall | undefined
    const model = create((call) => ((seen = call), sse(fixture('text'))), traits)
    const { warnings } = await model.stream(
      { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }], ...request },
      { signal: new AbortController().signal },
    )
    return { body: seen!.body, warnings }
  }

  test('files and documents become blocks of their own, and every mark of a cache its control', async () => {
    const { body } = await ask({
      messages: [
        { role: 'system', content: [{ type: 'text', text: 'Be short.', cache: '1h' }] },
        {
          role: 'user',
          content: [
            { type: 'file', mediaType: 'application/pdf', data: 'JVBERi0=', name: 'a.pdf', cache: true },
            { type: 'text', text: 'Once upon a time', document: { title: 'A tale', context: 'For children' } },
            { type: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'aGk=' }, cache: true },
          ],
        },
      ],
      tools: [{ name: 'f', parameters: {}, cache: true }],
      promptCache: { mark: '1h' },
    })
    const five = { type: 'ephemeral' }
    const hour = { type: 'ephemeral', ttl: '1h' }
    expect(body).toMatchObject({
      system: [{ type: 'text', text: 'Be short.', cache_control: hour }],
      messages: [
        {
          content: [
            {
              type: 'document',
              source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' },
              title: 'a.pdf',
              cache_control: five,
            },
            {
              type: 'document',
              source: { type: 'text', media_type: 'text/plain', data: 'Once upon a time' },
              title: 'A tale',
              context: 'For children',
            },
            { type: 'image', cache_control: five },
          ],
        },
      ],
      tools: [{ name: 'f', cache_control: five }],
      cache_control: hour,
    })
  })

  test('an older model whose thoughts were not sent back goes on without thinking, and that is said', async () => {
    const call = { type: 'tool-call' as const, id: 'c', name: 'f', input: '{}' }
    const result = { type: 'tool-result' as const, callId: 'c', content: [{ type: 'text' as const, text: 'ok' }] }
    const turn = (signature?: string): LanguageRequest['messages'] => [
      { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
      { role: 'assistant', content: [{ type: 'reasoning', text: 'Hm.', ...(signature && { signature }) }, call] },
      { role: 'user', content: [result] },
    ]
    const reasoning = { effort: 'low' as const }
    const lost = await ask({ messages: turn(), reasoning, maxOutputTokens: 10_000 }, budgeted)
    expect(lost.body).not.toHaveProperty('thinking')
    expect(lost.warnings).toMatchObject([{ parameter: 'reasoning' }])
    const kept = await ask({ messages: turn('sealed'), reasoning, maxOutputTokens: 10_000 }, budgeted)
    expect(kept.body).toMatchObject({ thinking: { type: 'enabled' } })
    const newer = await ask({ messages: turn(), reasoning, maxOutputTokens: 10_000 })
    expect(newer.body).toMatchObject({ thinking: { type: 'adaptive' } })
  })

  test('a thought with an empty seal is another vendor’s and stays behind', async () => {
    const { body } = await ask({
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
        {
          role: 'assistant',
          content: [
            { type: 'reasoning', text: 'Hm.', signature: '' },
            { type: 'text', text: 'Yes' },
          ],
        },
        { role: 'user', content: [{ type: 'text', text: 'And?' }] },
      ],
    })
    expect(JSON.stringify(body)).not.toContain('Hm.')
  })

  test('a key of a cache that is elsewhere has no effect, and that is said', async () => {
    expect((await ask({ promptCache: { key: 'k' } })).warnings).toMatchObject([{ parameter: 'prompt_cache_key' }])
  })
})

describe('a caller of Anthropic’s own dialect', () => {
  const send = (
    body: Record<string, unknown>,
    respond: Respond = () => sse(fixture('text')),
    traits: ModelTraits = withoutLongCache,
  ) =>
    create(respond, traits).native!.send(body, {
      signal: new AbortController().signal,
      headers: { 'anthropic-beta': 'context-1m' },
    })

  test('is passed on as they wrote it, with their beta headers', async () => {
    let seen: UpstreamCall | undefined
    const body = {
      model: 'claude-sonnet-5-5',
      max_tokens: 10,
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'Hi', cache_control: { type: 'ephemeral', ttl: '5m' } }] },
      ],
      stream: true,
    }
    const answer = await send(body, (call) => ((seen = call), sse(fixture('text'))))
    expect(seen!.body).toEqual(body)
    expect(seen!.headers.get('anthropic-beta')).toBe('context-1m')
    expect(await answer.text()).toBe(fixture('text'))
  })

  test.each([
    [{ speed: 'fast' }, 'speed'],
    [{ inference_geo: 'us' }, 'inference_geo'],
    [{ container: 'c' }, 'container'],
    [{ tools: [{ type: 'web_search_20260318', name: 'web_search' }] }, 'tools'],
    [{ system: [{ type: 'text', text: 'x', cache_control: { type: 'ephemeral', ttl: '1h' } }] }, 'cache_control'],
    [
      {
        messages: [
          { role: 'user', content: [{ type: 'text', text: 'x', cache_control: { type: 'ephemeral', ttl: '1h' } }] },
        ],
      },
      'cache_control',
    ],
    [{ cache_control: { type: 'ephemeral', ttl: '1h' } }, 'cache_control'],
  ])('is refused what Anthropic would bill and nobody has priced: %j', async (extra, param) => {
    await expect(send({ model: 'm', max_tokens: 1, messages: [], ...extra })).rejects.toMatchObject({
      code: 'unsupported_parameter',
      details: { param },
    })
  })

  test('may have the cache of an hour where its price is known', async () => {
    const extra = { cache_control: { type: 'ephemeral', ttl: '1h' } }
    await expect(
      send({ model: 'm', max_tokens: 1, messages: [], ...extra }, undefined, everyTrait),
    ).resolves.toBeInstanceOf(Response)
  })

  test('keeps their conversation when it comes from another vendor: its thoughts have no seal', async () => {
    let seen: UpstreamCall | undefined
    const thought = { type: 'thinking', thinking: 'Hm.', signature: '' }
    const messages = [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: [thought, { type: 'text', text: 'Yes' }] },
      { role: 'assistant', content: [thought] },
      { role: 'user', content: 'And?' },
    ]
    await send({ model: 'm', max_tokens: 1, messages }, (call) => ((seen = call), sse(fixture('text'))))
    expect(seen!.body['messages']).toEqual([
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: [{ type: 'text', text: 'Yes' }] },
      { role: 'user', content: 'And?' },
    ])
  })

  test('may ask how long a prompt is, without an answer to it', async () => {
    let seen: UpstreamCall | undefined
    const model = create((call) => ((seen = call), Response.json({ input_tokens: 14 })))
    const count = model.native!.countTokens!({ model: 'm', messages: [] }, { signal: new AbortController().signal })
    expect(await count).toBe(14)
    expect(seen!.url).toBe('https://api.anthropic.com/v1/messages/count_tokens')
    const nonsense = create(() => Response.json({ tokens: 'many' })).native!.countTokens!
    await expect(nonsense({ model: 'm' }, { signal: new AbortController().signal })).rejects.toMatchObject({
      code: 'provider_error',
    })
  })

  test('may bring tools that run at their own place', async () => {
    await expect(
      send({
        model: 'm',
        max_tokens: 1,
        messages: [],
        tools: [
          { type: 'bash_20250124', name: 'bash' },
          { name: 'f', input_schema: {} },
        ],
      }),
    ).resolves.toBeInstanceOf(Response)
  })

  test('keeps the version that their client speaks', async () => {
    let seen: UpstreamCall | undefined
    const model = create((call) => ((seen = call), Response.json({})))
    await model.native!.send(
      { model: 'm', max_tokens: 1, messages: [], temperature: 1 },
      { signal: new AbortController().signal, headers: { 'anthropic-version': '2026-10-21' } },
    )
    expect(seen!.headers.get('anthropic-version')).toBe('2026-10-21')
  })

  test('stops the vendor when they leave, also after the answer has begun', async () => {
    let seen: UpstreamCall | undefined
    const stop = new AbortController()
    const answer = await create((call) => ((seen = call), sse(fixture('text')))).native!.send(
      { model: 'm', max_tokens: 1, messages: [], stream: true },
      { signal: stop.signal },
    )
    stop.abort()
    expect(seen!.signal!.aborted).toBe(true)
    await answer.body!.cancel()
  })
})

test.each([
  ['no JSON', '{'],
  ['nested without end', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
])('arguments that are %s are the caller’s fault', async (_, input) => {
  const messages: LanguageRequest['messages'] = [
    { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
    { role: 'assistant', content: [{ type: 'tool-call', id: 'c', name: 'f', input }] },
  ]
  await expect(
    collect(
      create(() => sse(fixture('text'))),
      { messages },
    ),
  ).rejects.toMatchObject({
    code: 'invalid_request',
    details: { param: 'messages' },
  })
})
