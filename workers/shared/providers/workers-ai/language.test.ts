import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  collect,
  everyTrait,
  languageModelConformance,
  sse,
  textOf,
  type Respond,
} from '../kit/language-model-conformance.ts'
import { createWorkersAi, type WorkersAiBinding } from './index.ts'

const fixture = (name: string) => readFileSync(`${import.meta.dirname}/__fixtures__/${name}.sse`, 'utf8')
const withBinding = (run: WorkersAiBinding['run'], traits = everyTrait) =>
  createWorkersAi({ ai: { run } }).language('@cf/zai-org/glm-5.3-flash', traits)

const create = (respond: Respond, traits = everyTrait) =>
  withBinding(
    async (model, inputs, options) =>
      respond({ url: model, headers: new Headers(), body: inputs, signal: options?.signal }),
    traits,
  )

languageModelConformance({
  name: 'Workers AI',
  create: ({ respond, traits }) => create(respond, traits),
  fixtures: {
    text: fixture('text'),
    textUsage: { input_tokens: 6, cached_input_tokens: 3, output_tokens: 4 },
    parallelTools: fixture('tools'),
    reasoning: fixture('reasoning'),
    reasoningUsage: { input_tokens: 5, output_tokens: 3, reasoning_tokens: 6 },
    length: fixture('length'),
    errorEvent: null,
    keyless: true,
    failure: (_status, message) =>
      JSON.stringify({ success: false, result: null, messages: [], errors: [{ message }] }),
  },
})

describe('the binding', () => {
  test('is given the model apart and asked for a raw stream', async () => {
    const calls: unknown[] = []
    const model = withBinding(async (...call) => (calls.push(call), sse(fixture('text'))))
    await collect(model, { topK: 4 })
    expect(calls).toEqual([
      [
        '@cf/zai-org/glm-5.3-flash',
        {
          messages: [{ role: 'user', content: 'Hi' }],
          stream: true,
          stream_options: { include_usage: true },
          max_tokens: 100,
          top_k: 4,
        },
        { returnRawResponse: true, signal: expect.any(AbortSignal) },
      ],
    ])
  })

  test('the older shape of a stream is read as well, usage and calls included', async () => {
    const events = await collect(create(() => sse(fixture('older-text'))))
    expect(textOf(events)).toBe('مرحبا Hello')
    expect(events.at(-1)).toEqual({ type: 'finish', reason: 'stop', usage: { input_tokens: 9, output_tokens: 4 } })
    const calls = (await collect(create(() => sse(fixture('older-tools'))))).filter(
      (event) => event.type === 'tool-call-start',
    )
    expect(calls.map(({ name }) => name)).toEqual(['weather', 'time'])
  })

  test('an answer that is a bare stream or an object is understood', async () => {
    expect(textOf(await collect(withBinding(async () => sse(fixture('text')).body)))).toBe('مرحبا Hello')
    const object = withBinding(async () => ({
      response: 'Whole',
      usage: { prompt_tokens: 2, completion_tokens: 1, total_tokens: 3 },
    }))
    expect(await collect(object)).toEqual([
      { type: 'text-delta', text: 'Whole' },
      { type: 'finish', reason: 'stop', usage: { input_tokens: 2, output_tokens: 1 } },
    ])
  })

  test.each([
    ['3036: you have used up your daily free allocation', 'provider_misconfigured'],
    ['InferenceUpstreamError: 3040: capacity temporarily exceeded', 'provider_overloaded'],
    ['5007: no such model', 'provider_error'],
    ['5004: invalid input', 'invalid_request'],
    ['3007: request timeout', 'provider_timeout'],
    ['something else', 'provider_error'],
  ])('its error “%s” is our %s', async (message, code) => {
    await expect(collect(withBinding(() => Promise.reject(new Error(message))))).rejects.toMatchObject({ code })
  })

  test('the number in a raw answer counts more than its status', async () => {
    const model = create(() => Response.json({ errors: [{ code: 3040, message: 'capacity' }] }, { status: 400 }))
    await expect(collect(model)).rejects.toMatchObject({ code: 'provider_overloaded' })
  })
})
