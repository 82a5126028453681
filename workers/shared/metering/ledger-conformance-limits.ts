import { expect, test } from 'vitest'
import type { AdmitInput, BudgetAccount, LedgerRpc, Limits } from '../contracts/ledger.ts'
import type { CreateLedger } from './ledger-conformance.ts'
import { sampleAdmission, sampleKey, samplePayer, sampleSettlement } from './ledger-samples.ts'

const MODEL = 'openai/gpt-sample'
const accounts = ['organization', 'key:key_1', 'member:usr_1', `model:${MODEL}`] as const
type Account = (typeof accounts)[number]

const nameOf = (account: BudgetAccount) => account.split(':')[0]

/** Whatever the account: keys say theirs in their records. */
async function limit(ledger: LedgerRpc, account: Account, limits: Partial<Limits>): Promise<void> {
  if (account !== 'key:key_1') return ledger.setLimits({ account, limits })
  const { requestsPerMinute, tokensPerMinute, parallelRequests, alertPercents } = limits
  await ledger.updateKey({
    id: 'key_1',
    change: {
      ...(requestsPerMinute !== undefined && { rateLimitRpm: requestsPerMinute }),
      ...(tokensPerMinute !== undefined && { rateLimitTpm: tokensPerMinute }),
      ...(parallelRequests !== undefined && { parallelRequests }),
      ...(alertPercents && { alertPercents }),
    },
  })
}

