import { expect, test } from 'vitest'
import type { AdmitInput } from '../contracts/ledger.ts'
import type { CreateLedger } from './ledger-conformance.ts'
import { sampleAdmission, sampleSettlement } from './ledger-samples.ts'

const DAY = 86_400_000
const abandoned = { amountMicros: 40, usage: { input_tokens: 20 }, price: { input_tokens: 2_000_000 } }

export function lostConformance(create: CreateLedger): void {
  /** A call of which the prompt was sent, and whose Worker was never heard of again. */
  const lost = async (change: Partial<AdmitInput> = {}, amountMicros = 1_000) => {
    const world = await create()
    await world.ledger.grant({ id: 'signup', amountMicros })
    await world.ledger.setBudget({ account: 'member:usr_1', budget: { limitMicros: 500, period: 'day' } })
    await world.ledger.admit(sampleAdmission({ abandoned, ...change }))
    world.clock.advance(60_000)
    return world
  }
  const newest = async ({ ledger }: Awaited<ReturnType<CreateLedger>>, limit = 1) =>
    (await ledger.entries({ limit })).data

  test('what was known to be spent is charged when the hold runs out, as an estimate', async () => {
    const world = await lost()
    expect(await world.ledger.balance()).toEqual({ balanceMicros: 960, heldMicros: 0, availableMicros: 960 })
    expect(await newest(world)).toMatchObject([
      {
        kind: 'charge',
        amountMicros: -40,
        requestId: 'req_1',
        usage: { input_tokens: 20 },
        estimated: true,
        note: 'abandoned',
      },
    ])
    expect(await world.ledger.budgets()).toMatchObject([{ spentMicros: 40, heldMicros: 0 }])
    expect(await world.ledger.awaitSettlement({ requestId: 'req_1', timeoutMs: 60_000 })).toBe('settled')
    expect(await world.ledger.admit(sampleAdmission())).toMatchObject({ code: 'replay' })
  })

  test('never more than was held, and of several the one that ran out first first', async () => {
    const world = await lost({ abandoned: { ...abandoned, amountMicros: 900 } })
    await world.ledger.admit(sampleAdmission({ requestId: 'req_a', abandoned, ttlMs: 2_000 }))
    await world.ledger.admit(sampleAdmission({ requestId: 'req_b', abandoned, ttlMs: 1_000 }))
    world.clock.advance(5_000)
    expect((await newest(world, 3)).map((entry) => [entry.requestId, entry.amountMicros])).toEqual([
      ['req_a', -40],
      ['req_b', -40],
      ['req_1', -100],
    ])
  })

  test('a call that says it runs is not lost', async () => {
    const { ledger, clock } = await create()
    await ledger.grant({ id: 'signup', amountMicros: 1_000 })
    await ledger.admit(sampleAdmission({ abandoned }))
    for (let minute = 0; minute < 5; minute++) {
      clock.advance(59_999)
      await ledger.renew({ requestId: 'req_1', ttlMs: 60_000 })
    }
    expect(await ledger.settle(sampleSettlement())).toMatchObject({ amountMicros: 60 })
    expect((await ledger.entries({ limit: 9 })).data).toHaveLength(2)
  })

  test('a settlement that comes late makes one adjustment, and the two are what it says', async () => {
    const world = await lost()
    const { data } = await world.ledger.entries({ limit: 1 })
    const settled = { ok: true, amountMicros: 60, entryId: data[0]!.id }
    expect(await world.ledger.settle(sampleSettlement())).toEqual(settled)
    expect(await world.ledger.settle(sampleSettlement({ amountMicros: 99 }))).toEqual({ ...settled, repeated: true })
    expect(await newest(world)).toMatchObject([
      {
        kind: 'adjustment',
        amountMicros: -20,
        requestId: 'req_1',
        usage: { output_tokens: 40 },
        estimated: false,
        note: 'late-settlement',
      },
    ])
    expect(await world.ledger.balance()).toMatchObject({ balanceMicros: 940 })
    expect(await world.ledger.budgets()).toMatchObject([{ spentMicros: 60 }])
    expect(await world.ledger.summary({ from: 0, to: world.clock() + 1, by: 'model' })).toEqual([
      { group: 'openai/gpt-sample', requests: 1, chargedMicros: 60, usage: { input_tokens: 20, output_tokens: 40 } },
    ])
  })

  test('one that cost less is given back, to the period that it was charged in and to no other', async () => {
    const world = await lost()
    await world.ledger.balance()
    world.clock.advance(DAY)
    await world.ledger.admit(sampleAdmission({ requestId: 'req_2' }))
    await world.ledger.settle(sampleSettlement({ requestId: 'req_2', amountMicros: 5 }))
    expect(await world.ledger.settle(sampleSettlement({ amountMicros: 10, usage: { input_tokens: 5 } }))).toMatchObject(
      {
        amountMicros: 10,
      },
    )
    expect(await newest(world)).toMatchObject([{ kind: 'adjustment', amountMicros: 30, usage: { input_tokens: -15 } }])
    expect(await world.ledger.balance()).toMatchObject({ balanceMicros: 985 })
    expect(await world.ledger.budgets(), 'a budget of today has no more room for it').toMatchObject([
      { spentMicros: 5 },
    ])
  })

  test('what is taken late is at most what had been held, what nobody holds and what no budget forbids', async () => {
    const bounded = await lost()
    expect(await bounded.ledger.settle(sampleSettlement({ amountMicros: 5_000 }))).toMatchObject({ amountMicros: 100 })

    const held = await lost({}, 150)
    await held.ledger.admit(sampleAdmission({ requestId: 'req_2' }))
    expect(await held.ledger.settle(sampleSettlement())).toMatchObject({ amountMicros: 50 })
    expect(await newest(held)).toMatchObject([{ amountMicros: -10, note: 'late-settlement-capped' }])

    const budgeted = await lost()
    await budgeted.ledger.setBudget({ account: 'organization', budget: { limitMicros: 45, period: 'day' } })
    expect(await budgeted.ledger.settle(sampleSettlement())).toMatchObject({ amountMicros: 45 })
  })

  test('a release that comes late takes the estimate back', async () => {
    const world = await lost()
    await world.ledger.release({ requestId: 'req_1' })
    await world.ledger.release({ requestId: 'req_1' })
    expect(await newest(world, 9)).toMatchObject([
      { kind: 'adjustment', amountMicros: 40, usage: { input_tokens: -20 }, note: 'late-release' },
      { kind: 'charge', amountMicros: -40 },
      { kind: 'grant' },
    ])
    expect(await world.ledger.balance()).toMatchObject({ balanceMicros: 1_000 })
    expect(await world.ledger.settle(sampleSettlement())).toMatchObject({ amountMicros: 0, repeated: true })
    expect(await world.ledger.summary({ from: 0, to: world.clock() + 1, by: 'member' })).toEqual([
      { group: 'usr_1', requests: 1, chargedMicros: 0, usage: {} },
    ])
  })

  test('an Idempotency-Key is free once its call is lost, and a late answer may still be given again', async () => {
    const idempotency = { key: 'order-1', fingerprint: 'f1' }
    const first = await lost({ idempotency })
    expect(await first.ledger.admit(sampleAdmission({ requestId: 'req_2', idempotency }))).toMatchObject({ ok: true })
    const second = await lost({ idempotency })
    await second.ledger.settle(sampleSettlement({ answerKept: true }))
    expect(await second.ledger.admit(sampleAdmission({ requestId: 'req_2', idempotency }))).toMatchObject({
      code: 'replay',
      requestId: 'req_1',
    })
  })

  test('another attempt says anew what is charged should it be lost', async () => {
    const { ledger, clock } = await create()
    await ledger.grant({ id: 'signup', amountMicros: 1_000 })
    await ledger.admit(sampleAdmission({ abandoned }))
    const attempt = { requestId: 'req_1', model: 'a/other', provider: 'a', ceilingMicros: 200, floorMicros: 200 }
    await ledger.amend({ ...attempt, abandoned: { ...abandoned, amountMicros: 110 } })
    clock.advance(60_000)
    expect((await ledger.entries({ limit: 1 })).data).toMatchObject([{ model: 'a/other', amountMicros: -110 }])

    await ledger.admit(sampleAdmission({ requestId: 'req_2', abandoned }))
    await ledger.amend({ ...attempt, requestId: 'req_2' })
    clock.advance(60_000)
    expect(await ledger.balance(), 'nothing was known to be spent').toMatchObject({ balanceMicros: 890, heldMicros: 0 })
  })
}
