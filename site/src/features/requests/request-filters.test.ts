import { expect, test } from 'vitest'
import { isFiltered, noFilters, toQuery } from './request-filters.ts'

const now = Date.UTC(2026, 10, 22, 12)

test('what was not chosen is not asked for', () => {
  expect(toQuery(noFilters, now)).toEqual({})
  expect(isFiltered(noFilters)).toBe(false)
})

test('what was chosen is asked for by its name on the wire', () => {
  const filters = { outcome: 'error', time: 'day', model: ' openai/gpt ', keyId: 'key_1', userId: 'usr_1' } as const
  expect(toQuery(filters, now)).toEqual({
    status: 'error',
    from: '2026-11-21T12:00:00.000Z',
    model: 'openai/gpt',
    key_id: 'key_1',
    user_id: 'usr_1',
  })
  expect(isFiltered(filters)).toBe(true)
})

test('an hour and a week are as long as they say', () => {
  expect(toQuery({ ...noFilters, time: 'hour' }, now).from).toBe('2026-11-22T11:00:00.000Z')
  expect(toQuery({ ...noFilters, time: 'week' }, now).from).toBe('2026-11-15T12:00:00.000Z')
})
