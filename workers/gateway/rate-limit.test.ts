import { expect, test } from 'vitest'
import { createTestGateway, KEY, member, SESSION } from './testing.ts'

const withSession = { headers: { cookie: SESSION } }

test('a member’s calls are counted together, whatever they call', async () => {
  const gateway = createTestGateway()
  const response = await gateway.call('/api/usage/balance', withSession)
  expect(gateway.asked).toContain(`take session:${member.userId}`)
  expect(response.headers.get('ratelimit-policy')).toBe('"session";q=600;w=60')
  expect(response.headers.get('ratelimit')).toBe('"session";r=599;t=12')
})

test('too many calls are refused with the time to wait', async () => {
  const gateway = createTestGateway({ LIMIT_SESSION_CALLS: '5/10' })
  gateway.state.allowed = false
  const { response, problem } = await gateway.problemOf('/api/usage/balance', withSession)
  expect(response.status).toBe(429)
  expect(problem).toMatchObject({
    code: 'rate_limit_exceeded',
    facts: { limit: 5, window_seconds: 10, retry_after_seconds: 8 },
  })
  expect(response.headers.get('retry-after')).toBe('8')
  expect(response.headers.get('ratelimit')).toBe('"session";r=0;t=12')
  expect(gateway.through).toEqual([])
})

test('calls without an account are counted by address', async () => {
  const gateway = createTestGateway()
  await gateway.call('/api/auth/sign-in/email', { method: 'POST', headers: { 'cf-connecting-ip': '203.0.113.7' } })
  expect(gateway.asked).toEqual(['take address:203.0.113.7'])
})

test('paid calls are counted by the ledger, in the trip that they make anyway', async () => {
  const gateway = createTestGateway()
  await gateway.call('/v1/chat/completions', { method: 'POST', body: '{}', headers: { 'x-api-key': KEY } })
  await gateway.call('/v1/chat/completions', { method: 'POST', body: '{}', ...withSession })
  expect(gateway.asked).toEqual(['principalOf'])
})

test('a key’s own limit, as its ledger told it, is told to the caller', async () => {
  const gateway = createTestGateway()
  gateway.state.verdict = {
    ok: true,
    keyId: 'key_1',
    userId: 'usr_1',
    scopes: [],
    rateLimit: { name: 'key', limit: 60, remaining: 41.5, resetSeconds: 18.2, windowSeconds: 60 },
  }
  const response = await gateway.call('/v1/models', { headers: { 'x-api-key': KEY } })
  expect(response.headers.get('ratelimit')).toBe('"key";r=41;t=19')
})

test('what a service says about a limit stands', async () => {
  const gateway = createTestGateway()
  gateway.state.answer = () => Response.json({}, { headers: { ratelimit: '"key";r=1;t=1' } })
  expect((await gateway.call('/api/usage/balance', withSession)).headers.get('ratelimit')).toBe('"key";r=1;t=1')
})

test('where the limiter cannot be asked the call goes on and says so', async () => {
  const gateway = createTestGateway({
    RATE_LIMITER: { getByName: () => ({ take: async () => Promise.reject(new Error('unreachable')) }) },
  })
  const response = await gateway.call('/api/usage/balance', withSession)
  expect(response.status).toBe(200)
  expect(response.headers.get('x-riwaq-degraded')).toBe('rate-limits')
})

test('an operator can switch a limit off, and a typing error does not', async () => {
  const off = createTestGateway({ LIMIT_SESSION_CALLS: 'off' })
  await off.call('/api/usage/balance', withSession)
  expect(off.asked).toEqual(['principalOf'])
  const wrong = createTestGateway({ LIMIT_SESSION_CALLS: 'of' })
  await wrong.call('/api/usage/balance', withSession)
  expect(wrong.asked).toContain(`take session:${member.userId}`)
})
