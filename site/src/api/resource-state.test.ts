import { expect, test } from 'vitest'
import { ApiProblem } from './api-problem.ts'
import { emptyResource, resourceAfter } from './resource-state.ts'
import type { ResourceState } from './resource-state.ts'

const known: ResourceState<string> = { data: 'old', problem: null, loading: false }
const problem = new ApiProblem({ code: 'network', status: 0, message: '', requestId: null })

test('while the same thing is asked for again, what was known stays', () => {
  expect(resourceAfter(known, { type: 'asked', keep: true })).toEqual({ data: 'old', problem: null, loading: true })
})

test('another thing’s data is never shown in its place', () => {
  expect(resourceAfter(known, { type: 'asked', keep: false })).toEqual(emptyResource)
})

test('a failure does not throw away what was known', () => {
  expect(resourceAfter(known, { type: 'failed', problem })).toEqual({ data: 'old', problem, loading: false })
})

test('an answer ends a problem', () => {
  expect(resourceAfter({ data: null, problem, loading: true }, { type: 'answered', data: 'new' })).toEqual({
    data: 'new',
    problem: null,
    loading: false,
  })
})
