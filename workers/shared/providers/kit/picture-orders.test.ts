// What vendors that take orders share: the shape nearest to a size, how far a log says that it has come, when to look again.
import { expect, test } from 'vitest'
import { Problem } from '#shared/http/problems'
import { nearestRatio } from './aspect-ratio.ts'
import { createAskJson } from './ask-json.ts'
import { lookAgainAfter } from './look-again.ts'
import { progressOf } from './progress-of.ts'
import { upstreamProblem } from './upstream-problem.ts'

const ratios = ['21:9', '16:9', '4:3', '1:1', '3:4', '9:16']

test.each([
  [1_024, 1_024, '1:1'],
  [1_920, 1_080, '16:9'],
  [1_080, 1_920, '9:16'],
  [1_000, 900, '1:1'],
  [1_200, 900, '4:3'],
  [5_000, 1_000, '21:9'],
])('%d by %d is nearest to %s', (width, height, ratio) => {
  expect(nearestRatio({ width, height }, ratios)).toBe(ratio)
})

test.each([
  ['  10%|#   |\n  45%|##  |', 0.45],
  ['done 99.5 %', 0.99],
  ['250%', 1],
  ['seed 42', null],
  ['', null],
])('%j has come to %s', (log, share) => {
  expect(progressOf(log)).toBe(share)
})

test('a look that was put off is repeated when the vendor says', () => {
  const busy = upstreamProblem({ vendor: 'fal', status: 429, retryAfterSeconds: 7 })
  expect(lookAgainAfter(busy)).toEqual({ state: 'pending', progress: null, retryAfterMs: 7_000 })
  expect(lookAgainAfter(upstreamProblem({ vendor: 'fal', status: 500 }))).toMatchObject({ state: 'pending' })
})

test.each([401, 404, 410, 422])('after a %i no later look is better', (status) => {
  expect(() => lookAgainAfter(upstreamProblem({ vendor: 'fal', status }))).toThrow(Problem)
})

test('a vendor that sends the caller elsewhere is not followed: the key would travel along', async () => {
  const asked: RequestInit[] = []
  const ask = createAskJson({
    headers: { authorization: 'Key k' },
    fetch: async (_url, init) => {
      asked.push(init ?? {})
      return new Response(null, { status: 302, headers: { location: 'https://thief.example/' } })
    },
    onFailure: () => new Problem('provider_error', 'failed'),
    onRefusal: ({ status }) => new Problem('provider_error', `refused ${status}`),
  })
  const answer = ask({ method: 'GET', url: 'https://queue.fal.run/x', signal: new AbortController().signal })
  await expect(answer).rejects.toThrow('refused 302')
  expect(asked).toMatchObject([{ redirect: 'manual' }])
})
