import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  collect,
  everyTrait,
  languageModelConformance,
  SECRET,
  sse,
  textOf,
  type Respond,
  type UpstreamCall,
} from '../kit/language-model-conformance.ts'
import { fetchOf } from '../kit/upstream-fake.ts'
import type { LanguageRequest } from '../spec/language-model.ts'
import { compatibleVendors, createCompatible, type CompatibleVendorId } from './index.ts'

const fixture = (name: string) => readFileSync(`${import.meta.dirname}/__fixtures__/${name}.sse`, 'utf8')
const baseURL = 'http://localhost:11434/v1/'
const create = (respond: Respond, traits = everyTrait, apiKey = SECRET) =>
  createCompatible({ apiKey, baseURL, fetch: fetchOf(respond) }).language('qwen3', traits)
const createRow = (vendor: CompatibleVendorId, respond: Respond) => {
  const row = compatibleVendors[vendor]
  return createCompatible({
    apiKey: SECRET,
    baseURL: row.baseURL,
    quirks: row.quirks,
    fetch: fetchOf(respond),
  }).language('m', everyTrait)
}

languageModelConformance({
  name: 'a server of the operator’s own (Ollama)',
  create: ({ respond, traits }) => create(respond, traits),
  fixtures: {
    text: fixture('ollama-text'),
    textUsage: { input_tokens: 11, output_tokens: 4 },
    parallelTools: fixture('ollama-tools'),
    reasoning: fixture('ollama-reasoning'),
    reasoningUsage: { input_tokens: 5, output_tokens: 9 },
    length: fixture('ollama-length'),
    errorEvent: fixture('vllm-error'),
    failure: (_status, message) => JSON.stringify({ error: message }),
  },
})

async function sentFor(
  model: (respond: Respond) => ReturnType<typeof create>,
  request: Partial<LanguageRequest> = {},
): Promise<UpstreamCall> {
  let seen: UpstreamCall | undefined
  await collect(
    model((call) => ((seen = call), sse(fixture('ollama-text')))),
    request,
  )
  return seen!
}

