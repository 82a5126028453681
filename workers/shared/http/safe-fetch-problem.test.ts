import { expect, test } from 'vitest'
import { safeFetchProblem } from './safe-fetch-problem.ts'

const about = { what: 'image', param: 'messages' }

test('who names a picture inside a network is told so, and which parameter it was', () => {
  expect(safeFetchProblem({ fault: 'not-public' }, about)).toMatchObject({
    code: 'invalid_request',
    message: 'This image could not be fetched: its address is not, or does not stay, a public https address.',
    details: { param: 'messages' },
  })
})

test('a server’s refusal is told with its status', () => {
  expect(safeFetchProblem({ fault: 'refused', status: 404 }, about).message).toBe(
    'This image could not be fetched: its server refused (404).',
  )
})
