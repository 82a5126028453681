import { expect, test } from 'vitest'
import { noPolicy } from '../contracts/policy.ts'
import { toAdmissionProblem } from './admission-problem.ts'

const rateLimit = { name: 'key', limit: 60, remaining: 0, resetSeconds: 12, windowSeconds: 60 } as const

test('every refusal of the ledger has a status, a sentence and facts', () => {
  const money = { neededMicros: 1_500_000, availableMicros: 20 }
  expect(toAdmissionProblem({ ok: false, code: 'insufficient_credits', ...money })).toMatchObject({
    status: 402,
    message: 'Not enough credit: this call needs $1.50 and $0.00002 are left.',
    details: { facts: { needed_micros: 1_500_000, available_micros: 20 } },
  })
  expect(toAdmissionProblem({ ok: false, code: 'credit_held', ...money, heldMicros: 5 })).toMatchObject({
    status: 429,
    details: { retryAfterSeconds: 1 },
  })
  expect(
    toAdmissionProblem({
      ok: false,
      code: 'budget_exceeded',
      account: 'key:key_1',
      ...money,
      resetsAt: Date.UTC(2026, 1, 1),
    }),
  ).toMatchObject({
    status: 402,
    message: 'The API key’s budget is spent until 2026-02-01T00:00:00.000Z.',
    details: { facts: { budget: 'key:key_1', resets_at: '2026-02-01T00:00:00.000Z' } },
  })
  expect(
    toAdmissionProblem({ ok: false, code: 'budget_exceeded', account: 'organization', ...money, resetsAt: null })
      .message,
  ).toBe('The organization’s budget is spent.')
  expect(
    toAdmissionProblem({ ok: false, code: 'budget_held', account: 'model:openai/gpt-sample', ...money }).message,
  ).toBe(
    'The model openai/gpt-sample’s budget has room, but requests that are still running hold it. Try again when they are done.',
  )
  expect(
    toAdmissionProblem({ ok: false, code: 'too_many_parallel_requests', account: 'member:usr_1', limit: 3 }),
  ).toMatchObject({
    status: 429,
    message:
      'As many requests as the member’s limit allows at the same time (3) are running. Try again when one is done.',
    details: { retryAfterSeconds: 1, facts: { limit: 'member:usr_1', parallel_requests: 3 } },
  })
  expect(toAdmissionProblem({ ok: false, code: 'policy_changed', snapshot: noPolicy })).toMatchObject({ status: 500 })
  expect(toAdmissionProblem({ ok: false, code: 'invalid_api_key', reason: 'expired' })).toMatchObject({
    status: 401,
    message: 'This API key has expired.',
  })
  expect(toAdmissionProblem({ ok: false, code: 'permission_denied', scope: 'chat' })).toMatchObject({ status: 403 })
  expect(toAdmissionProblem({ ok: false, code: 'model_not_allowed', model: 'a/b' })).toMatchObject({
    status: 403,
    details: { param: 'model' },
  })
  expect(toAdmissionProblem({ ok: false, code: 'model_not_in_plan', model: 'a/b', planId: 'free' })).toMatchObject({
    status: 403,
    details: { param: 'model', facts: { model: 'a/b', plan: 'free' } },
  })
  expect(toAdmissionProblem({ ok: false, code: 'payment_overdue' })).toMatchObject({ status: 402 })
})

test('a limit that is reached names itself in the standard fields', () => {
  expect(
    toAdmissionProblem({ ok: false, code: 'rate_limit_exceeded', rateLimit, retryAfterSeconds: 3 }).details,
  ).toMatchObject({
    retryAfterSeconds: 3,
    headers: { ratelimit: '"key";r=0;t=12', 'ratelimit-policy': '"key";q=60;w=60' },
  })
})

test('a limit of tokens says what was asked for, and whether waiting helps', () => {
  const tokens = { ...rateLimit, unit: 'tokens', limit: 600, remaining: 200 } as const
  const refusal = { ok: false, code: 'rate_limit_exceeded', rateLimit: tokens, retryAfterSeconds: 20 } as const
  expect(toAdmissionProblem({ ...refusal, neededTokens: 400 })).toMatchObject({
    message: 'Too many tokens: 600 in 60 seconds are allowed (key); this request may reach 400 and 200 are left.',
    details: {
      retryAfterSeconds: 20,
      headers: { ratelimit: '"key-tokens";r=200;t=12', 'ratelimit-policy': '"key-tokens";q=600;qu="tokens";w=60' },
      facts: { limit: 'key', tokens: 600, needed_tokens: 400 },
    },
  })
  const never = toAdmissionProblem({ ...refusal, neededTokens: 601 })
  expect(never.message).toContain('Ask for a shorter answer')
  expect(never.details.headers).toMatchObject({ 'x-should-retry': 'false' })
  expect(never.details.retryAfterSeconds).toBeUndefined()
})
