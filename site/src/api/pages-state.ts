import type { ApiProblem } from './api-problem.ts'

/** One page of a list, as every list of the platform answers it. */
export interface Page<T> {
  data: T[]
  next_cursor: string | null
}

/** A list that grows by pages. `loading` says which part of it is on its way. */
export interface PagesState<T> {
  items: T[] | null
  nextCursor: string | null
  loading: 'first' | 'more' | null
  problem: ApiProblem | null
}

export type PagesEvent<T> =
  | { type: 'asked-first'; keep: boolean }
  | { type: 'asked-more' }
  | { type: 'answered-first'; page: Page<T> }
  | { type: 'answered-more'; page: Page<T> }
  | { type: 'failed'; problem: ApiProblem }

export const emptyPages = { items: null, nextCursor: null, loading: 'first', problem: null } as const

/** `idOf` drops what a list that moved between two pages shows twice. */
export function pagesAfter<T>(state: PagesState<T>, event: PagesEvent<T>, idOf: (item: T) => string): PagesState<T> {
  switch (event.type) {
    case 'asked-first':
      return {
        items: event.keep ? state.items : null,
        nextCursor: event.keep ? state.nextCursor : null,
        loading: 'first',
        problem: null,
      }
    case 'asked-more':
      return { ...state, loading: 'more', problem: null }
    case 'answered-first':
      return { items: event.page.data, nextCursor: event.page.next_cursor, loading: null, problem: null }
    case 'answered-more': {
      const known = new Set(state.items?.map(idOf))
      const items = [...(state.items ?? []), ...event.page.data.filter((item) => !known.has(idOf(item)))]
      return { items, nextCursor: event.page.next_cursor, loading: null, problem: null }
    }
    case 'failed':
      return { ...state, loading: null, problem: event.problem }
  }
}