describe('look-alikes', () => {
  test('a server without a key is sent none', async () => {
    const { headers, url } = await sentFor((respond) => create(respond, everyTrait, ''))
    expect(headers.has('authorization')).toBe(false)
    expect(url).toBe('http://localhost:11434/v1/chat/completions')
  })

  test('usage that never comes is null, not zero', async () => {
    expect((await collect(create(() => sse(fixture('ollama-length'))))).at(-1)).toEqual({
      type: 'finish',
      reason: 'length',
      usage: null,
    })
  })

  test('a call without an id is given one', async () => {
    const starts = (await collect(create(() => sse(fixture('ollama-tools'))))).filter(
      (event) => event.type === 'tool-call-start',
    )
    for (const { id } of starts) expect(id).toMatch(/^call_[0-9a-f]{32}$/)
  })

  test.each(['eos', 'unload', 'constructor'])(
    'an unknown reason to finish (%s) is an end like any other',
    async (reason) => {
      const stream = `data: {"choices":[{"delta":{"content":null},"finish_reason":"${reason}"}]}\n\ndata: [DONE]\n\n`
      expect((await collect(create(() => sse(stream)))).at(-1)).toEqual({ type: 'finish', reason: 'stop', usage: null })
    },
  )

  test('a server that knows no streams answers in one piece', async () => {
    const model = create(() =>
      Response.json({
        choices: [{ message: { role: 'assistant', content: 'Whole' }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 3, completion_tokens: 1 },
      }),
    )
    expect(await collect(model)).toEqual([
      { type: 'text-delta', text: 'Whole' },
      { type: 'finish', reason: 'stop', usage: { input_tokens: 3, output_tokens: 1 } },
    ])
  })

  test('Mistral’s thinking is reasoning', async () => {
    const events = await collect(createRow('mistral', () => sse(fixture('mistral-thinking'))))
    expect(events[0]).toEqual({ type: 'reasoning-delta', text: 'Let me think.' })
    expect(textOf(events)).toBe('42')
  })

  test('Google’s parallel calls share an index and stay two', async () => {
    const events = await collect(createRow('google', () => sse(fixture('gemini-parallel-tools'))))
    expect(events.filter((event) => event.type === 'tool-call-start').map(({ index, name }) => [index, name])).toEqual([
      [0, 'weather'],
      [1, 'time'],
    ])
    // 90 in all, 52 of them said: the rest was reasoning that nobody itemised.
    expect(events.at(-1)).toMatchObject({ usage: { input_tokens: 40, output_tokens: 12, reasoning_tokens: 38 } })
  })

  test('DeepSeek’s cached tokens and xAI’s reasoning are counted once each', async () => {
    expect((await collect(createRow('deepseek', () => sse(fixture('deepseek-cached'))))).at(-1)).toMatchObject({
      usage: { input_tokens: 36, cached_input_tokens: 64, output_tokens: 5, reasoning_tokens: 15 },
    })
    expect((await collect(createRow('xai', () => sse(fixture('xai-reasoning'))))).at(-1)).toMatchObject({
      usage: { input_tokens: 26, cached_input_tokens: 6, output_tokens: 9, reasoning_tokens: 94 },
    })
  })

  test('Mistral is asked in its own words', async () => {
    const { body } = await sentFor((respond) => createRow('mistral', respond), {
      seed: 5,
      endUser: 'u',
      tools: [{ name: 'f', parameters: {} }],
      toolChoice: 'required',
    })
    expect(body).toMatchObject({ random_seed: 5, tool_choice: 'any', max_tokens: 100 })
    for (const field of ['stream_options', 'user', 'seed', 'max_completion_tokens'])
      expect(body).not.toHaveProperty(field)
  })

  test('DeepSeek is switched to thinking, and its thoughts go back beside its calls', async () => {
    const { body } = await sentFor((respond) => createRow('deepseek', respond), {
      reasoning: { effort: 'high' },
      messages: [
        {
          role: 'assistant',
          content: [
            { type: 'reasoning', text: 'hm' },
            { type: 'tool-call', id: 'c', name: 'f', input: '{}' },
          ],
        },
      ],
    })
    expect(body).toMatchObject({
      thinking: { type: 'enabled' },
      reasoning_effort: 'high',
      messages: [{ role: 'assistant', content: null, reasoning_content: 'hm' }],
    })
    expect(
      (await sentFor((respond) => createRow('deepseek', respond), { reasoning: { effort: 'none' } })).body,
    ).toMatchObject({ thinking: { type: 'disabled' } })
  })

  test('a caller of OpenAI’s dialect is passed through where the vendor takes whatever OpenAI takes', () => {
    expect(createRow('groq', () => sse('')).native?.dialect).toBe('openai-chat')
    expect(createRow('mistral', () => sse('')).native).toBeUndefined()
    expect(createRow('google', () => sse('')).native).toBeUndefined()
  })

  test('and has the limit under the name that any server knows', async () => {
    let seen: UpstreamCall | undefined
    await create((call) => ((seen = call), Response.json({}))).native!.send(
      { model: 'qwen3', messages: [], max_completion_tokens: 9 },
      { signal: new AbortController().signal },
    )
    expect(seen!.body).toEqual({ model: 'qwen3', messages: [], max_tokens: 9 })
  })
})

describe('images behind addresses', () => {
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const url = 'https://pictures.example/cat.png'
  const data = `data:image/png;base64,${Buffer.from(png).toString('base64')}`
  const sees = (model: (respond: Respond) => ReturnType<typeof create>) => {
    const calls: UpstreamCall[] = []
    const built = model((call) => {
      calls.push(call)
      return call.url === url ? new Response(png) : sse(fixture('ollama-text'))
    })
    return { built, calls }
  }
  const content = [{ type: 'image' as const, source: { kind: 'url' as const, url } }]

  test.each(['google', 'compatible'] as const)('%s is sent the image itself, whoever asks', async (vendor) => {
    const { built, calls } = sees((respond) => (vendor === 'compatible' ? create(respond) : createRow(vendor, respond)))
    await collect(built, { messages: [{ role: 'user', content }] })
    expect(calls.map((call) => call.url)).toContain(url)
    expect(calls.at(-1)!.body).toMatchObject({ messages: [{ content: [{ image_url: { url: data } }] }] })
  })

  test('also where the caller’s own body is passed on', async () => {
    const { built, calls } = sees((respond) => create(respond))
    const messages = [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }]
    await built.native!.send({ model: 'm', messages }, { signal: new AbortController().signal })
    expect(calls.at(-1)!.body).toMatchObject({ messages: [{ content: [{ image_url: { url: data } }] }] })
  })

  test('a vendor that fetches by itself is told the address', async () => {
    const { built, calls } = sees((respond) => createRow('xai', respond))
    await collect(built, { messages: [{ role: 'user', content }] })
    expect(calls).toHaveLength(1)
    expect(calls[0]!.body).toMatchObject({ messages: [{ content: [{ image_url: { url } }] }] })
  })
})
