import { expect, test } from 'vitest'
import type { LedgerRpc, PlanTerms } from '../contracts/ledger.ts'
import type { CreateLedger } from './ledger-conformance.ts'
import { sampleAdmission, sampleKey, samplePayer, samplePlan, sampleSettlement } from './ledger-samples.ts'

export function planConformance(create: CreateLedger): void {
  const withPlan = async (change: Partial<PlanTerms> = {}, amountMicros = 1_000) => {
    const world = await create()
    await world.ledger.grant({ id: 'signup', amountMicros })
    await world.ledger.setPlan(samplePlan(change))
    return world
  }
  const newest = async (ledger: LedgerRpc, limit: number) => (await ledger.entries({ limit })).data

  test('the newest terms are the plan, in whatever order they arrive', async () => {
    const { ledger } = await create()
    expect(await ledger.plan()).toBeNull()
    const team = samplePlan({ planId: 'team', asOf: 20 })
    expect(await ledger.setPlan(team)).toEqual({ applied: true })
    expect(await ledger.setPlan(samplePlan({ asOf: 19 }))).toEqual({ applied: false })
    expect(await ledger.plan()).toEqual(team)
    expect(await ledger.setPlan(samplePlan({ asOf: 20 }))).toEqual({ applied: true })
    expect(await ledger.plan()).toMatchObject({ planId: 'pro' })
  })

  test('entries say which plan there was and what the provider took', async () => {
    const { ledger, clock } = await withPlan()
    await ledger.admit(sampleAdmission())
    await ledger.settle(sampleSettlement({ costMicros: 41 }))
    const abandoned = { amountMicros: 40, usage: {}, price: {}, costMicros: 25 }
    await ledger.admit(sampleAdmission({ requestId: 'req_2', abandoned }))
    clock.advance(60_000)
    await ledger.settle(sampleSettlement({ requestId: 'req_2', costMicros: 30 }))
    await ledger.admit(sampleAdmission({ requestId: 'req_3', abandoned }))
    clock.advance(60_000)
    await ledger.release({ requestId: 'req_3' })
    expect((await newest(ledger, 6)).map(({ costMicros, planId }) => [costMicros, planId])).toEqual([
      [-25, 'pro'],
      [25, 'pro'],
      [5, 'pro'],
      [25, 'pro'],
      [41, 'pro'],
      [null, null],
    ])
  })

  test('a model that the plan does not have is refused, also as another attempt', async () => {
    const { ledger } = await withPlan({ models: ['openai/*', 'google/one'] })
    expect(await ledger.admit(sampleAdmission())).toMatchObject({ ok: true })
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_2', model: 'google/one' }))).toMatchObject({ ok: true })
    const refused = { ok: false, code: 'model_not_in_plan', model: 'google/two', planId: 'pro' }
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_3', model: 'google/two' }))).toEqual(refused)
    const attempt = { provider: 'google', ceilingMicros: 100, floorMicros: 100 }
    expect(await ledger.amend({ requestId: 'req_1', model: 'google/two', ...attempt })).toEqual(refused)
    expect(await ledger.amend({ requestId: 'req_1', model: 'google/one', ...attempt })).toMatchObject({ ok: true })
  })

  test('where a payment is overdue nothing paid begins; what runs ends, and what is free goes on', async () => {
    const { ledger } = await withPlan()
    await ledger.admit(sampleAdmission())
    await ledger.setPlan(samplePlan({ readOnly: true }))
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_2' }))).toEqual({ ok: false, code: 'payment_overdue' })
    const free = sampleAdmission({ requestId: 'req_3', ceilingMicros: 0, floorMicros: 0 })
    expect(await ledger.admit(free)).toMatchObject({ ok: true })
    const part = sampleAdmission({ requestId: 'req_4', partOf: 'req_1' })
    expect(await ledger.admit(part), 'a part of what runs runs with it').toMatchObject({ ok: true })
    expect(await ledger.settle(sampleSettlement())).toMatchObject({ amountMicros: 60 })
    await ledger.setPlan(samplePlan())
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_2' }))).toMatchObject({ ok: true })
  })

  test('an answer that was paid for is given again, whatever became of the plan', async () => {
    const { ledger } = await withPlan()
    const idempotency = { key: 'order-1', fingerprint: 'f1' }
    await ledger.admit(sampleAdmission({ idempotency }))
    await ledger.settle(sampleSettlement({ answerKept: true }))
    await ledger.setPlan(samplePlan({ readOnly: true, models: [] }))
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_2', idempotency }))).toMatchObject({ code: 'replay' })
  })

  test('a part of a request that runs may use a model that the plan does not have', async () => {
    const { ledger } = await withPlan({ models: ['openai/*'], requestsPerMinute: 1, parallelRequests: 1 })
    await ledger.admit(sampleAdmission())
    const part = { requestId: 'req_2', model: 'judge/one', partOf: 'req_1' }
    expect(await ledger.admit(sampleAdmission(part))).toMatchObject({ ok: true })
  })

  test('requests per minute are those of the plan and of the organization, whichever is tighter', async () => {
    const { ledger, clock } = await withPlan({ requestsPerMinute: 2 })
    await ledger.createKey(sampleKey({ rateLimitRpm: 50 }))
    const ask = (requestId: string) =>
      ledger.admit(sampleAdmission({ requestId, payer: samplePayer(), ceilingMicros: 1, floorMicros: 1 }))
    expect(await ask('req_1')).toMatchObject({ rateLimit: { name: 'plan', limit: 2, remaining: 1 } })
    await ledger.admit(sampleAdmission({ requestId: 'req_2' }))
    expect(await ask('req_3')).toMatchObject({
      code: 'rate_limit_exceeded',
      rateLimit: { name: 'plan', limit: 2, remaining: 0 },
      retryAfterSeconds: 30,
    })
    await ledger.setRateLimit({ requestsPerMinute: 1 })
    clock.advance(60_000)
    expect(await ask('req_3')).toMatchObject({ rateLimit: { name: 'organization', limit: 1 } })
    expect(await ask('req_4')).toMatchObject({ rateLimit: { name: 'organization' } })
  })

  test('tokens per minute of the plan are held while a call runs and counted when it is done', async () => {
    const { ledger, clock } = await withPlan({ tokensPerMinute: 100 })
    const ask = (requestId: string, tokens: number) => ledger.admit(sampleAdmission({ requestId, tokens }))
    expect(await ask('req_1', 80)).toMatchObject({
      ok: true,
      rateLimit: { name: 'plan', unit: 'tokens', remaining: 20 },
    })
    expect(await ask('req_2', 21)).toMatchObject({ code: 'rate_limit_exceeded', rateLimit: { name: 'plan' } })
    await ledger.settle(sampleSettlement({ usage: { input_tokens: 40 } }))
    expect(await ask('req_2', 60)).toMatchObject({ ok: true })
    const attempt = { requestId: 'req_2', model: 'a/b', provider: 'a', ceilingMicros: 1, floorMicros: 1 }
    expect(await ledger.amend({ ...attempt, tokens: 61 })).toMatchObject({ code: 'rate_limit_exceeded' })
    await ledger.release({ requestId: 'req_2' })
    clock.advance(60_000)
    expect(await ask('req_3', 100)).toMatchObject({ ok: true })
  })

  test('calls at the same time are counted for the organization as a whole', async () => {
    const { ledger } = await withPlan({ parallelRequests: 1 })
    await ledger.admit(sampleAdmission())
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_2' }))).toEqual({
      ok: false,
      code: 'too_many_parallel_requests',
      account: 'organization',
      limit: 1,
    })
  })
}
