import { expect, test } from 'vitest'
import { ownRoutesOf } from './lib/own-routes.mjs'

test('on a domain of one’s own paid calls go straight to their service', () => {
  expect(ownRoutesOf('chat', { PUBLIC_URL: 'https://ai.example.com/' })).toContain('ai.example.com/v1/chat/*')
  expect(ownRoutesOf('auth', { PUBLIC_URL: 'https://ai.example.com' })).toEqual([])
})

test('without one, or where it is switched off, everything comes through the gateway', () => {
  expect(ownRoutesOf('chat', { PUBLIC_URL: 'https://riwaq.someone.workers.dev' })).toEqual([])
  expect(ownRoutesOf('chat', { PUBLIC_URL: 'http://localhost:8787' })).toEqual([])
  expect(ownRoutesOf('chat', {})).toEqual([])
  expect(ownRoutesOf('chat', { PUBLIC_URL: 'https://ai.example.com', OWN_ROUTES: 'off' })).toEqual([])
})
