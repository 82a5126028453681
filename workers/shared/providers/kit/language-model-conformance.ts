// What every language vendor must do, whatever it speaks. A vendor brings its own recorded streams; the suite brings
// the expectations. A new vendor is done when this is green.
import { describe, expect, test } from 'vitest'
import { abilities, type ModelTraits } from '#shared/contracts/model'
import { isProblem } from '#shared/http/problems'
import type { Usage } from '#shared/lib/money'
import type { LanguageEvent, LanguageModel, LanguageRequest } from '../spec/language-model.ts'

export interface UpstreamCall {
  /** The whole of what was sent, for looking into. */
  body: Record<string, unknown>
  headers: Headers
  url: string
  signal: AbortSignal | undefined
}

export type Respond = (call: UpstreamCall) => Response | Promise<Response>

export const SECRET = 'sk-secret-of-the-operator-0123456789'

/** Everything that a model can be able to. */
export const everyTrait: ModelTraits = { abilities, maxOutputTokens: 8_192 }

export interface Fixtures {
  /** “مرحبا Hello” in at least two deltas, ended by `stop`. */
  text: string
  textUsage: Usage
  /** Two calls at once: weather({"city":"Cairo"}) and time({}) , arguments in pieces. */
  parallelTools: string
  /** Reasoning, then text. */
  reasoning: string
  reasoningUsage: Usage
  /** Ended by its limit. */
  length: string
  /** An error in the middle of a stream; null where the protocol has none. */
  errorEvent: string | null
  /** A vendor without a key cannot leak one. */
  keyless?: true
  /** An error's body as this vendor writes it. */
  failure: (status: number, message: string) => string
}

interface Conformance {
  name: string
  create: (options: { respond: Respond; traits: ModelTraits }) => LanguageModel
  fixtures: Fixtures
}

const hello: LanguageRequest = {
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
  maxOutputTokens: 100,
}
const calm = () => new AbortController().signal
const encoder = new TextEncoder()

export const sse = (text: string): Response =>
  new Response(encoder.encode(text), { headers: { 'content-type': 'text/event-stream' } })

/** A body in pieces of so many bytes, so that events and characters are torn. */
const torn = (text: string, size: number): Response => {
  const bytes = encoder.encode(text)
  let at = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.slice(at, (at += size)))
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}

/** Says its first bytes and then nothing more, until it is cancelled. */
function stalled(text: string): { response: Response; cancelled: Promise<void> } {
  const { promise: cancelled, resolve } = Promise.withResolvers<void>()
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(text)),
    cancel: () => resolve(),
  })
  return { response: new Response(body, { headers: { 'content-type': 'text/event-stream' } }), cancelled }
}

export async function gather<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

export async function collect(model: LanguageModel, request: Partial<LanguageRequest> = {}): Promise<LanguageEvent[]> {
  const { events } = await model.stream({ ...hello, ...request }, { signal: calm() })
  return gather(events)
}

export const textOf = (events: LanguageEvent[]): string =>
  events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('')
const reasoningOf = (events: LanguageEvent[]): string =>
  events.map((event) => (event.type === 'reasoning-delta' ? event.text : '')).join('')
const finishOf = (events: LanguageEvent[]) => events.find((event) => event.type === 'finish')

const callsOf = (events: LanguageEvent[]) =>
  events
    .filter((event) => event.type === 'tool-call-start')
    .map(({ index, id, name }) => ({
      id,
      name,
      input: events
        .map((event) => (event.type === 'tool-call-delta' && event.index === index ? event.input : ''))
        .join(''),
    }))