export function limitsConformance(create: CreateLedger): void {
  const withKey = async () => {
    const world = await create()
    await world.ledger.grant({ id: 'signup', amountMicros: 10_000 })
    await world.ledger.createKey(sampleKey())
    return world
  }
  const ask = (requestId: string, change: Partial<AdmitInput> = {}) =>
    sampleAdmission({ requestId, payer: samplePayer(), ...change })

  test('limits are listed for every account that has any, and only what is named changes', async () => {
    const { ledger } = await withKey()
    expect(await ledger.limits()).toEqual([])
    await ledger.setLimits({ account: 'organization', limits: { tokensPerMinute: 5_000 } })
    await ledger.setRateLimit({ requestsPerMinute: 60 })
    await ledger.setLimits({ account: 'model:a/b', limits: { parallelRequests: 2, alertPercents: [90, 50, 90] } })
    await ledger.updateKey({ id: 'key_1', change: { rateLimitRpm: 7, rateLimitTpm: 8, parallelRequests: 9 } })
    await ledger.createKey(sampleKey({ id: 'key_2' }))
    const none = { requestsPerMinute: null, tokensPerMinute: null, parallelRequests: null, alertPercents: [80] }
    const organization = { ...none, account: 'organization', tokensPerMinute: 5_000, requestsPerMinute: 60 }
    const key = { ...none, account: 'key:key_1', requestsPerMinute: 7, tokensPerMinute: 8, parallelRequests: 9 }
    const model = { ...none, account: 'model:a/b', parallelRequests: 2, alertPercents: [50, 90] }
    expect(await ledger.limits()).toEqual([key, model, organization])
    await ledger.setLimits({ account: 'model:a/b', limits: { parallelRequests: null, alertPercents: [80] } })
    await ledger.revokeKey({ id: 'key_1' })
    expect(await ledger.limits()).toEqual([organization])
  })

  test.each(accounts)('requests per minute of %s: the one too many is told which and for how long', async (account) => {
    const { ledger, clock } = await withKey()
    await limit(ledger, account, { requestsPerMinute: 2 })
    expect(await ledger.admit(ask('req_1'))).toMatchObject({
      rateLimit: { name: nameOf(account), limit: 2, remaining: 1 },
    })
    await ledger.admit(ask('req_2'))
    expect(await ledger.admit(ask('req_3'))).toEqual({
      ok: false,
      code: 'rate_limit_exceeded',
      rateLimit: { name: nameOf(account), limit: 2, remaining: 0, resetSeconds: 60, windowSeconds: 60 },
      retryAfterSeconds: 30,
    })
    clock.advance(30_000)
    expect(await ledger.admit(ask('req_3'))).toMatchObject({ ok: true })
  })

  test.each(accounts)(
    'tokens per minute of %s: what a call may reach is taken, what it counted is kept',
    async (account) => {
      const { ledger, clock } = await withKey()
      await limit(ledger, account, { tokensPerMinute: 600 })
      expect(await ledger.admit(ask('req_1', { tokens: 400 }))).toMatchObject({
        ok: true,
        rateLimit: { name: nameOf(account), unit: 'tokens', limit: 600, remaining: 200 },
      })
      expect(await ledger.admit(ask('req_2', { tokens: 400 }))).toEqual({
        ok: false,
        code: 'rate_limit_exceeded',
        rateLimit: {
          name: nameOf(account),
          unit: 'tokens',
          limit: 600,
          remaining: 200,
          resetSeconds: 40,
          windowSeconds: 60,
        },
        retryAfterSeconds: 20,
        neededTokens: 400,
      })
      // It counted 60, so 540 are free again.
      await ledger.settle(sampleSettlement({ requestId: 'req_1' }))
      expect(await ledger.admit(ask('req_2', { tokens: 541 }))).toMatchObject({ code: 'rate_limit_exceeded' })
      expect(await ledger.admit(ask('req_2', { tokens: 540 }))).toMatchObject({ ok: true, rateLimit: { remaining: 0 } })
      await ledger.release({ requestId: 'req_2' })
      clock.advance(6_000)
      expect(await ledger.admit(ask('req_3', { tokens: 600 })), 'those 60 have come back').toMatchObject({ ok: true })
    },
  )

  test('tokens that a running call may still count do not come back while it runs', async () => {
    const { ledger, clock } = await withKey()
    await ledger.setLimits({ account: 'organization', limits: { tokensPerMinute: 100 } })
    await ledger.admit(ask('req_1', { tokens: 100, ttlMs: 600_000 }))
    clock.advance(300_000)
    expect(await ledger.admit(ask('req_2', { tokens: 1 }))).toMatchObject({ code: 'rate_limit_exceeded' })
    await ledger.settle(sampleSettlement({ requestId: 'req_1', usage: { input_tokens: 30, output_tokens: 70 } }))
    expect(await ledger.admit(ask('req_2', { tokens: 1 })), 'they were counted just now').toMatchObject({ ok: false })
    clock.advance(60_000)
    expect(await ledger.admit(ask('req_2', { tokens: 100 }))).toMatchObject({ ok: true })
  })

  test('tokens of a call that is released or lost are given back', async () => {
    const { ledger, clock } = await withKey()
    await ledger.setLimits({ account: 'organization', limits: { tokensPerMinute: 100 } })
    await ledger.admit(ask('req_1', { tokens: 100 }))
    await ledger.release({ requestId: 'req_1' })
    expect(await ledger.admit(ask('req_2', { tokens: 100 }))).toMatchObject({ ok: true })
    clock.advance(60_000)
    expect(await ledger.admit(ask('req_3', { tokens: 100 }))).toMatchObject({ ok: true })
  })

  test('a call that may count more than a whole minute allows never is admitted, and says so', async () => {
    const { ledger } = await withKey()
    await ledger.setLimits({ account: 'organization', limits: { tokensPerMinute: 100 } })
    expect(await ledger.admit(ask('req_1', { tokens: 101 }))).toMatchObject({
      code: 'rate_limit_exceeded',
      rateLimit: { unit: 'tokens', limit: 100, remaining: 100 },
      neededTokens: 101,
    })
  })

  test.each(accounts)('calls of %s at the same time: the one too many waits for one to end', async (account) => {
    const { ledger, clock } = await withKey()
    await limit(ledger, account, { parallelRequests: 2 })
    await ledger.admit(ask('req_1'))
    await ledger.admit(ask('req_2'))
    const full = { ok: false, code: 'too_many_parallel_requests', account, limit: 2 }
    expect(await ledger.admit(ask('req_3'))).toEqual(full)
    await ledger.settle(sampleSettlement({ requestId: 'req_1' }))
    expect(await ledger.admit(ask('req_3'))).toMatchObject({ ok: true })
    await ledger.release({ requestId: 'req_2' })
    expect(await ledger.admit(ask('req_4'))).toMatchObject({ ok: true })
    expect(await ledger.admit(ask('req_5'))).toEqual(full)
    clock.advance(60_000)
    expect(await ledger.admit(ask('req_5')), 'lost Workers hold no place').toMatchObject({ ok: true })
  })

  test('of fifty calls at once as many run as may', async () => {
    const { ledger } = await withKey()
    await ledger.setLimits({ account: 'member:usr_1', limits: { parallelRequests: 3 } })
    const admissions = await ledger.admitMany(
      Array.from({ length: 50 }, (_, at) => ask(`req_${at}`, { ceilingMicros: 1 })),
    )
    expect(admissions.filter((admission) => admission.ok)).toHaveLength(3)
  })

  test('a limit of none lets nothing through', async () => {
    const { ledger } = await withKey()
    await ledger.setLimits({ account: `model:${MODEL}`, limits: { requestsPerMinute: 0 } })
    expect(await ledger.admit(ask('req_1'))).toMatchObject({ code: 'rate_limit_exceeded', rateLimit: { limit: 0 } })
    expect(await ledger.admit(ask('req_2', { model: 'openai/other' }))).toMatchObject({ ok: true })
  })

  test.each([
    ['tokens', { tokens: 500 }],
    ['calls at the same time', { requestId: 'req_2' }],
    ['a budget', { ceilingMicros: 900, floorMicros: 900 }],
  ] as const)('what is refused for %s has taken nothing of any other limit', async (_which, change) => {
    const { ledger } = await withKey()
    await ledger.setBudget({ account: 'organization', budget: { limitMicros: 800, period: 'day' } })
    await ledger.setLimits({
      account: 'organization',
      limits: { requestsPerMinute: 2, tokensPerMinute: 400, parallelRequests: 1 },
    })
    if ('requestId' in change) await ledger.admit(ask('req_1', { tokens: 10 }))
    expect(await ledger.admit(ask('req_2', { tokens: 10, ...change }))).toMatchObject({ ok: false })
    if ('requestId' in change)
      await ledger.settle(sampleSettlement({ requestId: 'req_1', usage: { input_tokens: 10 } }))
    const left = 'requestId' in change ? 0 : 1
    const tokens = 'requestId' in change ? 390 : 400
    expect(await ledger.admit(ask('req_3', { tokens }))).toMatchObject({ ok: true, rateLimit: { remaining: 0 } })
    await ledger.settle(sampleSettlement({ requestId: 'req_3', usage: {} }))
    expect(await ledger.admit(ask('req_4', { tokens: 0 }))).toMatchObject({ ok: left === 1 })
  })

  test('an answer that is given again counts as a request and as no tokens', async () => {
    const { ledger } = await withKey()
    const idempotency = { key: 'order-1', fingerprint: 'f1' }
    await ledger.setLimits({ account: 'member:usr_1', limits: { requestsPerMinute: 2, tokensPerMinute: 60 } })
    await ledger.admit(ask('req_1', { idempotency, tokens: 60 }))
    await ledger.settle(sampleSettlement({ answerKept: true }))
    expect(await ledger.admit(ask('req_2', { idempotency, tokens: 60 }))).toMatchObject({ code: 'replay' })
    expect(await ledger.admit(ask('req_2', { idempotency, tokens: 60 }))).toMatchObject({
      code: 'rate_limit_exceeded',
      rateLimit: { name: 'member', limit: 2 },
    })
  })

  test('another attempt is counted for the new model alone, and its tokens instead of the first', async () => {
    const { ledger } = await withKey()
    await ledger.setLimits({
      account: 'organization',
      limits: { requestsPerMinute: 1, tokensPerMinute: 100, parallelRequests: 1 },
    })
    await ledger.setLimits({ account: 'model:a/other', limits: { requestsPerMinute: 1, parallelRequests: 1 } })
    await ledger.admit(ask('req_1', { tokens: 80 }))
    const attempt = { requestId: 'req_1', provider: 'a', ceilingMicros: 100, floorMicros: 100 }
    expect(await ledger.amend({ ...attempt, model: 'a/other', tokens: 101 })).toMatchObject({
      code: 'rate_limit_exceeded',
      neededTokens: 101,
    })
    expect(await ledger.amend({ ...attempt, model: 'a/other', tokens: 90 })).toMatchObject({ ok: true })
    expect(await ledger.amend({ ...attempt, model: 'a/other', tokens: 90, provider: 'b' })).toMatchObject({ ok: true })
    expect(await ledger.amend({ ...attempt, model: MODEL, tokens: 90 })).toMatchObject({ ok: true })
    expect(await ledger.amend({ ...attempt, model: 'a/other', tokens: 90 })).toMatchObject({
      code: 'rate_limit_exceeded',
      rateLimit: { name: 'model' },
    })
  })

  test('another attempt at a model that runs as many calls as it may stays where it is', async () => {
    const { ledger } = await withKey()
    await ledger.setLimits({ account: 'model:a/other', limits: { parallelRequests: 1 } })
    await ledger.admit(ask('req_1', { model: 'a/other' }))
    await ledger.admit(ask('req_2'))
    const attempt = { requestId: 'req_2', model: 'a/other', provider: 'a', ceilingMicros: 100, floorMicros: 100 }
    expect(await ledger.amend(attempt)).toEqual({
      ok: false,
      code: 'too_many_parallel_requests',
      account: 'model:a/other',
      limit: 1,
    })
    await ledger.settle(sampleSettlement({ requestId: 'req_1' }))
    expect(await ledger.amend(attempt)).toMatchObject({ ok: true })
  })

  test('the budget of a model is for everybody who calls it, and for no other model', async () => {
    const { ledger, clock } = await withKey()
    await ledger.setBudget({ account: `model:${MODEL}`, budget: { limitMicros: 150, period: 'day' } })
    await ledger.admit(ask('req_1'))
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_2' }))).toEqual({
      ok: false,
      code: 'budget_held',
      account: `model:${MODEL}`,
      neededMicros: 100,
      availableMicros: 50,
    })
    await ledger.settle(sampleSettlement({ requestId: 'req_1', amountMicros: 100 }))
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_2' }))).toMatchObject({
      code: 'budget_exceeded',
      account: `model:${MODEL}`,
      resetsAt: Date.UTC(2100, 5, 17),
    })
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_2', model: 'openai/other' }))).toMatchObject({
      ok: true,
    })
    const attempt = { requestId: 'req_2', model: MODEL, provider: 'openai', ceilingMicros: 100, floorMicros: 51 }
    expect(await ledger.amend(attempt)).toMatchObject({ code: 'budget_exceeded', account: `model:${MODEL}` })
    expect(await ledger.amend({ ...attempt, floorMicros: 50 })).toMatchObject({ ok: true, heldMicros: 50 })
    expect(await ledger.budgets()).toMatchObject([{ account: `model:${MODEL}`, spentMicros: 100, heldMicros: 50 }])
    clock.advance(24 * 3_600_000)
    expect(await ledger.admit(ask('req_3'))).toMatchObject({ ok: true })
  })
}
