import { expect, test } from 'vitest'
import type { LedgerRpc, PlanTerms } from '../contracts/ledger.ts'
import type { CreateLedger } from './ledger-conformance.ts'
import { spend } from './ledger-conformance-credit.ts'
import { sampleAdmission, samplePlan, sampleSettlement } from './ledger-samples.ts'

const DAY = 86_400_000
const metered = (capMicros: number, since = 0) => ({ kind: 'metered', capMicros, since }) as const

export function overageConformance(create: CreateLedger): void {
  const withPlan = async (change: Partial<PlanTerms> = {}, amountMicros = 1_000) => {
    const world = await create()
    await world.ledger.grant({ id: 'signup', amountMicros })
    await world.ledger.setPlan(samplePlan(change))
    return world
  }
  const newest = async (ledger: LedgerRpc, limit: number) => (await ledger.entries({ limit })).data
  const amounts = async (ledger: LedgerRpc, limit: number) =>
    (await newest(ledger, limit)).map(({ kind, amountMicros, note }) => [kind, amountMicros, note])

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
