import { expect, test } from 'vitest'
import { draftOf, localDay, newDraft, readKeyDraft, toChange, toCreateBody } from './key-form.ts'
import type { KeyBody } from './key-form.ts'

const now = new Date(2026, 0, 15, 12).getTime()
const read = (change: Partial<ReturnType<typeof newDraft>>) =>
  readKeyDraft({ ...newDraft(), name: 'Laptop', ...change }, { now, limited: (change.models?.length ?? 0) > 0 })

const bodyOf = (change: Partial<ReturnType<typeof newDraft>>): KeyBody => {
  const reading = read(change)
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults))
  return reading.body
}

test('a new key with only a name asks for nothing else', () => {
  expect(toCreateBody(bodyOf({ name: '  Laptop ' }))).toEqual({
    name: 'Laptop',
    scopes: ['models', 'chat', 'images', 'usage'],
  })
})

test('a budget in Arabic digits is read exactly and keeps its period', () => {
  expect(bodyOf({ budget: '١٢٫٥', period: 'week' })).toMatchObject({ budget_micros: 12_500_000, budget_period: 'week' })
})

test('without a budget there is no period', () => {
  expect(bodyOf({ budget: ' ', period: 'week' })).toMatchObject({ budget_micros: null, budget_period: null })
})

test('a key works until its last day ends', () => {
  const { expires_at } = bodyOf({ expires: '2026-01-15' })
  expect(expires_at).toBe(new Date(2026, 0, 16).getTime())
})

test('what is missing or wrong is told field by field', () => {
  const reading = read({ name: ' ', scopes: [], budget: '-1', requestsPerMinute: '١٫٥', expires: '2026-01-14' })
  expect(reading).toEqual({
    ok: false,
    faults: {
      name: 'name-missing',
      scopes: 'scopes-missing',
      budget: 'amount-too-small',
      requestsPerMinute: 'rate-invalid',
      expires: 'expires-past',
    },
  })
})

test('a limit per minute may be typed in Arabic digits', () => {
  expect(bodyOf({ requestsPerMinute: '٦٠' }).rate_limit_rpm).toBe(60)
})

test('scopes are sent in the table’s order, whichever was ticked first', () => {
  expect(bodyOf({ scopes: ['usage', 'images', 'chat', 'models'] }).scopes).toEqual([
    'models',
    'chat',
    'images',
    'usage',
  ])
})

const key = {
  id: 'key_1',
  name: 'Laptop',
  hint: 'abcd',
  user_id: 'user_1',
  scopes: ['chat' as const],
  models: null,
  budget_micros: 2_500_000,
  budget_period: 'day' as const,
  alert_percents: [50, 90],
  rate_limit_rpm: 60,
  rate_limit_tpm: 90_000,
  parallel_requests: 4,
  cache_seconds: 3_600,
  expires_at: new Date(2026, 1, 2).getTime(),
  created_at: 0,
  revoked_at: null,
  last_used_at: null,
  spent_micros: 0,
}

test('opening a key and saving it changes nothing', () => {
  const draft = draftOf(key)
  expect(draft).toMatchObject({
    budget: '2.5',
    alerts: '50, 90',
    requestsPerMinute: '60',
    tokensPerMinute: '90000',
    parallel: '4',
    cacheSeconds: '3600',
    expires: '2026-02-01',
  })
  const reading = readKeyDraft(draft, { now, limited: false, unchanged: draft })
  expect(reading.ok && toChange(reading.body, reading.body)).toEqual({})
  const { rate_limit_tpm, parallel_requests, alert_percents, cache_seconds, expires_at } = key
  expect(reading.ok && reading.body).toMatchObject({
    rate_limit_tpm,
    parallel_requests,
    alert_percents,
    cache_seconds,
    expires_at,
  })
})

test('only what was changed is sent; a budget always with its period', () => {
  const before = bodyOf({ budget: '2', period: 'day' })
  expect(toChange(before, { ...before, name: 'Server' })).toEqual({ name: 'Server' })
  expect(toChange(before, { ...before, budget_micros: 5_000_000 })).toEqual({
    budget_micros: 5_000_000,
    budget_period: 'day',
  })
})

test('an expired key can be renamed without giving it a new date', () => {
  const draft = draftOf({ ...key, expires_at: new Date(2025, 0, 1).getTime() })
  expect(readKeyDraft({ ...draft, name: 'Old' }, { now, limited: false, unchanged: draft }).ok).toBe(true)
  expect(
    readKeyDraft({ ...draft, expires: localDay(now - 86_400_000) }, { now, limited: false, unchanged: draft }).ok,
  ).toBe(false)
})

test('a limit to no model at all is a mistake, and lifting it keeps no models', () => {
  const draft = { ...newDraft(), name: 'Laptop' }
  expect(readKeyDraft(draft, { now, limited: true })).toEqual({ ok: false, faults: { models: 'models-missing' } })
  const lifted = readKeyDraft({ ...draft, models: ['riwaq/sandbox-guide'] }, { now, limited: false })
  expect(lifted.ok && lifted.body.models).toBeNull()
})

test('limits of tokens and of calls at the same time are read in either script, and refused by their field', () => {
  expect(bodyOf({ tokensPerMinute: '٥٠٬٠٠٠', parallel: '٤' })).toMatchObject({
    rate_limit_tpm: 50_000,
    parallel_requests: 4,
  })
  expect(read({ tokensPerMinute: '0', parallel: '10001' })).toEqual({
    ok: false,
    faults: { tokensPerMinute: 'tokens-invalid', parallel: 'parallel-invalid' },
  })
})

test('alerts belong to a budget: without one they are not looked at', () => {
  expect(read({ budget: '5', alerts: '150' })).toEqual({ ok: false, faults: { alerts: 'alerts-invalid' } })
  expect(bodyOf({ alerts: '150' }).alert_percents).toEqual([80])
  expect(bodyOf({ budget: '5', alerts: '' }).alert_percents, 'none are wanted').toEqual([])
})

test('a key keeps answers only where that was chosen', () => {
  expect(bodyOf({}).cache_seconds).toBeNull()
  expect(bodyOf({ cacheSeconds: '86400' }).cache_seconds).toBe(86_400)
})
