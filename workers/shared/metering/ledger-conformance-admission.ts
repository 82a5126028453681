import { expect, test } from 'vitest'
import type { CreateLedger } from './ledger-conformance.ts'
import { sampleAdmission, sampleKey, samplePayer, sampleSettlement } from './ledger-samples.ts'

const HOUR = 3_600_000

export function admissionConformance(create: CreateLedger): void {
  const funded = async (amountMicros = 1_000) => {
    const world = await create()
    await world.ledger.grant({ id: 'signup', amountMicros })
    return world
  }

  test('an admitted request holds its highest price', async () => {
    const { ledger } = await funded()
    expect(await ledger.admit(sampleAdmission())).toEqual({
      ok: true,
      heldMicros: 100,
      keyUserId: null,
      rateLimit: null,
    })
    expect(await ledger.balance()).toEqual({ balanceMicros: 1_000, heldMicros: 100, availableMicros: 900 })
  })

  test('where not everything can be afforded, what can be is held', async () => {
    const { ledger } = await funded(70)
    expect(await ledger.admit(sampleAdmission({ floorMicros: 50 }))).toMatchObject({ ok: true, heldMicros: 70 })
  })

  test('a free model needs no credit', async () => {
    const { ledger } = await create()
    expect(await ledger.admit(sampleAdmission({ ceilingMicros: 0, floorMicros: 0 }))).toMatchObject({
      ok: true,
      heldMicros: 0,
    })
  })

  test('out of credit and held by requests in flight are different refusals', async () => {
    const { ledger } = await funded(150)
    await ledger.admit(sampleAdmission({ requestId: 'req_a' }))
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_b' }))).toEqual({
      ok: false,
      code: 'credit_held',
      neededMicros: 100,
      availableMicros: 50,
      heldMicros: 100,
    })
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_c', ceilingMicros: 200, floorMicros: 200 }))).toEqual({
      ok: false,
      code: 'insufficient_credits',
      neededMicros: 200,
      availableMicros: 50,
    })
  })

  test('sixty requests at once spend no more than there is', async () => {
    const { ledger } = await funded(3_000)
    const admissions = await Promise.all(
      Array.from({ length: 60 }, (_, at) => ledger.admit(sampleAdmission({ requestId: `req_${at}` }))),
    )
    expect(admissions.filter((admission) => admission.ok)).toHaveLength(30)
    expect(await ledger.balance()).toMatchObject({ availableMicros: 0 })
  })

  test('asking again for the same request holds nothing more', async () => {
    const { ledger } = await funded()
    const first = await ledger.admit(sampleAdmission())
    expect(await ledger.admit(sampleAdmission())).toEqual(first)
    expect(await ledger.balance()).toMatchObject({ heldMicros: 100 })
  })

  test('a request that has ended is not run a second time', async () => {
    const { ledger } = await funded()
    await ledger.admit(sampleAdmission())
    await ledger.settle(sampleSettlement())
    expect(await ledger.admit(sampleAdmission())).toEqual({ ok: false, code: 'replay', requestId: 'req_1' })
  })

  test('a role that may not use a service is refused', async () => {
    const { ledger } = await funded()
    const payer = { kind: 'user', userId: 'usr_1', role: 'viewer' } as const
    expect(await ledger.admit(sampleAdmission({ payer }))).toEqual({
      ok: false,
      code: 'permission_denied',
      scope: 'chat',
    })
  })

  test.each([
    ['organization', { account: 'organization' }],
    ['member', { account: 'member:usr_1' }],
  ] as const)('the budget of the %s is never exceeded', async (_name, { account }) => {
    const { ledger } = await funded()
    await ledger.setBudget({ account, budget: { limitMicros: 150, period: 'day' } })
    await ledger.admit(sampleAdmission({ requestId: 'req_a' }))
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_b' }))).toEqual({
      ok: false,
      code: 'budget_held',
      account,
      neededMicros: 100,
      availableMicros: 50,
    })
    await ledger.settle(sampleSettlement({ requestId: 'req_a', amountMicros: 100 }))
    const resetsAt = Date.UTC(2100, 5, 17)
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_c' }))).toEqual({
      ok: false,
      code: 'budget_exceeded',
      account,
      neededMicros: 100,
      availableMicros: 50,
      resetsAt,
    })
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_d', floorMicros: 10 }))).toMatchObject({
      ok: true,
      heldMicros: 50,
    })
  })

  test('a budget is whole again in its next period, but for what is still held', async () => {
    const { ledger, clock } = await funded()
    await ledger.setBudget({ account: 'organization', budget: { limitMicros: 150, period: 'day' } })
    await ledger.admit(sampleAdmission({ requestId: 'req_a', ttlMs: 48 * HOUR }))
    await ledger.admit(sampleAdmission({ requestId: 'req_b', floorMicros: 0, ttlMs: 48 * HOUR }))
    await ledger.settle(sampleSettlement({ requestId: 'req_b', amountMicros: 50 }))
    clock.advance(24 * HOUR)
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_c', floorMicros: 0 }))).toMatchObject({
      heldMicros: 50,
    })
  })

  test("a key's budget and its member's budget both apply", async () => {
    const { ledger } = await funded()
    await ledger.createKey(sampleKey({ budget: { limitMicros: 80, period: 'month' } }))
    await ledger.setBudget({ account: 'member:usr_1', budget: { limitMicros: 120, period: 'forever' } })
    expect(
      await ledger.admit(sampleAdmission({ requestId: 'req_a', payer: samplePayer(), floorMicros: 1 })),
    ).toMatchObject({ heldMicros: 80, keyUserId: 'usr_1' })
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_b', floorMicros: 1 }))).toMatchObject({
      heldMicros: 40,
    })
  })

  test('a lowered budget leaves less than nothing, which is nothing', async () => {
    const { ledger } = await funded()
    await ledger.admit(sampleAdmission())
    await ledger.setBudget({ account: 'organization', budget: { limitMicros: 30, period: 'day' } })
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_2', floorMicros: 1 }))).toMatchObject({
      code: 'budget_held',
      availableMicros: 0,
    })
  })

  test('a refused request takes no part of any limit', async () => {
    const { ledger } = await funded(50)
    await ledger.setRateLimit({ requestsPerMinute: 1 })
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_a' }))).toMatchObject({ code: 'insufficient_credits' })
    expect(
      await ledger.admit(sampleAdmission({ requestId: 'req_b', ceilingMicros: 50, floorMicros: 50 })),
    ).toMatchObject({ ok: true })
  })

  const asked = { key: 'order-1', fingerprint: 'f1' }

  test('an Idempotency-Key gives one answer, once: in progress, then again', async () => {
    const { ledger } = await funded()
    await ledger.admit(sampleAdmission({ requestId: 'req_a', idempotency: asked }))
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_b', idempotency: asked }))).toEqual({
      ok: false,
      code: 'idempotency_in_progress',
      requestId: 'req_a',
    })
    await ledger.settle(sampleSettlement({ requestId: 'req_a', answerKept: true }))
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_b', idempotency: asked }))).toEqual({
      ok: false,
      code: 'replay',
      requestId: 'req_a',
    })
    expect(await ledger.balance()).toEqual({ balanceMicros: 940, heldMicros: 0, availableMicros: 940 })
  })

  test('the same Idempotency-Key with another body is refused, running or answered', async () => {
    const { ledger } = await funded()
    const other = { key: 'order-1', fingerprint: 'f2' }
    await ledger.admit(sampleAdmission({ requestId: 'req_a', idempotency: asked }))
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_b', idempotency: other }))).toEqual({
      ok: false,
      code: 'idempotency_mismatch',
    })
    await ledger.settle(sampleSettlement({ requestId: 'req_a', answerKept: true }))
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_b', idempotency: other }))).toEqual({
      ok: false,
      code: 'idempotency_mismatch',
    })
  })

  test('an Idempotency-Key is free again after a release, a failed answer, an expired hold or a day', async () => {
    const { ledger, clock } = await funded()
    const ask = (requestId: string) => ledger.admit(sampleAdmission({ requestId, idempotency: asked }))
    await ask('req_a')
    await ledger.release({ requestId: 'req_a' })
    expect(await ask('req_b')).toMatchObject({ ok: true })
    await ledger.settle(sampleSettlement({ requestId: 'req_b', answerKept: false }))
    expect(await ask('req_c')).toMatchObject({ ok: true })
    clock.advance(60_000)
    expect(await ask('req_d')).toMatchObject({ ok: true })
    await ledger.settle(sampleSettlement({ requestId: 'req_d', answerKept: true }))
    clock.advance(24 * HOUR - 1)
    expect(await ask('req_e')).toMatchObject({ code: 'replay' })
    clock.advance(1)
    expect(await ask('req_f')).toMatchObject({ ok: true })
  })

  test("one key's Idempotency-Key says nothing about another's", async () => {
    const { ledger } = await funded()
    await ledger.createKey(sampleKey({ id: 'key_1' }))
    await ledger.createKey(sampleKey({ id: 'key_2' }))
    await ledger.admit(sampleAdmission({ requestId: 'req_a', payer: samplePayer('key_1'), idempotency: asked }))
    await ledger.settle(sampleSettlement({ requestId: 'req_a', answerKept: true }))
    expect(
      await ledger.admit(sampleAdmission({ requestId: 'req_b', payer: samplePayer('key_2'), idempotency: asked })),
    ).toMatchObject({ ok: true })
    expect(
      await ledger.admit(sampleAdmission({ requestId: 'req_c', idempotency: { ...asked, fingerprint: 'f3' } })),
    ).toMatchObject({ ok: true })
  })

  test('a part of a request that runs is asked for what it costs, and for no limit or permission again', async () => {
    const { ledger } = await funded(150)
    await ledger.createKey(sampleKey({ models: ['fake/model'], parallelRequests: 1, rateLimitRpm: 1 }))
    const payer = { kind: 'key', keyId: sampleKey().id, secretHash: sampleKey().secretHash } as const
    const whole = sampleAdmission({ payer, requestId: 'req_whole', model: 'fake/model' })
    expect(await ledger.admit(whole)).toMatchObject({ ok: true })
    const part = sampleAdmission({
      payer,
      requestId: 'req_part',
      model: 'fake/judge',
      ceilingMicros: 10,
      floorMicros: 10,
    })
    expect(await ledger.admit(part)).toMatchObject({ ok: false, code: 'model_not_allowed' })
    expect(await ledger.admit({ ...part, partOf: 'req_none' })).toMatchObject({ ok: false })
    expect(await ledger.admit({ ...part, partOf: 'req_whole' })).toMatchObject({ ok: true, heldMicros: 10 })
    const dear = { ...part, requestId: 'req_dear', ceilingMicros: 60, floorMicros: 60, partOf: 'req_whole' }
    expect(await ledger.admit(dear)).toMatchObject({ ok: false, code: 'credit_held' })
    await ledger.release({ requestId: 'req_whole' })
    // What is left of it takes nobody's place.
    expect(await ledger.admit({ ...dear, requestId: 'req_late' })).toMatchObject({ ok: false })
    expect(await ledger.balance()).toMatchObject({ heldMicros: 10 })
  })

  test('whoever pays, a request is a part of their own alone', async () => {
    const { ledger } = await funded()
    await ledger.setLimits({ account: 'organization', limits: { parallelRequests: 1 } })
    await ledger.admit(sampleAdmission({ requestId: 'req_whole' }))
    const other = { kind: 'user', userId: 'usr_other', role: 'member' } as const
    const part = sampleAdmission({ requestId: 'req_part', payer: other, partOf: 'req_whole' })
    expect(await ledger.admit(part)).toMatchObject({ ok: false, code: 'too_many_parallel_requests' })
    expect(await ledger.admit({ ...part, payer: sampleAdmission().payer })).toMatchObject({ ok: true })
  })
}