export function languageModelConformance({ name, create, fixtures }: Conformance): void {
  const model = (respond: Respond, traits = everyTrait) => create({ respond, traits })
  const answers = (text: string) => model(() => sse(text))
  const failing = (status: number, message = 'no', headers: Record<string, string> = {}) =>
    model(
      () =>
        new Response(fixtures.failure(status, message), {
          status,
          headers: { 'content-type': 'application/json', ...headers },
        }),
    )
  const problemOf = async (promise: Promise<unknown>) => {
    const error = await promise.then(
      () => null,
      (thrown: unknown) => thrown,
    )
    if (!isProblem(error)) throw new Error(`${name}: expected a Problem, got ${String(error)}`)
    return error
  }

  describe(`${name}, as every vendor`, () => {
    test('text arrives in order, as it was said, and ends with what it used', async () => {
      const events = await collect(answers(fixtures.text))
      expect(textOf(events)).toBe('مرحبا Hello')
      expect(events.filter((event) => event.type === 'text-delta').length).toBeGreaterThan(1)
      expect(events.at(-1)).toEqual({ type: 'finish', reason: 'stop', usage: fixtures.textUsage })
    })

    test.each([1, 2, 7, 64])('an event torn into reads of %i bytes is one event', async (size) => {
      const whole = await collect(answers(fixtures.text))
      expect(await collect(model(() => torn(fixtures.text, size)))).toEqual(whole)
    })

    test('parallel calls of tools come with their arguments, each its own', async () => {
      const events = await collect(answers(fixtures.parallelTools), {
        tools: [{ name: 'weather', parameters: { type: 'object' } }],
      })
      const calls = callsOf(events)
      expect(calls.map(({ name: tool, input }) => [tool, JSON.parse(input || '{}')])).toEqual([
        ['weather', { city: 'Cairo' }],
        ['time', {}],
      ])
      expect(new Set(calls.map(({ id }) => id)).size).toBe(2)
      expect(finishOf(events)).toMatchObject({ reason: 'tool-calls' })
    })

    test('reasoning is told apart from the answer, in words and in tokens', async () => {
      const events = await collect(answers(fixtures.reasoning))
      expect(reasoningOf(events)).toBe('Let me think.')
      expect(textOf(events)).toBe('42')
      expect(finishOf(events)).toMatchObject({ usage: fixtures.reasoningUsage })
    })

    test('an answer that met its limit says so', async () => {
      expect(finishOf(await collect(answers(fixtures.length)))).toMatchObject({ reason: 'length' })
    })

    test('a stream that breaks off ends without a finish, never as if it were complete', async () => {
      const half = fixtures.text.slice(0, Math.floor(fixtures.text.length * 0.4))
      expect(finishOf(await collect(answers(half)))).toBeUndefined()
    })

    test.skipIf(fixtures.errorEvent === null)(
      'an error in the middle of a stream is thrown after what was said',
      async () => {
        const { events } = await answers(fixtures.errorEvent ?? '').stream(hello, { signal: calm() })
        const seen: LanguageEvent[] = []
        const problem = await problemOf(
          (async () => {
            for await (const event of events) seen.push(event)
          })(),
        )
        expect(problem.status).toBeGreaterThanOrEqual(500)
        expect(textOf(seen)).not.toBe('')
      },
    )

    test.each([
      [401, 'provider_misconfigured'],
      [403, 'provider_misconfigured'],
      [404, 'provider_error'],
      [400, 'invalid_request'],
      [429, 'provider_overloaded'],
      [500, 'provider_error'],
      [503, 'provider_overloaded'],
    ])('a vendor’s %i is our %s, before anything was said', async (status, code) => {
      expect((await problemOf(failing(status).stream(hello, { signal: calm() }))).code).toBe(code)
    })

    test('only of the caller’s own fault are the vendor’s words shown', async () => {
      expect((await problemOf(failing(400, 'the prompt is odd').stream(hello, { signal: calm() }))).message).toContain(
        'the prompt is odd',
      )
      for (const status of [401, 404, 429, 500]) {
        const problem = await problemOf(failing(status, 'inner workings').stream(hello, { signal: calm() }))
        expect(problem.message).not.toContain('inner workings')
        expect(problem.details.internal).toContain('inner workings')
      }
    })

    test.skipIf(fixtures.keyless)('the operator’s key is in no error, though the vendor echoes it', async () => {
      for (const status of [400, 401, 500]) {
        const problem = await problemOf(failing(status, `bad key ${SECRET}`).stream(hello, { signal: calm() }))
        expect(JSON.stringify([problem.message, problem.details])).not.toContain(SECRET)
      }
    })

    test.each(['<html>Bad gateway</html>', '{"half": ', '', '[]', 'null'])(
      'nonsense (%j) with status 200 is the provider’s error',
      async (body) => {
        const nonsense = model(
          () =>
            new Response(body, {
              headers: { 'content-type': body.startsWith('<') ? 'text/html' : 'application/json' },
            }),
        )
        expect((await problemOf(collect(nonsense))).code).toBe('provider_error')
      },
    )

    test('an event that is not JSON is the provider’s error', async () => {
      expect((await problemOf(collect(answers('data: {"half\n\n')))).code).toBe('provider_error')
    })

    test('a stream of nothing ends without a finish', async () => {
      expect(await collect(answers(''))).toEqual([])
    })

    test('no connection is the provider’s error', async () => {
      const unreachable = model(() => Promise.reject(new TypeError('fetch failed')))
      expect((await problemOf(unreachable.stream(hello, { signal: calm() }))).code).toBe('provider_error')
    })

    test('a signal that has fired sends nothing', async () => {
      let called = false
      const silent = model(() => ((called = true), sse(fixtures.text)))
      const stop = new AbortController()
      stop.abort(new Error('left'))
      await expect(silent.stream(hello, { signal: stop.signal })).rejects.toThrow('left')
      expect(called).toBe(false)
    })

    test('a caller who leaves before the vendor answers aborts the call', async () => {
      const stop = new AbortController()
      const waiting = model(({ signal }) => {
        queueMicrotask(() => stop.abort(new Error('left')))
        return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
      })
      await expect(waiting.stream(hello, { signal: stop.signal })).rejects.toThrow('left')
    })

    test('a caller who leaves between two chunks stops the vendor', async () => {
      const stop = new AbortController()
      const first = fixtures.text.slice(
        0,
        fixtures.text.lastIndexOf('\n\n', Math.floor(fixtures.text.length * 0.6)) + 2,
      )
      const { response, cancelled } = stalled(first)
      const { events } = await model(() => response).stream(hello, { signal: stop.signal })
      await expect(
        (async () => {
          for await (const event of events) if (event.type === 'text-delta') stop.abort(new Error('left'))
        })(),
      ).rejects.toThrow('left')
      await cancelled
    })

    test('a consumer who stops reading stops the vendor', async () => {
      const { response, cancelled } = stalled(
        fixtures.text.slice(0, fixtures.text.lastIndexOf('\n\n', Math.floor(fixtures.text.length * 0.6)) + 2),
      )
      const { events } = await model(() => response).stream(hello, { signal: calm() })
      for await (const event of events) if (event.type === 'text-delta') break
      await cancelled
    })

    test('a setting that the model does not take is said', async () => {
      const plain = model(() => sse(fixtures.text), { abilities: [], maxOutputTokens: 50 })
      const request: LanguageRequest = {
        ...hello,
        temperature: 0.5,
        topP: 0.9,
        topK: 5,
        seed: 1,
        stop: ['x'],
        frequencyPenalty: 1,
        reasoning: { effort: 'high' },
      }
      const { warnings } = await plain.stream(request, { signal: calm() })
      expect(warnings.map(({ parameter }) => parameter).toSorted()).toEqual([
        'frequency_penalty',
        'max_tokens',
        'reasoning',
        'seed',
        'stop',
        'temperature',
        'top_k',
        'top_p',
      ])
    })

    test('pictures and schemas that the model cannot take are refused, not dropped', async () => {
      const blind = model(() => sse(fixtures.text), { abilities: [], maxOutputTokens: 50 })
      const picture: LanguageRequest = {
        messages: [
          { role: 'user', content: [{ type: 'image', source: { kind: 'url', url: 'https://example.com/a.png' } }] },
        ],
      }
      expect((await problemOf(blind.stream(picture, { signal: calm() }))).code).toBe('unsupported_parameter')
      const schema: LanguageRequest = { ...hello, responseFormat: { type: 'json-schema', name: 'n', schema: {} } }
      expect((await problemOf(blind.stream(schema, { signal: calm() }))).code).toBe('unsupported_parameter')
    })
  })
}
