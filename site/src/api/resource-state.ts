import type { ApiProblem } from './api-problem.ts'

/** What is known of something that was asked for. Old data stays visible while newer is on its way. */
export interface ResourceState<T> {
  data: T | null
  problem: ApiProblem | null
  loading: boolean
}

export type ResourceEvent<T> =
  | { type: 'asked'; keep: boolean }
  | { type: 'answered'; data: T }
  | { type: 'failed'; problem: ApiProblem }

export const emptyResource = { data: null, problem: null, loading: true } as const

export function resourceAfter<T>(state: ResourceState<T>, event: ResourceEvent<T>): ResourceState<T> {
  switch (event.type) {
    case 'asked':
      return { data: event.keep ? state.data : null, problem: null, loading: true }
    case 'answered':
      return { data: event.data, problem: null, loading: false }
    case 'failed':
      return { data: state.data, problem: event.problem, loading: false }
  }
}
