import { expect, test } from 'vitest'
import { createFeed } from './feed-socket.ts'
import type { FeedLine, FeedNotice } from './feed-socket.ts'

function world() {
  const state = { now: 0, lines: [] as FeedLine[], closed: 0 }
  const feed = createFeed({
    now: () => state.now,
    connect: (line) => {
      state.lines.push(line)
      return () => void (state.closed += 1)
    },
  })
  const heard: FeedNotice['type'][] = []
  const stop = feed.listen((notice) => heard.push(notice.type))
  const say = (sequence: number, epoch = 'first') =>
    state.lines.at(-1)?.onData(JSON.stringify({ type: 'item.gone', id: 'itm_1', sequence, epoch }))
  return { state, feed, heard, stop, say, line: () => state.lines.at(-1)! }
}

test('whatever listens on a page shares one line, which closes with the last of them', () => {
  const { state, feed, stop } = world()
  const stopOther = feed.listen(() => {})
  expect(state.lines).toHaveLength(1)
  stop()
  expect(state.closed).toBe(0)
  stopOther()
  expect(state.closed).toBe(1)
  feed.listen(() => {})
  expect(state.lines).toHaveLength(2)
})

test('what is said is heard in its order, by everyone', () => {
  const { feed, heard, say, line } = world()
  const other: string[] = []
  feed.listen((notice) => other.push(notice.type))
  line().onOpen()
  say(5)
  say(6)
  expect(heard).toEqual(['item.gone', 'item.gone'])
  expect(other).toEqual(heard)
})

test('a line that was lost and found again may have missed something', () => {
  const { heard, line, say } = world()
  line().onOpen()
  say(1)
  line().onLost()
  line().onOpen()
  say(9)
  expect(heard).toEqual(['item.gone', 'gap', 'item.gone'])
})

test('a message that never came is a gap', () => {
  const { heard, line, say } = world()
  line().onOpen()
  say(1)
  say(3)
  expect(heard).toEqual(['item.gone', 'gap', 'item.gone'])
})

test('an object that woke again counts anew, which is no gap', () => {
  const { heard, line, say } = world()
  line().onOpen()
  say(7)
  say(1, 'second')
  say(2, 'second')
  expect(heard).toEqual(['item.gone', 'item.gone', 'item.gone'])
})

test('a line that took long to open may have missed what the first lists do not show', () => {
  const { heard, state, line } = world()
  state.now = 5_000
  line().onOpen()
  expect(heard).toEqual(['gap'])
})

test('what cannot be read is not heard', () => {
  const { heard, line } = world()
  line().onOpen()
  line().onData('pong')
  line().onData('{"type":"item"}')
  expect(heard).toEqual([])
})
