import { describe, expect, test } from 'vitest'
import { networkProblem, retryAfterOf, upstreamProblem } from './upstream-problem.ts'

const of = (failure: { status?: number; code?: string; message?: string }) =>
  upstreamProblem({ vendor: 'Acme', ...failure })

test.each([
  [400, 'invalid_request'],
  [401, 'provider_misconfigured'],
  [402, 'provider_misconfigured'],
  [403, 'provider_misconfigured'],
  [404, 'provider_error'],
  [408, 'provider_timeout'],
  [413, 'payload_too_large'],
  [418, 'provider_error'],
  [422, 'invalid_request'],
  [429, 'provider_overloaded'],
  [500, 'provider_error'],
  [502, 'provider_error'],
  [503, 'provider_overloaded'],
  [504, 'provider_timeout'],
  [529, 'provider_overloaded'],
])('status %i is %s', (status, code) => {
  expect(of({ status }).code).toBe(code)
})

test('a wrong key of the operator’s is never told as the caller’s', () => {
  for (const status of [401, 403])
    expect(of({ status, code: 'invalid_api_key' })).toMatchObject({ code: 'provider_misconfigured', status: 502 })
})

test('a code says more than its status, but no 500 is the caller’s fault', () => {
  expect(of({ status: 400, code: 'context_length_exceeded' }).code).toBe('context_length_exceeded')
  expect(of({ status: 429, code: 'insufficient_quota' }).code).toBe('provider_misconfigured')
  expect(of({ status: 500, code: 'invalid_prompt' }).code).toBe('provider_error')
  expect(of({ status: 400, code: 'toString' }).code).toBe('invalid_request')
})

describe('the vendor’s words', () => {
  test('are shown of the caller’s own fault, with the parameter', () => {
    expect(
      upstreamProblem({ vendor: 'Acme', status: 400, message: 'messages[3] is empty', param: 'messages' }),
    ).toMatchObject({
      message: 'Acme did not accept this request. It says: messages[3] is empty',
      details: { param: 'messages' },
    })
  })

  test('are never logged where they may quote what the caller wrote', () => {
    for (const code of ['invalid_prompt', 'content_filter', 'unsupported_value', undefined]) {
      const problem = of({ status: 400, message: 'Invalid value: "my secret diary"', ...(code && { code }) })
      expect(problem.message).toContain('my secret diary')
      expect(problem.details.internal).not.toContain('diary')
    }
  })

  test('are otherwise for the log', () => {
    const problem = of({ status: 500, message: 'stack at 10.0.0.1' })
    expect(problem.message).not.toContain('10.0.0.1')
    expect(problem.details.internal).toContain('stack at 10.0.0.1')
  })

  test('are cut where they are endless', () => {
    expect(of({ status: 400, message: 'x'.repeat(100_000) }).message.length).toBeLessThan(1_200)
  })
})

test('no secret is in what is shown or logged', () => {
  const problem = upstreamProblem({ vendor: 'Acme', status: 400, message: 'key k-123 is odd, k-123!', secret: 'k-123' })
  expect(JSON.stringify([problem.message, problem.details])).not.toContain('k-123')
  expect(JSON.stringify(networkProblem('Acme', new Error('k-123 refused'), 'k-123').details)).not.toContain('k-123')
})

test.each([
  [{ 'retry-after': '7' }, 7],
  [{ 'retry-after-ms': '1500', 'retry-after': '9' }, 1.5],
  [{ 'retry-after': 'Thu, 01 Jan 1970 00:01:00 GMT' }, 50],
  [{ 'retry-after': 'soon' }, undefined],
  [{}, undefined],
])('%j waits %s seconds', (headers, seconds) => {
  expect(retryAfterOf(new Headers(headers as Record<string, string>), 10_000)).toBe(seconds)
})
