import { expect, test } from 'vitest'
import { ApiProblem } from './api-problem.ts'
import { emptyPages, pagesAfter } from './pages-state.ts'
import type { PagesEvent, PagesState } from './pages-state.ts'

const after = (events: PagesEvent<string>[]) =>
  events.reduce<PagesState<string>>((state, event) => pagesAfter(state, event, (item) => item), emptyPages)

const first: PagesEvent<string> = { type: 'answered-first', page: { data: ['c', 'b'], next_cursor: 'x' } }
const problem = new ApiProblem({ code: 'network', status: 0, message: '', requestId: null })

test('a list grows by its next page', () => {
  const state = after([
    first,
    { type: 'asked-more' },
    { type: 'answered-more', page: { data: ['a'], next_cursor: null } },
  ])
  expect(state).toEqual({ items: ['c', 'b', 'a'], nextCursor: null, loading: null, problem: null })
})

test('what moved onto the next page while it was read is not shown twice', () => {
  expect(after([first, { type: 'answered-more', page: { data: ['b', 'a'], next_cursor: null } }]).items).toEqual([
    'c',
    'b',
    'a',
  ])
})

test('a next page that fails leaves what is there, and can be asked for again', () => {
  expect(after([first, { type: 'asked-more' }, { type: 'failed', problem }])).toEqual({
    items: ['c', 'b'],
    nextCursor: 'x',
    loading: null,
    problem,
  })
})

test('asking again keeps the old list in sight; another list does not inherit it', () => {
  expect(after([first, { type: 'asked-first', keep: true }]).items).toEqual(['c', 'b'])
  expect(after([first, { type: 'asked-first', keep: false }])).toEqual({
    items: null,
    nextCursor: null,
    loading: 'first',
    problem: null,
  })
})
