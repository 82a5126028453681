import { expect, test } from 'vitest'
import { inOrder, isEnded, keyStatus } from './key-status.ts'

const now = Date.UTC(2026, 0, 15)
const day = 86_400_000
const plain = { revoked_at: null, expires_at: null, budget_micros: null, spent_micros: 0, created_at: 0 }

test('a key that is revoked says so before anything else', () => {
  expect(keyStatus({ ...plain, revoked_at: 1, expires_at: 2 }, now)).toBe('revoked')
})

test('a key ends at its very moment of expiry and warns a week before', () => {
  expect(keyStatus({ ...plain, expires_at: now }, now)).toBe('expired')
  expect(keyStatus({ ...plain, expires_at: now + 7 * day }, now)).toBe('expires-soon')
  expect(keyStatus({ ...plain, expires_at: now + 8 * day }, now)).toBe('active')
})

test('a key whose budget is used up is shown as spent, not as broken', () => {
  const status = keyStatus({ ...plain, budget_micros: 100, spent_micros: 100 }, now)
  expect(status).toBe('spent')
  expect(isEnded(status)).toBe(false)
  expect(isEnded(keyStatus({ ...plain, revoked_at: 1 }, now))).toBe(true)
})

test('working keys come first, newest first, and dead ones stay at the end', () => {
  const keys = [
    { ...plain, id: 'old', created_at: 1 },
    { ...plain, id: 'dead', created_at: 9, revoked_at: 5 },
    { ...plain, id: 'new', created_at: 3 },
  ]
  expect(inOrder(keys, now).map(({ id }) => id)).toEqual(['new', 'old', 'dead'])
})
