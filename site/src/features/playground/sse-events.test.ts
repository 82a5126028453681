import { expect, test } from 'vitest'
import { createEventReader } from './sse-events.ts'

const stream = 'event: a\ndata: {"x": 1}\n\n: a comment\n\ndata: first\ndata: second\r\n\r\ndata:[DONE]\n\n'
const events = [
  { event: 'a', data: '{"x": 1}' },
  { event: 'message', data: 'first\nsecond' },
  { event: 'message', data: '[DONE]' },
]

test('events are found, comments are not', () => {
  expect(createEventReader()(stream)).toEqual(events)
})

test('wherever the stream is cut into pieces, its events are the same', () => {
  for (let at = 0; at <= stream.length; at++) {
    const read = createEventReader()
    expect([...read(stream.slice(0, at)), ...read(stream.slice(at))]).toEqual(events)
  }
})

test('what has not come to its end is no event', () => {
  expect(createEventReader()('data: half')).toEqual([])
})
