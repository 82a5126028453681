import { expect, test } from 'vitest'
import { abilities, type ModelTraits } from '#shared/contracts/model'
import type { LanguageRequest } from '../spec/language-model.ts'
import { fitRequest } from './fit-request.ts'

const hello: LanguageRequest = { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }] }
const full: ModelTraits = { abilities, maxOutputTokens: 1_000 }
const plain: ModelTraits = { abilities: [], maxOutputTokens: 1_000 }
const fit = (request: Partial<LanguageRequest>, traits: ModelTraits) => fitRequest({ ...hello, ...request }, traits)

test('a model that can everything is sent everything', () => {
  const request = {
    ...hello,
    temperature: 0,
    topK: 3,
    seed: 0,
    stop: ['x'],
    reasoning: { effort: 'low' as const },
    maxOutputTokens: 1_000,
  }
  expect(fitRequest(request, full)).toEqual({ request, warnings: [] })
})

test('what is left out is said once each, and the caller’s request is not touched', () => {
  const asked = { ...hello, temperature: 0.5, seed: 0 }
  const { request, warnings } = fitRequest(asked, plain)
  expect(request).toEqual(hello)
  expect(warnings).toEqual([
    { parameter: 'temperature', message: 'This model does not take temperature; it was left out.' },
    { parameter: 'seed', message: 'This model does not take seed; it was left out.' },
  ])
  expect(asked.temperature).toBe(0.5)
})

test('asking a model not to do what it cannot do is no cause for a warning', () => {
  expect(fit({ reasoning: { effort: 'none' }, toolChoice: 'none' }, plain).warnings).toEqual([])
})

test('between two efforts as near, the cheaper', () => {
  const traits: ModelTraits = { ...full, efforts: ['low', 'high'] }
  expect(fit({ reasoning: { effort: 'medium' } }, traits)).toMatchObject({
    request: { reasoning: { effort: 'low' } },
    warnings: [{ parameter: 'reasoning_effort' }],
  })
  expect(fit({ reasoning: { effort: 'none' } }, traits).request.reasoning).toEqual({ effort: 'low' })
  expect(fit({ reasoning: { effort: 'high' } }, traits).warnings).toEqual([])
})

test('a longer answer than the model writes is cut to its limit, and that is said', () => {
  expect(fit({ maxOutputTokens: 5_000 }, full)).toMatchObject({
    request: { maxOutputTokens: 1_000 },
    warnings: [{ parameter: 'max_tokens' }],
  })
})

test.each([
  [{ toolChoice: 'required' as const }, 'tool_choice'],
  [{ toolChoice: { name: 'f' } }, 'tool_choice'],
  [{ responseFormat: { type: 'json' as const } }, 'response_format'],
  [
    {
      messages: [
        {
          role: 'user' as const,
          content: [
            {
              type: 'tool-result' as const,
              callId: 'c',
              content: [{ type: 'image' as const, source: { kind: 'url' as const, url: 'https://x' } }],
            },
          ],
        },
      ],
    },
    'messages',
  ],
])('without which the answer would be another thing, it is refused: %#', (request, param) => {
  expect(() => fit(request, plain)).toThrow(
    expect.objectContaining({ code: 'unsupported_parameter', details: { param } }),
  )
})

test('JSON of any shape is within a model that follows schemas', () => {
  expect(fit({ responseFormat: { type: 'json' } }, { ...plain, abilities: ['json-schema'] }).warnings).toEqual([])
})
