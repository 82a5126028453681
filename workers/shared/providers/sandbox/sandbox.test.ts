import { expect, test } from 'vitest'
import { sandboxModels } from '#shared/catalog/sandbox-models'
import { priceOf } from '#shared/lib/money'
import type { LanguageEvent, LanguageRequest } from '../spec/language-model.ts'
import { createSandbox } from './index.ts'

const traits = sandboxModels[0]!
const question: LanguageRequest = { messages: [{ role: 'user', content: [{ type: 'text', text: 'What is Riwaq?' }] }] }

async function collect(
  request: Partial<LanguageRequest> = {},
  wait?: (milliseconds: number) => Promise<void>,
  modelId = 'sandbox-guide',
) {
  const { events, warnings } = await createSandbox({ wait })
    .language(modelId, traits)
    .stream({ ...question, ...request }, { signal: new AbortController().signal })
  const all: LanguageEvent[] = []
  for await (const event of events) all.push(event)
  return { all, warnings, text: all.map((event) => (event.type === 'text-delta' ? event.text : '')).join('') }
}

test('it speaks in whole words and ends with what it used', async () => {
  const { all, text } = await collect()
  const deltas = all.filter((event) => event.type === 'text-delta')
  expect(deltas.length).toBeGreaterThan(30)
  for (const { text: word } of deltas) expect(word).toMatch(/^\s*\S+$/)
  expect(text).toContain('Riwaq is an AI platform')
  expect(all.at(-1)).toEqual({
    type: 'finish',
    reason: 'stop',
    usage: { input_tokens: expect.any(Number), output_tokens: expect.any(Number) },
  })
})

test('its answers have a price', async () => {
  const { all } = await collect()
  const finish = all.at(-1)
  expect(finish?.type === 'finish' && priceOf(traits.price!, finish.usage!)).toBeGreaterThan(10)
})

test('the limit on the answer is kept and said', async () => {
  const { all } = await collect({ maxOutputTokens: 12 })
  expect(all.at(-1)).toMatchObject({ type: 'finish', reason: 'length' })
  const finish = all.at(-1)
  expect(finish?.type === 'finish' && finish.usage!.output_tokens).toBeLessThanOrEqual(12)
})

test('it stops at a stop sequence, which is not part of the answer', async () => {
  const { all, text } = await collect({ stop: ['never there', 'AI platform'] })
  expect(text.endsWith('Riwaq is an')).toBe(true)
  expect(all.at(-1)).toMatchObject({ reason: 'stop-sequence', stopSequence: 'AI platform' })
})

test('it keeps the pace that it is given, the slow guide a slower one', async () => {
  const paces: number[] = []
  const wait = async (milliseconds: number) => void paces.push(milliseconds)
  const { all } = await collect({}, wait)
  expect(paces.length).toBe(all.length - 1)
  await collect({ maxOutputTokens: 5 }, wait, 'sandbox-slow-guide')
  expect(new Set(paces)).toEqual(new Set([15, 120]))
})

test('stopped in the middle of an answer it says no further word', async () => {
  const stop = new AbortController()
  const { events } = await createSandbox().language('sandbox-guide', traits).stream(question, { signal: stop.signal })
  const heard: LanguageEvent[] = []
  await expect(
    (async () => {
      for await (const event of events) {
        heard.push(event)
        if (heard.length === 5) stop.abort(new Error('stopped'))
      }
    })(),
  ).rejects.toThrow('stopped')
  expect(heard.length).toBe(5)
})

test('what it cannot do is a warning where the answer is the same without it', async () => {
  const { warnings } = await collect({ temperature: 0.5, tools: [{ name: 'f', parameters: {} }], toolChoice: 'auto' })
  expect(warnings.map(({ parameter }) => parameter)).toEqual(['temperature', 'tools'])
})

test.each([
  [{ tools: [{ name: 'f', parameters: {} }], toolChoice: 'required' as const }, 'tool_choice'],
  [{ responseFormat: { type: 'json' as const } }, 'response_format'],
  [{ responseFormat: { type: 'json-schema' as const, name: 'n', schema: {} } }, 'response_format'],
  [
    {
      messages: [
        {
          role: 'user' as const,
          content: [{ type: 'image' as const, source: { kind: 'url' as const, url: 'https://x' } }],
        },
      ],
    },
    'messages',
  ],
])('and a clear refusal where it is not: %#', async (request, param) => {
  await expect(collect(request)).rejects.toMatchObject({ code: 'unsupported_parameter', details: { param } })
})
