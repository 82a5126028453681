import { expect, test } from 'vitest'
import type { LedgerRpc, PlanTerms } from '../contracts/ledger.ts'
import type { CreateLedger } from './ledger-conformance.ts'
import { spend } from './ledger-conformance-credit.ts'
import { sampleAdmission, sampleKey, samplePayer, sampleSettlement } from './ledger-samples.ts'

const DAY = 86_400_000

export const samplePlan = (change: Partial<PlanTerms> = {}): PlanTerms => ({
  planId: 'pro',
  planVersion: 1,
  asOf: 1,
  requestsPerMinute: null,
  tokensPerMinute: null,
  parallelRequests: null,
  models: null,
  readOnly: false,
  overdraft: null,
  ...change,
})

const metered = (capMicros: number, since = 0) => ({ kind: 'metered', capMicros, since }) as const

export function planConformance(create: CreateLedger): void {
  const withPlan = async (change: Partial<PlanTerms> = {}, amountMicros = 1_000) => {
    const world = await create()
    await world.ledger.grant({ id: 'signup', amountMicros })
    await world.ledger.setPlan(samplePlan(change))
    return world
  }
  const newest = async (ledger: LedgerRpc, limit: number) => (await ledger.entries({ limit })).data
  const amounts = async (ledger: LedgerRpc, limit: number) =>
    (await newest(ledger, limit)).map(({ kind, amountMicros, note }) => [kind, amountMicros, note])

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

  test('beyond the balance a plan’s overage is used, granted in the moment it is charged', async () => {
    const { ledger } = await withPlan({ overdraft: metered(500) }, 100)
    expect(await ledger.admit(sampleAdmission({ ceilingMicros: 300, floorMicros: 300 }))).toMatchObject({
      heldMicros: 300,
    })
    expect(await ledger.balance()).toEqual({ balanceMicros: 100, heldMicros: 300, availableMicros: 0 })
    expect(await ledger.settle(sampleSettlement({ amountMicros: 260 }))).toMatchObject({ ok: true, amountMicros: 260 })
    expect(await amounts(ledger, 2)).toEqual([
      ['charge', -260, null],
      ['grant', 160, 'overage'],
    ])
    expect(await ledger.balance()).toEqual({ balanceMicros: 0, heldMicros: 0, availableMicros: 0 })
    expect(await ledger.credits()).toEqual({ lots: [], owedMicros: 0, overageMicros: 160 })
    expect(
      (await ledger.entries({ limit: 5, requestId: 'req_1' })).data,
      'a request has its charge alone',
    ).toHaveLength(1)
  })

  test('no more than the cap, whatever runs at the same time', async () => {
    const { ledger } = await withPlan({ overdraft: metered(500) }, 100)
    const ask = (requestId: string) =>
      ledger.admit(sampleAdmission({ requestId, ceilingMicros: 250, floorMicros: 250 }))
    expect(await ask('req_1')).toMatchObject({ ok: true })
    expect(await ask('req_2')).toMatchObject({ ok: true })
    expect(await ask('req_3')).toEqual({
      ok: false,
      code: 'credit_held',
      neededMicros: 250,
      availableMicros: 100,
      heldMicros: 500,
    })
    await ledger.settle(sampleSettlement({ requestId: 'req_2', amountMicros: 250 }))
    await ledger.settle(sampleSettlement({ requestId: 'req_1', amountMicros: 250 }))
    expect(await ledger.credits()).toMatchObject({ overageMicros: 400 })
    expect(await ask('req_3')).toMatchObject({ code: 'insufficient_credits', availableMicros: 100 })
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_4' }))).toMatchObject({ ok: true })
    await ledger.settle(sampleSettlement({ requestId: 'req_4', amountMicros: 100 }))
    expect(await ledger.credits()).toMatchObject({ overageMicros: 500 })
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_5' }))).toMatchObject({ code: 'insufficient_credits' })
  })

  test('a hold that used no overage leaves it for others', async () => {
    const { ledger } = await withPlan({ overdraft: metered(100) }, 100)
    await ledger.admit(sampleAdmission({ ceilingMicros: 200, floorMicros: 200 }))
    await ledger.settle(sampleSettlement({ amountMicros: 90 }))
    expect(
      await ledger.admit(sampleAdmission({ requestId: 'req_2', ceilingMicros: 110, floorMicros: 110 })),
    ).toMatchObject({ ok: true, heldMicros: 110 })
    await ledger.grant({ id: 'pack', amountMicros: 1_000 })
    await ledger.settle(sampleSettlement({ requestId: 'req_2', amountMicros: 110 }))
    expect(await ledger.credits(), 'credit that came meanwhile is used first').toMatchObject({ overageMicros: 0 })
  })

  test('a new period begins with no overage used, also when its terms come late', async () => {
    const { ledger, clock } = await withPlan({ overdraft: metered(100) }, 0)
    await spend(ledger, 'req_1', 100)
    clock.advance(DAY)
    const since = clock()
    clock.advance(1_000)
    await ledger.setPlan(samplePlan({ asOf: 2, overdraft: metered(150) }))
    await spend(ledger, 'req_2', 50)
    await ledger.setPlan(samplePlan({ asOf: 3, overdraft: metered(100, since) }))
    expect(await ledger.credits()).toMatchObject({ overageMicros: 50 })
    await ledger.setPlan(samplePlan({ asOf: 4, overdraft: null }))
    expect(await ledger.credits()).toMatchObject({ overageMicros: 0 })
    await ledger.setPlan(samplePlan({ asOf: 5, overdraft: metered(300) }))
    expect(await ledger.credits()).toMatchObject({ overageMicros: 150 })
  })

  test('where nobody is billed anything may be spent, and the entries say so', async () => {
    const { ledger } = await withPlan({ overdraft: { kind: 'unlimited', capMicros: null, since: 0 } }, 0)
    await spend(ledger, 'req_1', 5_000_000)
    expect(await amounts(ledger, 2)).toEqual([
      ['charge', -5_000_000, null],
      ['grant', 5_000_000, 'unlimited'],
    ])
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_2', ceilingMicros: 9e12 }))).toMatchObject({
      ok: true,
      heldMicros: 9e12,
    })
  })

  test('what was let in beyond the balance is charged, also where the plan allows it no longer', async () => {
    const { ledger } = await withPlan({ overdraft: { kind: 'unlimited', capMicros: null, since: 0 } }, 30)
    await ledger.admit(sampleAdmission())
    await ledger.setPlan(samplePlan({ asOf: 2 }))
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_2' }))).toMatchObject({ code: 'insufficient_credits' })
    expect(await ledger.settle(sampleSettlement({ amountMicros: 90 }))).toMatchObject({ amountMicros: 90 })
    expect(await amounts(ledger, 2)).toEqual([
      ['charge', -90, null],
      ['grant', 60, 'unlimited'],
    ])
  })

  test('a lost call, and what puts it right, use overage like any other', async () => {
    const { ledger, clock } = await withPlan({ overdraft: metered(500) }, 10)
    const abandoned = { amountMicros: 40, usage: {}, price: {} }
    await ledger.admit(sampleAdmission({ abandoned }))
    clock.advance(60_000)
    expect(await ledger.settle(sampleSettlement({ amountMicros: 70 }))).toMatchObject({ amountMicros: 70 })
    expect(await amounts(ledger, 4)).toEqual([
      ['adjustment', -30, 'late-settlement'],
      ['grant', 30, 'overage'],
      ['charge', -40, 'abandoned'],
      ['grant', 30, 'overage'],
    ])
    await ledger.admit(sampleAdmission({ requestId: 'req_2', abandoned }))
    clock.advance(60_000)
    await ledger.release({ requestId: 'req_2' })
    expect(await ledger.credits(), 'overage that is given back is used before more').toMatchObject({
      lots: [{ source: 'overage', remainingMicros: 40 }],
      overageMicros: 100,
    })
    await spend(ledger, 'req_3', 50)
    expect(await ledger.credits()).toMatchObject({ lots: [], overageMicros: 110 })
  })

  test('overage does not pay what is owed', async () => {
    const { ledger } = await withPlan({ overdraft: metered(500) }, 100)
    await spend(ledger, 'req_1', 100)
    await ledger.takeBack({ id: 'refund:re_1', grantId: 'signup', amountMicros: 100 })
    await spend(ledger, 'req_2', 70)
    expect(await ledger.credits()).toMatchObject({ owedMicros: 100, overageMicros: 70 })
  })

  test('credit that expires leaves what runs on overage as it is', async () => {
    const { ledger, clock } = await withPlan({ overdraft: metered(500) }, 0)
    await ledger.grant({ id: 'soon', amountMicros: 100, expiresAt: clock() + 1_000 })
    await ledger.admit(sampleAdmission({ ceilingMicros: 300, floorMicros: 300 }))
    clock.advance(1_000)
    await spend(ledger, 'req_2', 150)
    expect(await ledger.credits()).toMatchObject({ lots: [{ id: 'soon' }], overageMicros: 150 })
    await ledger.settle(sampleSettlement({ amountMicros: 300 }))
    expect(await ledger.credits()).toMatchObject({ lots: [], overageMicros: 350 })
  })

  test('credit is told to be used up once, when no overage is left either', async () => {
    const { ledger, notices } = await withPlan({ overdraft: metered(100) }, 50)
    await spend(ledger, 'req_1', 70)
    await spend(ledger, 'req_2', 30)
    expect(await notices()).toEqual([])
    await spend(ledger, 'req_3', 50)
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_4' }))).toMatchObject({ ok: false })
    expect(await notices()).toMatchObject([{ type: 'credit.exhausted' }])
    await ledger.setPlan(samplePlan({ asOf: 2, overdraft: metered(150) }))
    await spend(ledger, 'req_5', 50)
    expect(await notices(), 'another cap is told of anew').toHaveLength(2)
  })
}
