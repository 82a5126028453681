import { expect, test } from 'vitest'
import type { MessagesRequest } from '#shared/contracts/messages'
import { toLanguageRequest } from './to-language-request.ts'

const after = (content: unknown): MessagesRequest =>
  ({
    model: 'claude',
    max_tokens: 10,
    messages: [
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content },
      { role: 'user', content: 'Go on' },
    ],
  }) as MessagesRequest

test('sealed thinking, which the vendor counts as part of the prompt, is counted by its length', () => {
  const data = 'x'.repeat(5_000)
  expect(toLanguageRequest(after([{ type: 'redacted_thinking', data }])).extraCharacters).toBe(5_000)
  expect(toLanguageRequest(after([{ type: 'thinking', thinking: '', signature: data }])).extraCharacters).toBe(5_000)
})

test('thinking that can be read is counted as text, and its seal is not counted again', () => {
  const read = toLanguageRequest(after([{ type: 'thinking', thinking: 'Two places.', signature: 'x'.repeat(5_000) }]))
  expect(read.extraCharacters).toBe(0)
  expect(toLanguageRequest(after('Two places.')).extraCharacters).toBe(0)
})
