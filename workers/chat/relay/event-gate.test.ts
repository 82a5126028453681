import { expect, test } from 'vitest'
import { createEventGate, dataOf, endOfLastEvent, hasUsageObject } from './event-gate.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (value: Uint8Array) => new TextDecoder().decode(value)
const usageOnly = 'data: {"choices":[],"usage":{"prompt_tokens":1}}\n\n'

/** However a stream is split, the same is passed on, and nothing but whole events at a time. */
function passThrough(stream: string, sizes: number[], hideUsage: boolean): { passed: string; pieces: string[] } {
  const gate = createEventGate({ hideUsage })
  const all = bytes(stream)
  const pieces: string[] = []
  for (let at = 0, turn = 0; at < all.length; turn++) {
    const size = sizes[turn % sizes.length]!
    const taken = gate.take(all.slice(at, at + size))
    if (taken) pieces.push(text(taken.passed))
    at += size
  }
  return { passed: pieces.join('') + text(gate.rest() ?? new Uint8Array()), pieces }
}

const stream = `data: {"choices":[{"delta":{"content":"مرحبا 👋"}}],"usage":null}\n\n: ping\n\ndata: {"choices":[{"delta":{"content":"\\"usage\\": {"}}]}\n\n${usageOnly}data: [DONE]\n\n`

test.each([[[1]], [[7]], [[13, 2]], [[1000]]])(
  'split in pieces of %j bytes, whole events pass as they are',
  (sizes) => {
    const { passed, pieces } = passThrough(stream, sizes, false)
    expect(passed).toBe(stream)
    for (const piece of pieces) expect(piece.endsWith('\n\n')).toBe(true)
  },
)

test.each([[[1]], [[7]], [[13, 2]], [[1000]]])(
  'split in pieces of %j bytes, the usage event alone is left out',
  (sizes) => {
    expect(passThrough(stream, sizes, true).passed).toBe(stream.replace(usageOnly, ''))
  },
)

test('usage on an event that also has words is the caller’s', () => {
  const last = 'data: {"choices":[{"delta":{},"finish_reason":"stop"}],"usage": {"prompt_tokens":1}}\n\n'
  expect(passThrough(last, [1000], true).passed).toBe(last)
})

test('lines may end as Windows ends them', () => {
  const windows = 'data: {"a":1}\r\n\r\ndata: {"b"'
  expect(endOfLastEvent(bytes(windows))).toBe(bytes('data: {"a":1}\r\n\r\n').length)
})

test('an event without end does not fill the memory', () => {
  const gate = createEventGate({ hideUsage: false })
  expect(gate.take(bytes('x'.repeat(1_000_000)))).toBeNull()
  expect(gate.take(bytes('x'.repeat(100_000)))!.passed.length).toBe(1_100_000)
})

test('an object named usage is found, its name within a text or without an object is not', () => {
  expect(hasUsageObject(bytes('{"usage": {"a":1}}'))).toBe(true)
  expect(hasUsageObject(bytes('{"usage":null}'))).toBe(false)
  expect(hasUsageObject(bytes('{"content":"\\"usage\\": {"}'))).toBe(false)
})

test('the data of an event may have several lines, and comments have none', () => {
  expect(dataOf('event: x\ndata: a\ndata:b')).toBe('a\nb')
  expect(dataOf(': ping')).toBeNull()
})
