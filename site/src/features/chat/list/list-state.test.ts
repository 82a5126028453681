import { expect, test } from 'vitest'
import type { Conversation } from '#shared/contracts/conversation'
import { groupByDay } from './group-by-day.ts'
import {
  emptyList,
  hideConversation,
  unhideConversation,
  withConversation,
  withFirstPage,
  withNextPage,
  withoutConversation,
  withRefreshedPage,
} from './list-state.ts'

const row = (id: string, updated_at: number, title = id): Conversation => ({
  id,
  title,
  model: null,
  running: false,
  created_at: 0,
  updated_at,
})
const idsOf = (state: { rows: readonly Conversation[] }) => state.rows.map(({ id }) => id)

test('pages follow one another, and a conversation that moved up meanwhile is listed once', () => {
  const first = withFirstPage(emptyList, { data: [row('c', 30), row('b', 20)], next_cursor: 'n' })
  const both = withNextPage(first, { data: [row('b', 20), row('a', 10)], next_cursor: null })
  expect(idsOf(both)).toEqual(['c', 'b', 'a'])
  expect(both.cursor).toBe(null)
})

test('a conversation that answers moves to the top; its older description changes nothing', () => {
  const state = withFirstPage(emptyList, { data: [row('b', 20), row('a', 10)], next_cursor: null })
  const moved = withConversation(state, row('a', 30, 'new title'))
  expect(idsOf(moved)).toEqual(['a', 'b'])
  expect(withConversation(moved, row('a', 5, 'old')).rows[0]!.title).toBe('new title')
})

test('refreshing drops what another tab deleted from the first page and keeps what is loaded below', () => {
  const state = withNextPage(withFirstPage(emptyList, { data: [row('d', 40), row('c', 30)], next_cursor: 'n' }), {
    data: [row('b', 20), row('a', 10)],
    next_cursor: 'm',
  })
  const refreshed = withRefreshedPage(state, { data: [row('e', 50), row('c', 30)], next_cursor: 'n2' })
  expect(idsOf(refreshed)).toEqual(['e', 'c', 'b', 'a'])
  expect(refreshed.cursor).toBe('m')
  expect(idsOf(withRefreshedPage(state, { data: [row('d', 40)], next_cursor: null }))).toEqual(['d'])
})

test('a deletion can be undone until it is done', () => {
  const state = hideConversation(withFirstPage(emptyList, { data: [row('a', 1)], next_cursor: null }), 'a')
  expect(state.hidden.has('a')).toBe(true)
  expect(unhideConversation(state, 'a').hidden.size).toBe(0)
  expect(withoutConversation(state, 'a')).toEqual({ rows: [], cursor: null, hidden: new Set() })
})

const at = (year: number, month: number, day: number, hour = 12) => new Date(year, month - 1, day, hour).getTime()

test('conversations are grouped by the reader’s days', () => {
  const rows = [
    row('now', at(2026, 11, 22, 9)),
    row('midnight', at(2026, 11, 22, 0)),
    row('late', at(2026, 11, 21, 23)),
    row('week', at(2026, 11, 15, 12)),
    row('nov', at(2026, 11, 2)),
    row('oct', at(2026, 10, 30)),
    row('last year', at(2025, 10, 30)),
  ]
  const groups = groupByDay(rows, at(2026, 11, 22, 10))
  expect(groups.map((group) => [group.kind, group.rows.map(({ id }) => id)])).toEqual([
    ['today', ['now', 'midnight']],
    ['yesterday', ['late']],
    ['week', ['week']],
    ['month', ['nov']],
    ['month', ['oct']],
    ['month', ['last year']],
  ])
})
