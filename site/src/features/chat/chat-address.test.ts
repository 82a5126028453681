import { expect, test } from 'vitest'
import { conversationScript } from './conversation-script.ts'
import { chatPath, conversationInPath } from './chat-address.ts'
import { liveAddress } from './chat-api.ts'

test.each([
  ['/en/chat', null],
  ['/ar/chat/', null],
  ['/ar/chat/conv_01kabc', 'conv_01kabc'],
  ['/en/usage/conv_01kabc', null],
  ['/en/chat/..%2f', null],
])('%s', (path, id) => {
  expect(conversationInPath(path)).toBe(id)
})

test('an address leads back to its conversation', () => {
  expect(conversationInPath(chatPath('ar', 'conv_1'))).toBe('conv_1')
  expect(conversationInPath(chatPath('ar', null))).toBe(null)
})

test('the socket is on the page’s own origin, and as safe as the page', () => {
  expect(liveAddress('conv_1', { protocol: 'https:', host: 'a.example' })).toBe(
    'wss://a.example/api/conversations/conv_1/live',
  )
  expect(liveAddress('conv_1', { protocol: 'http:', host: 'localhost:8787' })).toBe(
    'ws://localhost:8787/api/conversations/conv_1/live',
  )
})

test.each([
  ['/en/chat/conv_1m80', true],
  ['/ar/chat', false],
  ['/ar/chat/', false],
])('before the first paint %s is known to be the address of a conversation: %s', (pathname, expected) => {
  const dataset: Record<string, string> = {}
  const run = new Function('location', 'document', conversationScript) as (location: unknown, document: unknown) => void
  run({ pathname }, { documentElement: { dataset } })
  expect('conversation' in dataset).toBe(expected)
})
