import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
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
import { createOpenAI } from './index.ts'

const fixture = (name: string) => readFileSync(`${import.meta.dirname}/__fixtures__/${name}.sse`, 'utf8')
const create = (respond: Respond, traits = everyTrait) =>
  createOpenAI({ apiKey: SECRET, fetch: fetchOf(respond) }).language('gpt-6-luna', traits)

languageModelConformance({
  name: 'OpenAI',
  create: ({ respond, traits }) => create(respond, traits),
  fixtures: {
    text: fixture('text'),
    textUsage: { input_tokens: 6, cached_input_tokens: 20, cache_write_tokens: 4, output_tokens: 4 },
    parallelTools: fixture('tools'),
    reasoning: fixture('reasoning'),
    reasoningUsage: { input_tokens: 12, output_tokens: 2, reasoning_tokens: 7 },
    length: fixture('length'),
    errorEvent: fixture('error'),
    failure: (_status, message) => JSON.stringify({ error: { message, type: 'some_error', param: null, code: null } }),
  },
})

async function sentFor(request: Partial<LanguageRequest>, traits = everyTrait): Promise<UpstreamCall> {
  let seen: UpstreamCall | undefined
  const model = create((call) => {
    seen = call
    return sse(fixture('text'))
  }, traits)
  await collect(model, request)
  return seen!
}

describe('what OpenAI is asked', () => {
  test('the usual settings under OpenAI’s names, and its own count of tokens', async () => {
    const { url, headers, body } = await sentFor({
      temperature: 0.5,
      topP: 0.9,
      seed: 7,
      stop: ['END'],
      frequencyPenalty: 0.1,
      presencePenalty: 0.2,
      endUser: 'usr_1',
      maxOutputTokens: 50,
    })
    expect(url).toBe('https://api.openai.com/v1/chat/completions')
    expect(headers.get('authorization')).toBe(`Bearer ${SECRET}`)
    expect(body).toEqual({
      model: 'gpt-6-luna',
      messages: [{ role: 'user', content: 'Hi' }],
      stream: true,
      stream_options: { include_usage: true },
      max_completion_tokens: 50,
      temperature: 0.5,
      top_p: 0.9,
      frequency_penalty: 0.1,
      presence_penalty: 0.2,
      seed: 7,
      stop: ['END'],
      safety_identifier: 'usr_1',
    })
  })

  test('a whole exchange with pictures, calls and their results', async () => {
    const { body } = await sentFor({
      messages: [
        { role: 'system', content: [{ type: 'text', text: 'Be brief.', cache: true }] },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is it?' },
            { type: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'AAAA' }, detail: 'low' },
          ],
        },
        {
          role: 'assistant',
          content: [
            { type: 'reasoning', text: 'hm', signature: 's' },
            { type: 'tool-call', id: 'call_1', name: 'look', input: '{"at":1}' },
          ],
        },
        {
          role: 'user',
          content: [
            {
              type: 'tool-result',
              callId: 'call_1',
              content: [
                { type: 'text', text: 'a cat' },
                { type: 'image', source: { kind: 'url', url: 'https://example.com/cat.png' } },
              ],
            },
            { type: 'text', text: 'Well?' },
          ],
        },
      ],
    })
    expect(body['messages']).toEqual([
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is it?' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA', detail: 'low' } },
        ],
      },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'look', arguments: '{"at":1}' } }],
      },
      { role: 'tool', tool_call_id: 'call_1', content: 'a cat' },
      {
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: 'https://example.com/cat.png' } },
          { type: 'text', text: 'Well?' },
        ],
      },
    ])
  })

  test('tools, their choice, and a schema', async () => {
    const { body } = await sentFor({
      tools: [{ name: 'f', description: 'd', parameters: { type: 'object' }, strict: true }],
      toolChoice: { name: 'f' },
      parallelToolCalls: false,
      responseFormat: { type: 'json-schema', name: 'n', schema: { type: 'object' }, strict: true },
    })
    expect(body).toMatchObject({
      tools: [
        { type: 'function', function: { name: 'f', description: 'd', parameters: { type: 'object' }, strict: true } },
      ],
      tool_choice: { type: 'function', function: { name: 'f' } },
      parallel_tool_calls: false,
      response_format: { type: 'json_schema', json_schema: { name: 'n', schema: { type: 'object' }, strict: true } },
    })
    expect((await sentFor({ responseFormat: { type: 'json' } })).body).toMatchObject({
      response_format: { type: 'json_object' },
    })
  })

  test('effort in words, also where it was asked for in tokens; the nearest that the model knows', async () => {
    expect((await sentFor({ reasoning: { effort: 'high' } })).body).toMatchObject({ reasoning_effort: 'high' })
    expect((await sentFor({ reasoning: { budgetTokens: 8_000 } })).body).toMatchObject({ reasoning_effort: 'medium' })
    expect(
      (await sentFor({ reasoning: { effort: 'max' } }, { ...everyTrait, efforts: ['low', 'medium'] })).body,
    ).toMatchObject({ reasoning_effort: 'medium' })
  })

  test('a reasoning model is not sent the sampling that it would refuse', async () => {
    const { body } = await sentFor(
      { temperature: 1, stop: ['x'] },
      { abilities: ['reasoning', 'effort'], maxOutputTokens: 100 },
    )
    expect(body).not.toHaveProperty('temperature')
    expect(body).not.toHaveProperty('stop')
  })
})

