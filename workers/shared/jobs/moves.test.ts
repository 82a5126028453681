import { expect, test } from 'vitest'
import { Problem, type ProblemCode } from '../http/problems.ts'
import { backoffMs } from './backoff.ts'
import { failureOf } from './failure.ts'
import { afterFailure, type AfterFailure } from './moves.ts'
import type { StoredJob } from './types.ts'

const NOW = 1_000_000
const DEADLINE = NOW + 900_000
const job = (change: Partial<StoredJob> = {}) =>
  ({ attempts: 1, failures: 0, operation: null, deadlineAt: DEADLINE, phase: 'ask', ...change }) as StoredJob

const after = (error: unknown, change: Partial<AfterFailure> = {}) =>
  afterFailure({
    job: job(),
    step: 'ask',
    failure: failureOf(error),
    now: NOW,
    maxAttempts: 4,
    random: () => 1,
    ...change,
  })

const problem = (code: ProblemCode, details = {}) => new Problem(code, `It is ${code}.`, details)

test('waiting doubles up to a minute, jitters below that and never falls short of what the provider asks for', () => {
  const longest = [1, 2, 3, 4, 5, 6, 20].map((failures) => backoffMs({ failures, random: () => 1 }))
  expect(longest).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000])
  expect(backoffMs({ failures: 3, random: () => 0 })).toBe(4_000)
  expect(backoffMs({ failures: 1, random: () => 1, retryAfterMs: 45_000 })).toBe(45_000)
  expect(backoffMs({ failures: 6, random: () => 1, retryAfterMs: 5_000 })).toBe(60_000)
})

test('a provider that may do better the next time is asked again, a little later', () => {
  expect(after(problem('provider_no_image'))).toMatchObject({ phase: 'ask', state: 'queued', nextLookAt: NOW + 2_000 })
  expect(after(problem('provider_overloaded', { retryAfterSeconds: 30 }))).toMatchObject({ nextLookAt: NOW + 30_000 })
  expect(after(problem('provider_overloaded', { upstream: { retryAfterSeconds: 20 } }))).toMatchObject({
    nextLookAt: NOW + 20_000,
  })
})

test('what nobody foresaw is tried again, and its words are nobody’s to read', () => {
  const change = after(new TypeError('secret words'))
  expect(change).toMatchObject({ state: 'queued', fault: { code: 'internal_error' } })
  expect(JSON.stringify(change)).not.toContain('secret')
})

test.each([
  ['content_rejected', false],
  ['storage_exhausted', false],
  ['provider_misconfigured', true],
] as const)('%s is not asked for again; an operator hears of it: %s', (code, dead) => {
  expect(after(problem(code, { param: 'prompt' }))).toMatchObject({
    phase: 'release',
    fate: 'failed',
    dead,
    fault: { code, param: 'prompt' },
  })
})

test('when all attempts are used it is a dead letter, with the last fault', () => {
  expect(after(problem('provider_timeout'), { job: job({ attempts: 4 }) })).toMatchObject({
    phase: 'release',
    fate: 'failed',
    dead: true,
    fault: { code: 'provider_timeout' },
  })
})

test('a provider that cannot be found does not lose what it works on', () => {
  const waiting = { job: job({ operation: 'op_1', phase: 'wait' }), step: 'look' } as const
  for (const error of [
    problem('provider_overloaded'),
    problem('provider_error', { upstream: { status: 502 } }),
    new TypeError('fetch failed'),
  ]) {
    const change = after(error, waiting)
    expect(change).toMatchObject({ failures: 1, nextLookAt: NOW + 2_000, lease: null })
    expect(change).not.toHaveProperty('phase')
  }
  const often = { ...waiting, job: job({ operation: 'op_1', phase: 'wait', failures: 6 }) }
  expect(after(problem('provider_overloaded'), often)).toMatchObject({ phase: 'ask', operation: null })
})

test('a library that cannot be reached does not make the provider work again', () => {
  const kept = { job: job({ operation: 'op_1', phase: 'wait', attempts: 4 }), step: 'keep' } as const
  expect(after(problem('service_unavailable'), kept)).not.toHaveProperty('fate')
  expect(after(problem('provider_bad_image'), kept)).toMatchObject({ fate: 'failed', dead: true })
})

test('what a provider says of the work itself is not waited out: it is asked anew', () => {
  const waiting = { job: job({ operation: 'op_1', phase: 'wait' }), step: 'look' } as const
  for (const code of ['provider_error', 'provider_image_lost'] as const)
    expect(after(problem(code), waiting)).toMatchObject({ phase: 'ask', state: 'queued', operation: null })
})

test('what could only wait for its deadline ends at once, and after the deadline nothing is tried', () => {
  expect(after(problem('provider_overloaded', { retryAfterSeconds: 3_600 }))).toMatchObject({
    fate: 'failed',
    fault: { code: 'provider_overloaded' },
  })
  expect(after(problem('provider_overloaded'), { now: DEADLINE })).toMatchObject({
    fate: 'expired',
    fault: { code: 'job_expired' },
  })
})
