import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ChatCompletionRequest } from '#shared/contracts/chat-completions'
import { openAIChat } from './index.ts'
import { isPlainRequest } from './plain-request.ts'

const plain = { model: 'm', messages: [{ role: 'user', content: 'hi' }] }

test('a few texts and a few numbers are plain', () => {
  expect(isPlainRequest(plain)).toBe(true)
  expect(isPlainRequest({ ...plain, stream: true, max_tokens: 10, temperature: 0.5, top_p: 1 })).toBe(true)
})

test.each([
  [{ ...plain, tools: [] }],
  [{ ...plain, user: 'u' }],
  [{ ...plain, nonsense: 1 }],
  [{ ...plain, messages: [] }],
  [{ ...plain, messages: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }] }],
  [{ ...plain, messages: [{ role: 'user', content: 'hi', name: 'n' }] }],
  [{ ...plain, messages: [{ role: 'tool', content: 'hi' }] }],
  [{ ...plain, max_tokens: 0 }],
  [{ ...plain, temperature: 3 }],
  [JSON.parse('{"model":"m","messages":[{"role":"user","content":"hi"}],"__proto__":1}')],
  [{ messages: plain.messages }],
])('the schema decides on %j', (value) => {
  expect(isPlainRequest(value)).toBe(false)
})

const odd = fc.oneof(fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.array(fc.string()))
const message = fc.record(
  {
    role: fc.oneof(fc.constantFrom('user', 'assistant', 'system', 'developer', 'tool'), odd),
    content: fc.oneof(fc.string(), odd),
    name: odd,
  },
  { requiredKeys: [] },
)
const request = fc.record(
  {
    model: fc.oneof(fc.string({ minLength: 1 }), odd),
    messages: fc.oneof(fc.array(message), odd),
    stream: odd,
    max_tokens: fc.oneof(fc.integer({ min: 1, max: 5000 }), odd),
    max_completion_tokens: odd,
    temperature: fc.oneof(fc.double({ min: 0, max: 2, noNaN: true }), odd),
    top_p: odd,
    n: odd,
  },
  { requiredKeys: [] },
)

test('nothing is plain that the schema refuses', () => {
  fc.assert(
    fc.property(request, (value) => {
      if (isPlainRequest(value)) expect(ChatCompletionRequest.safeParse(value).success).toBe(true)
    }),
    { numRuns: 3_000 },
  )
})

test('every character of a plain request is read', () => {
  fc.assert(
    fc.property(fc.string(), (content) => {
      const body = openAIChat.parse({ ...plain, messages: [{ role: 'user', content }] })
      expect(openAIChat.unreadCharacters(body)).toBe(0)
    }),
  )
})

test('what a schema does not read is counted, also inside of what it does', () => {
  const body = openAIChat.parse({
    ...plain,
    messages: [{ role: 'user', content: [{ type: 'text', text: 'hi', extra: 'x'.repeat(100) }] }],
  })
  expect(openAIChat.unreadCharacters(body)).toBeGreaterThan(100)
})
