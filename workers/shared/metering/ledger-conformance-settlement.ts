import { expect, test } from 'vitest'
import type { CreateLedger } from './ledger-conformance.ts'
import { sampleAdmission, sampleKey, samplePayer, sampleSettlement } from './ledger-samples.ts'

export function settlementConformance(create: CreateLedger): void {
  const holding = async (change: Parameters<typeof sampleAdmission>[0] = {}, amountMicros = 1_000) => {
    const world = await create()
    await world.ledger.grant({ id: 'signup', amountMicros })
    await world.ledger.admit(sampleAdmission(change))
    return world
  }

  test('settling charges what was used and releases the rest', async () => {
    const { ledger } = await holding()
    expect(await ledger.settle(sampleSettlement())).toEqual({ ok: true, amountMicros: 60, entryId: expect.any(String) })
    expect(await ledger.balance()).toEqual({ balanceMicros: 940, heldMicros: 0, availableMicros: 940 })
  })

  test('requests that share a trip are admitted and settled one by one', async () => {
    const { ledger } = await create()
    await ledger.grant({ id: 'signup', amountMicros: 150 })
    const ids = ['req_1', 'req_2', 'req_3']
    const admissions = await ledger.admitMany(
      ids.map((requestId) => sampleAdmission({ requestId, floorMicros: 100, ceilingMicros: 100 })),
    )
    expect(admissions.map((admission) => (admission.ok ? 'ok' : admission.code))).toEqual([
      'ok',
      'credit_held',
      'credit_held',
    ])
    const settlements = await ledger.settleMany([
      sampleSettlement({ requestId: 'req_2' }),
      sampleSettlement({ requestId: 'req_1' }),
      sampleSettlement({ requestId: 'req_1' }),
    ])
    expect(settlements).toEqual([
      { ok: false, code: 'unknown_hold' },
      { ok: true, amountMicros: 60, entryId: expect.any(String) },
      { ok: true, amountMicros: 60, entryId: expect.any(String), repeated: true },
    ])
    expect(await ledger.balance()).toEqual({ balanceMicros: 90, heldMicros: 0, availableMicros: 90 })
  })

  test('no more is charged than was held', async () => {
    const { ledger } = await holding()
    expect(await ledger.settle(sampleSettlement({ amountMicros: 5_000 }))).toMatchObject({ amountMicros: 100 })
  })

  test('settling twice charges once, and says so', async () => {
    const { ledger } = await holding()
    const first = await ledger.settle(sampleSettlement())
    expect(await ledger.settle(sampleSettlement({ amountMicros: 90 }))).toEqual({ ...first, repeated: true })
    expect(await ledger.balance()).toMatchObject({ balanceMicros: 940 })
  })

  test('an entry explains its charge', async () => {
    const { ledger, clock } = await holding({ payer: { kind: 'user', userId: 'usr_7', role: 'owner' } })
    await ledger.settle(sampleSettlement({ estimated: true, costMicros: 31 }))
    const { data } = await ledger.entries({ limit: 10, requestId: 'req_1' })
    expect(data).toEqual([
      {
        id: expect.stringMatching(/^ent_/),
        at: clock(),
        kind: 'charge',
        amountMicros: -60,
        requestId: 'req_1',
        service: 'chat',
        model: 'openai/gpt-sample',
        provider: 'openai',
        keyId: null,
        userId: 'usr_7',
        usage: { input_tokens: 20, output_tokens: 40 },
        price: { input_tokens: 1_000_000, output_tokens: 1_000_000 },
        estimated: true,
        note: null,
        costMicros: 31,
        planId: null,
      },
    ])
  })

  test('an answer that was free is in the list as well', async () => {
    const { ledger } = await holding({ ceilingMicros: 0, floorMicros: 0 })
    expect(await ledger.settle(sampleSettlement({ amountMicros: 0 }))).toEqual({
      ok: true,
      amountMicros: 0,
      entryId: expect.any(String),
    })
    expect((await ledger.entries({ limit: 1, requestId: 'req_1' })).data).toMatchObject([
      { kind: 'charge', amountMicros: 0 },
    ])
  })

  test("a key's charge names the key and its member", async () => {
    const { ledger } = await create()
    await ledger.grant({ id: 'signup', amountMicros: 500 })
    await ledger.createKey(sampleKey({ userId: 'usr_9' }))
    await ledger.admit(sampleAdmission({ payer: samplePayer() }))
    await ledger.settle(sampleSettlement())
    expect((await ledger.entries({ limit: 1 })).data).toMatchObject([{ keyId: 'key_1', userId: 'usr_9' }])
  })

  test('releasing gives everything back, and settling after it charges nothing', async () => {
    const { ledger } = await holding()
    await ledger.release({ requestId: 'req_1' })
    await ledger.release({ requestId: 'req_1' })
    expect(await ledger.balance()).toEqual({ balanceMicros: 1_000, heldMicros: 0, availableMicros: 1_000 })
    expect(await ledger.settle(sampleSettlement())).toEqual({
      ok: true,
      amountMicros: 0,
      entryId: null,
      repeated: true,
    })
    expect(await ledger.balance()).toMatchObject({ balanceMicros: 1_000 })
  })

  test('releasing after settling changes nothing', async () => {
    const { ledger } = await holding()
    await ledger.settle(sampleSettlement())
    await ledger.release({ requestId: 'req_1' })
    expect(await ledger.settle(sampleSettlement())).toMatchObject({ amountMicros: 60, repeated: true })
    expect(await ledger.balance()).toMatchObject({ balanceMicros: 940, heldMicros: 0 })
  })

  test('a request that was never admitted is never charged', async () => {
    const { ledger } = await holding()
    expect(await ledger.settle(sampleSettlement({ requestId: 'req_unheard' }))).toEqual({
      ok: false,
      code: 'unknown_hold',
    })
    await ledger.release({ requestId: 'req_unheard' })
    expect(await ledger.balance()).toMatchObject({ balanceMicros: 1_000, heldMicros: 100 })
  })

  test('a hold frees itself when its time is over', async () => {
    const { ledger, clock } = await holding()
    clock.advance(59_999)
    expect(await ledger.balance()).toMatchObject({ heldMicros: 100 })
    clock.advance(1)
    expect(await ledger.balance()).toEqual({ balanceMicros: 1_000, heldMicros: 0, availableMicros: 1_000 })
  })

  test('a settlement that comes after its hold expired is charged once, and marked', async () => {
    const { ledger, clock } = await holding()
    clock.advance(60_000)
    expect(await ledger.settle(sampleSettlement({ amountMicros: 5_000 }))).toMatchObject({
      ok: true,
      amountMicros: 100,
    })
    expect(await ledger.settle(sampleSettlement())).toMatchObject({ amountMicros: 100, repeated: true })
    expect((await ledger.entries({ limit: 1 })).data).toMatchObject([{ amountMicros: -100, note: 'late-settlement' }])
  })

  test('a late settlement takes no credit that others hold or that is gone', async () => {
    const { ledger, clock } = await holding({}, 120)
    clock.advance(60_000)
    await ledger.admit(sampleAdmission({ requestId: 'req_2' }))
    expect(await ledger.settle(sampleSettlement())).toMatchObject({ amountMicros: 20 })
    expect(await ledger.balance()).toEqual({ balanceMicros: 100, heldMicros: 100, availableMicros: 0 })
    expect((await ledger.entries({ limit: 1 })).data).toMatchObject([
      { amountMicros: -20, note: 'late-settlement-capped' },
    ])
  })

  test('a late settlement leaves no budget exceeded', async () => {
    const { ledger, clock } = await holding()
    clock.advance(60_000)
    await ledger.setBudget({ account: 'member:usr_1', budget: { limitMicros: 25, period: 'day' } })
    expect(await ledger.settle(sampleSettlement())).toMatchObject({ amountMicros: 25 })
  })

  test('a late answer can still be given again, unless its Idempotency-Key was taken meanwhile', async () => {
    const idempotency = { key: 'order-1', fingerprint: 'f1' }
    const { ledger, clock } = await holding({ idempotency })
    clock.advance(60_000)
    await ledger.settle(sampleSettlement({ answerKept: true }))
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_2', idempotency }))).toEqual({
      ok: false,
      code: 'replay',
      requestId: 'req_1',
    })

    await ledger.admit(sampleAdmission({ requestId: 'req_3', idempotency: { key: 'order-2', fingerprint: 'f' } }))
    clock.advance(60_000)
    await ledger.admit(sampleAdmission({ requestId: 'req_4', idempotency: { key: 'order-2', fingerprint: 'f' } }))
    await ledger.settle(sampleSettlement({ requestId: 'req_3', answerKept: true }))
    expect(
      await ledger.admit(sampleAdmission({ requestId: 'req_5', idempotency: { key: 'order-2', fingerprint: 'f' } })),
    ).toMatchObject({
      code: 'idempotency_in_progress',
      requestId: 'req_4',
    })
  })

  test('who waits for a settlement hears of it', async () => {
    const { ledger } = await holding()
    const heard = ledger.awaitSettlement({ requestId: 'req_1', timeoutMs: 60_000 })
    await ledger.settle(sampleSettlement())
    expect(await heard).toBe('settled')
    expect(await ledger.awaitSettlement({ requestId: 'req_1', timeoutMs: 60_000 })).toBe('settled')
  })

  test('who waits for a request that is released, unknown or slow hears that', async () => {
    const { ledger } = await holding()
    expect(await ledger.awaitSettlement({ requestId: 'req_1', timeoutMs: 0 })).toBe('running')
    const heard = ledger.awaitSettlement({ requestId: 'req_1', timeoutMs: 60_000 })
    await ledger.release({ requestId: 'req_1' })
    expect(await heard).toBe('released')
    expect(await ledger.awaitSettlement({ requestId: 'req_unheard', timeoutMs: 60_000 })).toBe('released')
  })

  test('a grant of one name is granted once', async () => {
    const { ledger } = await create()
    const first = await ledger.grant({ id: 'invoice-1', amountMicros: 500, note: 'Thank you' })
    expect(first).toMatchObject({ repeated: false, entry: { kind: 'grant', amountMicros: 500, note: 'Thank you' } })
    expect(await ledger.grant({ id: 'invoice-1', amountMicros: 500 })).toEqual({ entry: first.entry, repeated: true })
    expect(await ledger.balance()).toMatchObject({ balanceMicros: 500 })
  })

  test('an adjustment takes at most what nobody holds', async () => {
    const { ledger } = await holding({}, 150)
    const { entry } = await ledger.grant({ id: 'correction', kind: 'adjustment', amountMicros: -400 })
    expect(entry).toMatchObject({ kind: 'adjustment', amountMicros: -50 })
    expect(await ledger.balance()).toEqual({ balanceMicros: 100, heldMicros: 100, availableMicros: 0 })
  })
}
