import { expect, test } from 'vitest'
import type { AmendInput } from '../contracts/ledger.ts'
import type { CreateLedger } from './ledger-conformance.ts'
import { sampleAdmission, sampleKey, samplePayer, sampleSettlement } from './ledger-samples.ts'

const amendment = (change: Partial<AmendInput> = {}): AmendInput => ({
  requestId: 'req_1',
  model: 'anthropic/claude-sample',
  provider: 'anthropic',
  ceilingMicros: 150,
  floorMicros: 150,
  ...change,
})

export function amendmentConformance(create: CreateLedger): void {
  const holding = async (change: Parameters<typeof sampleAdmission>[0] = {}, amountMicros = 1_000) => {
    const world = await create()
    await world.ledger.grant({ id: 'signup', amountMicros })
    await world.ledger.createKey(sampleKey())
    await world.ledger.admit(sampleAdmission(change))
    return world
  }

  test('an attempt at another model is held and settled at what that one costs', async () => {
    const { ledger } = await holding()
    expect(await ledger.amend(amendment())).toEqual({ ok: true, heldMicros: 150, keyUserId: null, rateLimit: null })
    expect(await ledger.balance()).toMatchObject({ heldMicros: 150 })
    expect(await ledger.settle(sampleSettlement({ amountMicros: 140 }))).toMatchObject({ amountMicros: 140 })
    expect((await ledger.entries({ limit: 1 })).data).toMatchObject([
      { model: 'anthropic/claude-sample', provider: 'anthropic', amountMicros: -140 },
    ])
  })

  test('what the hold has already counts for it: no more than the difference must be there', async () => {
    const { ledger } = await holding({}, 160)
    expect(await ledger.amend(amendment({ ceilingMicros: 200, floorMicros: 150 }))).toMatchObject({ heldMicros: 160 })
    expect(await ledger.balance()).toMatchObject({ availableMicros: 0 })
    expect(await ledger.amend(amendment({ ceilingMicros: 20, floorMicros: 20 }))).toMatchObject({ heldMicros: 20 })
    expect(await ledger.balance()).toMatchObject({ availableMicros: 140 })
  })

  test('an attempt that is refused leaves the hold as it was', async () => {
    const { ledger } = await holding({}, 120)
    expect(await ledger.amend(amendment())).toEqual({
      ok: false,
      code: 'insufficient_credits',
      neededMicros: 150,
      availableMicros: 120,
    })
    expect(await ledger.settle(sampleSettlement({ amountMicros: 500 }))).toMatchObject({ amountMicros: 100 })
    expect((await ledger.entries({ limit: 1 })).data).toMatchObject([{ model: 'openai/gpt-sample' }])
  })

  test('a key that may not use the other model does not get there by a failure', async () => {
    const { ledger } = await holding({ payer: samplePayer() })
    await ledger.updateKey({ id: 'key_1', change: { models: ['openai/gpt-sample'] } })
    expect(await ledger.amend(amendment())).toEqual({
      ok: false,
      code: 'model_not_allowed',
      model: 'anthropic/claude-sample',
    })
    expect(await ledger.amend(amendment({ model: 'openai/gpt-sample', provider: 'azure' }))).toMatchObject({
      ok: true,
      keyUserId: 'usr_1',
    })
  })

  test('what has ended, or never was, cannot be amended', async () => {
    const { ledger } = await holding()
    await ledger.settle(sampleSettlement())
    expect(await ledger.amend(amendment())).toEqual({ ok: false, code: 'replay', requestId: 'req_1' })
    expect(await ledger.amend(amendment({ requestId: 'req_unheard' }))).toMatchObject({ code: 'replay' })
    expect(await ledger.balance()).toMatchObject({ heldMicros: 0 })
  })

  test('an Idempotency-Key stays with its request through every attempt', async () => {
    const idempotency = { key: 'order-1', fingerprint: 'f1' }
    const { ledger } = await holding({ idempotency })
    await ledger.amend(amendment())
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_2', idempotency }))).toMatchObject({
      code: 'idempotency_in_progress',
      requestId: 'req_1',
    })
  })

  test('a call that says it runs keeps its hold; a shorter time takes none away', async () => {
    const { ledger, clock } = await holding()
    clock.advance(50_000)
    await ledger.renew({ requestId: 'req_1', ttlMs: 60_000 })
    await ledger.renew({ requestId: 'req_1', ttlMs: 1 })
    clock.advance(59_999)
    expect(await ledger.balance()).toMatchObject({ heldMicros: 100 })
    clock.advance(1)
    expect(await ledger.balance()).toMatchObject({ heldMicros: 0 })
  })

  test('what has ended stays ended, whoever says that it runs', async () => {
    const { ledger, clock } = await holding()
    clock.advance(60_000)
    await ledger.renew({ requestId: 'req_1', ttlMs: 60_000 })
    await ledger.renew({ requestId: 'req_unheard', ttlMs: 60_000 })
    expect(await ledger.balance()).toMatchObject({ heldMicros: 0 })
  })
}
