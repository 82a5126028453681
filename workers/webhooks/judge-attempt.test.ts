import { expect, test } from 'vitest'
import { GIVE_UP_AFTER_MS, judgeAttempt, type Judged } from './judge-attempt.ts'

const NOW = Date.UTC(2026, 0, 10)
const judge = (change: Partial<Judged> = {}) =>
  judgeAttempt({
    outcome: { status: 500, error: 'refused' },
    attemptsInRound: 1,
    failingSince: null,
    pausesSeconds: [5, 60],
    now: NOW,
    random: 0,
    ...change,
  })

test('what arrived is delivered, and the webhook is well again', () => {
  expect(judge({ outcome: { status: 204, error: null }, failingSince: NOW - 1 })).toEqual({
    status: 'delivered',
    nextAttemptAt: null,
    failingSince: null,
    disable: null,
  })
})

test('what failed is tried again, later each time, until no pause is left', () => {
  expect(judge()).toMatchObject({ status: 'pending', nextAttemptAt: NOW + 5_000, failingSince: NOW, disable: null })
  expect(judge({ attemptsInRound: 2 })).toMatchObject({ status: 'pending', nextAttemptAt: NOW + 60_000 })
  expect(judge({ attemptsInRound: 3 })).toMatchObject({ status: 'failed', nextAttemptAt: null, disable: null })
})

test('a pause grows by up to a fifth, so that not everybody comes back at once', () => {
  expect(judge({ random: 0.5 }).nextAttemptAt).toBe(NOW + 5_500)
  expect(judge({ random: 1 }).nextAttemptAt).toBe(NOW + 6_000)
})

test('who says that it is gone for ever is not asked again', () => {
  expect(judge({ outcome: { status: 410, error: 'refused' } })).toMatchObject({ status: 'failed', disable: 'gone' })
})

test('after days of nothing but failures it is switched off; a minute less is not enough', () => {
  expect(judge({ failingSince: NOW - GIVE_UP_AFTER_MS })).toMatchObject({ status: 'failed', disable: 'failing' })
  expect(judge({ failingSince: NOW - GIVE_UP_AFTER_MS + 60_000 })).toMatchObject({ status: 'pending', disable: null })
})

test('the first failure is what counts, not the last', () => {
  expect(judge({ failingSince: NOW - 5_000 }).failingSince).toBe(NOW - 5_000)
})

test('an address that may not be asked is not asked again', () => {
  expect(judge({ outcome: { status: null, error: 'address_refused' } })).toMatchObject({ status: 'failed' })
})

test('a secret that cannot be read is no fault of the other side', () => {
  const outcome = { status: null, error: 'secret_unreadable' } as const
  expect(judge({ outcome })).toMatchObject({ status: 'pending', failingSince: null, disable: null })
  expect(judge({ outcome, failingSince: NOW - GIVE_UP_AFTER_MS })).toMatchObject({ status: 'pending', disable: null })
})