describe('OpenAI’s codes', () => {
  test.each([
    [400, 'context_length_exceeded', 'context_length_exceeded'],
    [400, 'content_policy_violation', 'content_rejected'],
    [400, 'unsupported_value', 'unsupported_parameter'],
    [429, 'insufficient_quota', 'provider_misconfigured'],
    [429, 'rate_limit_exceeded', 'provider_overloaded'],
  ])('%i %s is %s', async (status, code, ours) => {
    const model = create(() =>
      Response.json({ error: { message: 'm', type: 't', param: 'messages', code } }, { status }),
    )
    await expect(collect(model)).rejects.toMatchObject({ code: ours })
  })

  test('Retry-After is passed on', async () => {
    const model = create(() =>
      Response.json({ error: { message: 'slow down' } }, { status: 429, headers: { 'retry-after': '17' } }),
    )
    await expect(collect(model)).rejects.toMatchObject({
      code: 'provider_overloaded',
      details: { retryAfterSeconds: 17 },
    })
  })
})

describe('a caller of OpenAI’s own dialect', () => {
  const send = (body: Record<string, unknown>, respond: Respond = () => sse(fixture('text'))) =>
    create(respond).native!.send(body, { signal: new AbortController().signal, headers: { 'x-request-id': 'req_1' } })

  test('is passed on as they wrote it, and given the vendor’s body unread', async () => {
    let seen: UpstreamCall | undefined
    const body = {
      model: 'gpt-6-luna',
      messages: [{ role: 'user', content: 'Hi' }],
      stream: true,
      logprobs: true,
      metadata: { a: 'b' },
    }
    const answer = await send(body, (call) => {
      seen = call
      return sse(fixture('text'))
    })
    expect(seen!.body).toEqual(body)
    expect(seen!.headers.get('x-request-id')).toBe('req_1')
    expect(answer.bodyUsed).toBe(false)
    expect(await answer.text()).toBe(fixture('text'))
  })

  test('has the limit under the name that every model takes', async () => {
    let seen: UpstreamCall | undefined
    await send({ model: 'm', messages: [], max_tokens: 10 }, (call) => ((seen = call), Response.json({})))
    expect(seen!.body).toEqual({ model: 'm', messages: [], max_completion_tokens: 10 })
  })

  test.each([
    [{ service_tier: 'priority' }, 'service_tier'],
    [{ web_search_options: {} }, 'web_search_options'],
    [{ modalities: ['text', 'audio'] }, 'modalities'],
  ])('is refused what the vendor would bill and nobody has priced: %j', async (extra, param) => {
    await expect(send({ model: 'm', messages: [], ...extra })).rejects.toMatchObject({
      code: 'unsupported_parameter',
      details: { param },
    })
  })

  test('stops the vendor when they leave, also after the answer has begun', async () => {
    let seen: UpstreamCall | undefined
    const stop = new AbortController()
    const answer = await create((call) => ((seen = call), sse(fixture('text')))).native!.send(
      { model: 'm', messages: [], stream: true },
      { signal: stop.signal },
    )
    stop.abort()
    expect(seen!.signal!.aborted).toBe(true)
    await answer.body!.cancel()
  })

  test('meets the same problems', async () => {
    await expect(
      send({ model: 'm', messages: [] }, () => Response.json({ error: { message: `key ${SECRET}` } }, { status: 401 })),
    ).rejects.toMatchObject({ code: 'provider_misconfigured' })
  })
})

test('sound, files and documents are written as OpenAI reads them, with the caller’s controls of the cache', async () => {
  let seen: UpstreamCall | undefined
  await collect(
    create((call) => ((seen = call), sse(fixture('text')))),
    {
      messages: [
        {
          role: 'user',
          content: [
            { type: 'audio', format: 'mp3', data: 'SUQz' },
            { type: 'file', mediaType: 'application/pdf', data: 'JVBERi0=', name: 'a.pdf' },
            { type: 'text', text: 'Once', document: { title: 'A tale' } },
          ],
        },
      ],
      verbosity: 'low',
      promptCache: { key: 'k', retention: '24h', mark: true },
    },
  )
  expect(seen!.body).toMatchObject({
    messages: [
      {
        content: [
          { type: 'input_audio', input_audio: { data: 'SUQz', format: 'mp3' } },
          { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERi0=' } },
          { type: 'text', text: 'A tale\n\nOnce' },
        ],
      },
    ],
    verbosity: 'low',
    prompt_cache_key: 'k',
    prompt_cache_retention: '24h',
  })
})

test('a file in the result of a tool follows as the user’s, because results are text there', async () => {
  let seen: UpstreamCall | undefined
  const file = { type: 'file' as const, mediaType: 'application/pdf' as const, data: 'JVBERi0=' }
  await collect(
    create((call) => ((seen = call), sse(fixture('text')))),
    {
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'Read it.' }] },
        { role: 'assistant', content: [{ type: 'tool-call', id: 'c', name: 'read', input: '{}' }] },
        {
          role: 'user',
          content: [{ type: 'tool-result', callId: 'c', content: [{ type: 'text', text: 'Here.' }, file] }],
        },
      ],
    },
  )
  expect((seen!.body['messages'] as unknown[]).slice(-2)).toMatchObject([
    { role: 'tool', content: 'Here.' },
    { role: 'user', content: [{ type: 'file', file: { filename: 'document.pdf' } }] },
  ])
})
