import { expect, test } from 'vitest'
import { messageOf } from './conversation-platform.fake.ts'
import { emptyConversation } from './conversation-state.ts'
import { shownThread, versionPlace } from './shown-thread.ts'

const messages = [
  messageOf({ id: 'a' }),
  messageOf({ id: 'b', parent_id: 'a' }),
  messageOf({ id: 'c', parent_id: 'b' }),
]
const pending = { key: 'k', content: 'x', model: null, failure: null, arrivedAs: null }
const idsOf = (own: object) =>
  shownThread({ ...emptyConversation, messages, ...own }).messages.map((message) => message.id)

test('a message on its way follows the newest one', () => {
  expect(idsOf({ pending })).toEqual(['a', 'b', 'c'])
  expect(shownThread({ ...emptyConversation, messages, pending }).pending).toBe(pending)
})

test('a new version on its way takes the place of the old one', () => {
  expect(idsOf({ pending: { ...pending, parentId: 'a' } })).toEqual(['a'])
  expect(idsOf({ pending: { ...pending, parentId: null } })).toEqual([])
})

test('once the platform’s copy is there, the typed one is not shown beside it', () => {
  expect(shownThread({ ...emptyConversation, messages, pending: { ...pending, arrivedAs: 'c' } }).pending).toBe(null)
})

test('a message knows which of its versions it is', () => {
  expect(versionPlace({ id: 'b', siblings: ['a', 'b', 'c'] })).toEqual({
    number: 2,
    count: 3,
    previous: 'a',
    next: 'c',
  })
  expect(versionPlace({ id: 'a', siblings: ['a', 'b'] })).toEqual({ number: 1, count: 2, previous: null, next: 'b' })
  expect(versionPlace({ id: 'a', siblings: ['a'] })).toBe(null)
})
