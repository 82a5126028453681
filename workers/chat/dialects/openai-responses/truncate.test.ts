import { expect, test } from 'vitest'
import type { ResponseItem } from '#shared/contracts/responses'
import type { LanguageModels } from '#shared/providers/language-models'
import { truncateItems } from './truncate.ts'

const models = (contextTokens: number) =>
  ({ resolve: () => ({ model: { contextTokens } }) }) as unknown as LanguageModels
const said = (role: 'user' | 'assistant' | 'system', text: string): ResponseItem => ({ role, content: text })
const long = 'word '.repeat(400)

const textsOf = (input: unknown): string[] =>
  (input as { role?: string; type?: string }[]).map((item) => item.role ?? item.type ?? '')

test('a conversation that fits stays whole', () => {
  const body = { model: 'm', truncation: 'auto' as const, input: [said('user', 'one'), said('assistant', 'two')] }
  expect(truncateItems(body, models(8_000))).toBe(body)
})

test('the oldest items are left out until the rest fits; what the model is told, and the last item, stay', () => {
  const input = [
    said('system', 'Be short.'),
    said('user', long),
    said('assistant', long),
    said('user', long),
    said('assistant', 'ok'),
    said('user', 'last'),
  ]
  const { input: kept } = truncateItems({ model: 'm', input, max_output_tokens: 100 }, models(700))
  expect(kept).toEqual([input[0], ...input.slice(3)])
  const { input: least } = truncateItems({ model: 'm', input, max_output_tokens: 100 }, models(60))
  expect(least).toEqual([input[0], input.at(-1)])
})

test('a result whose call was left out is left out with it', () => {
  const input: ResponseItem[] = [
    said('user', long),
    { type: 'function_call', call_id: 'a', name: 'f', arguments: `{"x":"${long}"}` },
    { type: 'function_call_output', call_id: 'a', output: 'ok' },
    { type: 'function_call', call_id: 'b', name: 'f', arguments: '{}' },
    { type: 'function_call_output', call_id: 'b', output: 'ok' },
    said('user', 'last'),
  ]
  const { input: kept } = truncateItems({ model: 'm', input, max_output_tokens: 100 }, models(400))
  expect(textsOf(kept)).toEqual(['function_call', 'function_call_output', 'user'])
})

test('a name that is no model’s own is left to whoever resolves it', () => {
  const body = { model: 'route', input: [said('user', long), said('user', long)] }
  const none = {
    resolve: () => {
      throw new Error('no such model')
    },
  } as unknown as LanguageModels
  expect(truncateItems(body, none)).toBe(body)
})
