import { expect, test } from 'vitest'
import { createStreamReader } from '../dialects/openai-chat/stream-reader.ts'
import { createRelayTally } from './relay-tally.ts'

const bytes = (value: string) => new TextEncoder().encode(value)
const word = (content: string) => bytes(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`)
const tallyOf = () => createRelayTally({ reader: createStreamReader(), estimateText: (text) => text.length })

test('a complete stream is known by the provider’s count', () => {
  const tally = tallyOf()
  tally.keep(word('hello'))
  tally.keep(bytes('data: {"choices":[],"usage":{"prompt_tokens":4,"completion_tokens":2}}\n\ndata: [DONE]\n\n'))
  expect(tally.finished()).toBe(true)
  expect(tally.tally().usage).toEqual({ input_tokens: 4, output_tokens: 2 })
})

test('of a long stream that is cut, every word is counted once, though its bytes were dropped on the way', () => {
  const tally = tallyOf()
  const long = 'w'.repeat(5_000)
  for (let at = 0; at < 200; at++) tally.keep(word(long))
  expect(tally.tally()).toMatchObject({ usage: null, outputTokens: 1_000_000, delivered: true })
  expect(tally.tally().outputTokens).toBe(1_000_000)
  expect(tally.finished()).toBe(false)
})

test('arguments of tools, reasoning and refusals count as well', () => {
  const tally = tallyOf()
  tally.keep(
    bytes(
      `data: ${JSON.stringify({ choices: [{ delta: { reasoning_content: 'abc', tool_calls: [{ function: { name: 'f', arguments: '{"a":1}' } }] } }] })}\n\n`,
    ),
  )
  expect(tally.tally().outputTokens).toBe(11)
})

test('a server that counts zero has not counted', () => {
  const tally = tallyOf()
  tally.keep(word('hello'))
  tally.keep(
    bytes(
      'data: {"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}}\n\n',
    ),
  )
  expect(tally.finished()).toBe(true)
  expect(tally.tally()).toMatchObject({ usage: null, outputTokens: 5 })
})

test('an error that the vendor itself told is known', () => {
  const tally = tallyOf()
  tally.keep(bytes('data: {"error":{"message":"no"}}\n\n'))
  expect(tally.finished()).toBe(false)
  expect(tally.failed()).toBe(true)
})
