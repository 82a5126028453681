import { expect, test } from 'vitest'
import type { CreditLot, GrantInput, LedgerRpc } from '../contracts/ledger.ts'
import type { CreateLedger } from './ledger-conformance.ts'
import { sampleAdmission, sampleSettlement } from './ledger-samples.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const abandoned = { amountMicros: 80, usage: {}, price: {} }

const restOf = async (ledger: LedgerRpc) =>
  Object.fromEntries((await ledger.credits()).lots.map((lot): [string, number] => [lot.id, lot.remainingMicros]))

export async function spend(ledger: LedgerRpc, requestId: string, micros: number): Promise<void> {
  await ledger.admit(sampleAdmission({ requestId, ceilingMicros: micros, floorMicros: micros }))
  await ledger.settle(sampleSettlement({ requestId, amountMicros: micros }))
}

export function creditConformance(create: CreateLedger): void {
  const withCredit = async (...grants: Partial<GrantInput>[]) => {
    const world = await create()
    for (const [at, grant] of grants.entries())
      await world.ledger.grant({ id: `grant-${at + 1}`, amountMicros: 100, ...grant })
    return world
  }
  const newest = async (ledger: LedgerRpc, limit: number) => (await ledger.entries({ limit })).data

  test('a grant keeps where it comes from, until when it is good and what follows it', async () => {
    const { ledger, clock } = await create()
    const expiresAt = clock() + DAY
    await ledger.grant({
      id: 'invoice:in_1',
      amountMicros: 500,
      source: 'included',
      expiresAt,
      series: 'subscription:1',
    })
    await ledger.grant({ id: 'signup', amountMicros: 100 })
    const lot = { grantedAt: clock(), expiresAt: null, series: null }
    const lots: CreditLot[] = [
      {
        ...lot,
        id: 'invoice:in_1',
        source: 'included',
        amountMicros: 500,
        remainingMicros: 500,
        expiresAt,
        series: 'subscription:1',
      },
      { ...lot, id: 'signup', source: 'promotion', amountMicros: 100, remainingMicros: 100 },
    ]
    expect(await ledger.credits()).toEqual({ lots, owedMicros: 0, overageMicros: 0 })
  })

  test('credit is used in its order, over as many grants as it takes, and their rest is the balance', async () => {
    const { ledger, clock } = await create()
    const grants: GrantInput[] = [
      { id: 'bought', amountMicros: 100, source: 'bought' },
      { id: 'promotion', amountMicros: 100 },
      { id: 'included', amountMicros: 100, source: 'included' },
      { id: 'soon', amountMicros: 100, source: 'bought', expiresAt: clock() + DAY },
    ]
    for (const grant of grants) await ledger.grant(grant)
    await spend(ledger, 'req_1', 130)
    expect(await restOf(ledger)).toEqual({ included: 70, promotion: 100, bought: 100 })
    await spend(ledger, 'req_2', 180)
    expect(await restOf(ledger)).toEqual({ bought: 90 })
    expect(await ledger.balance()).toMatchObject({ balanceMicros: 90 })
  })

  test('what is left when its time is over expires, to the micro, in an entry of its own', async () => {
    const { ledger, clock } = await withCredit({}, { source: 'included' })
    await ledger.grant({ id: 'soon', amountMicros: 100, source: 'bought', expiresAt: clock() + DAY })
    await spend(ledger, 'req_1', 33)
    clock.advance(DAY - 1)
    expect(await ledger.balance()).toMatchObject({ balanceMicros: 267 })
    clock.advance(1)
    expect(await ledger.balance()).toMatchObject({ balanceMicros: 200 })
    expect(await newest(ledger, 1)).toMatchObject([
      { kind: 'expiry', amountMicros: -67, note: 'bought', requestId: null, at: clock() },
    ])
    expect(await restOf(ledger)).toEqual({ 'grant-1': 100, 'grant-2': 100 })
  })

  test('an admission finds no credit that has expired', async () => {
    const { ledger, clock } = await withCredit({ expiresAt: Date.UTC(2100, 5, 17) })
    clock.advance(DAY)
    expect(await ledger.admit(sampleAdmission())).toMatchObject({ code: 'insufficient_credits', availableMicros: 0 })
  })

  test('credit that was over before it came is granted and expires', async () => {
    const { ledger, clock } = await create()
    const granted = await ledger.grant({ id: 'late', amountMicros: 100, expiresAt: clock() - DAY })
    expect(granted).toMatchObject({ entry: { amountMicros: 100 }, repeated: false })
    expect(await ledger.balance()).toMatchObject({ balanceMicros: 0 })
    expect((await newest(ledger, 2)).map(({ kind }) => kind)).toEqual(['expiry', 'grant'])
  })

  test('what a request holds does not expire while it runs: it pays that request, and its rest goes then', async () => {
    const { ledger, clock } = await create()
    await ledger.grant({ id: 'soon', amountMicros: 300, expiresAt: clock() + HOUR })
    await ledger.grant({ id: 'kept', amountMicros: 1_000 })
    await ledger.admit(sampleAdmission({ ceilingMicros: 120, floorMicros: 120, ttlMs: DAY }))
    clock.advance(HOUR)
    expect(await restOf(ledger)).toEqual({ soon: 120, kept: 1_000 })
    await spend(ledger, 'req_new', 400)
    expect(await restOf(ledger), 'who came after does not use it').toEqual({ soon: 120, kept: 600 })
    await ledger.settle(sampleSettlement({ amountMicros: 90 }))
    expect(await restOf(ledger)).toEqual({ kept: 600 })
    expect((await newest(ledger, 3)).map(({ kind, amountMicros }) => [kind, amountMicros])).toEqual([
      ['expiry', -30],
      ['charge', -90],
      ['charge', -400],
    ])
  })

  test.each(['release', 'run out'] as const)('it goes as well when they are done otherwise: %s', async (how) => {
    const { ledger, clock } = await withCredit({ expiresAt: Date.UTC(2100, 5, 16, 13) })
    await ledger.admit(sampleAdmission({ ttlMs: 2 * HOUR }))
    clock.advance(HOUR)
    expect(await ledger.balance()).toMatchObject({ balanceMicros: 100, heldMicros: 100 })
    if (how === 'release') await ledger.release({ requestId: 'req_1' })
    else clock.advance(2 * HOUR)
    expect(await ledger.balance()).toEqual({ balanceMicros: 0, heldMicros: 0, availableMicros: 0 })
  })

  test('another attempt that holds less lets go of the rest', async () => {
    const { ledger, clock } = await withCredit({ expiresAt: Date.UTC(2100, 5, 16, 13) })
    await ledger.admit(sampleAdmission({ ttlMs: DAY }))
    clock.advance(HOUR)
    const attempt = { requestId: 'req_1', model: 'a/other', provider: 'a', ceilingMicros: 40, floorMicros: 40 }
    expect(await ledger.amend(attempt)).toMatchObject({ ok: true })
    expect(await ledger.balance()).toEqual({ balanceMicros: 40, heldMicros: 40, availableMicros: 0 })
  })

  test('a settlement that comes late takes of no credit that has expired', async () => {
    const { ledger, clock } = await withCredit({ expiresAt: Date.UTC(2100, 5, 16, 13) })
    await ledger.admit(sampleAdmission())
    clock.advance(HOUR)
    expect(await ledger.settle(sampleSettlement())).toMatchObject({ amountMicros: 0 })
    expect(await ledger.balance()).toMatchObject({ balanceMicros: 0 })
  })

  test('what a lost call is given back goes to the grants that it was taken from', async () => {
    const { ledger, clock } = await create()
    await ledger.grant({ id: 'soon', amountMicros: 50, expiresAt: clock() + HOUR })
    await ledger.grant({ id: 'kept', amountMicros: 100 })
    await ledger.admit(sampleAdmission({ abandoned }))
    clock.advance(60_000)
    expect(await restOf(ledger)).toEqual({ kept: 70 })
    await ledger.settle(sampleSettlement({ amountMicros: 40 }))
    expect(await restOf(ledger)).toEqual({ soon: 10, kept: 100 })
  })

  test('given back after its time, it is lost then', async () => {
    const { ledger, clock } = await create()
    await ledger.grant({ id: 'soon', amountMicros: 100, expiresAt: clock() + HOUR })
    await ledger.grant({ id: 'kept', amountMicros: 100 })
    await ledger.admit(sampleAdmission({ abandoned }))
    clock.advance(60_000)
    await ledger.balance()
    clock.advance(HOUR)
    await ledger.release({ requestId: 'req_1' })
    expect(await restOf(ledger)).toEqual({ kept: 100 })
    expect((await newest(ledger, 3)).map(({ kind, amountMicros }) => [kind, amountMicros])).toEqual([
      ['expiry', -80],
      ['adjustment', 80],
      ['expiry', -20],
    ])
  })

  test('a renewal takes the place of what is left of the period before it, and of nothing else', async () => {
    const { ledger } = await create()
    const included = { amountMicros: 100, source: 'included', series: 'subscription:1' } as const
    await ledger.grant({ id: 'invoice:1', ...included })
    await ledger.grant({ id: 'pack', amountMicros: 50, source: 'bought' })
    await ledger.grant({ id: 'other', ...included, series: 'subscription:2' })
    await spend(ledger, 'req_1', 30)
    await ledger.grant({ id: 'invoice:2', ...included, replacesSeries: true })
    expect(await restOf(ledger)).toEqual({ other: 100, 'invoice:2': 100, pack: 50 })
    expect((await newest(ledger, 2)).map(({ kind, amountMicros }) => [kind, amountMicros])).toEqual([
      ['grant', 100],
      ['expiry', -70],
    ])
    expect(await ledger.grant({ id: 'invoice:2', ...included, replacesSeries: true })).toMatchObject({ repeated: true })
    expect(await restOf(ledger)).toMatchObject({ 'invoice:2': 100 })
  })

  test('the end of a subscription ends its credit once, but for what is held', async () => {
    const { ledger } = await withCredit({ series: 'subscription:1' }, { series: 'subscription:1' }, {})
    await ledger.admit(sampleAdmission({ ceilingMicros: 60, floorMicros: 60 }))
    const end = { id: 'end:1', series: 'subscription:1' }
    expect(await ledger.expireSeries(end)).toEqual({ expiredMicros: 140 })
    expect(await ledger.balance()).toEqual({ balanceMicros: 160, heldMicros: 60, availableMicros: 100 })
    await ledger.grant({ id: 'again', amountMicros: 10, series: 'subscription:1' })
    expect(await ledger.expireSeries(end), 'said again, it ends nothing that came later').toEqual({
      expiredMicros: 140,
    })
    await ledger.settle(sampleSettlement({ amountMicros: 25 }))
    expect(await restOf(ledger)).toEqual({ 'grant-3': 100, again: 10 })
    expect(await ledger.expireSeries({ id: 'end:2', series: 'subscription:9' })).toEqual({ expiredMicros: 0 })
  })

  test('a correction takes from the grants in their order, at most what nobody holds', async () => {
    const { ledger } = await withCredit({ source: 'bought' }, { source: 'included' })
    await ledger.admit(sampleAdmission({ ceilingMicros: 20, floorMicros: 20 }))
    await ledger.grant({ id: 'fix', kind: 'adjustment', amountMicros: -500 })
    expect(await restOf(ledger)).toEqual({ 'grant-1': 20 })
    expect(await ledger.balance()).toMatchObject({ balanceMicros: 20, availableMicros: 0 })
  })
}
