import { expect, test } from 'vitest'
import type { LedgerRpc } from '../contracts/ledger.ts'
import type { CreateLedger } from './ledger-conformance.ts'
import { spend } from './ledger-conformance-credit.ts'
import { sampleAdmission, sampleSettlement } from './ledger-samples.ts'

const DAY = 86_400_000
const refund = { id: 'refund:re_1', grantId: 'invoice:in_1', note: 'refund' }

export function returnsConformance(create: CreateLedger): void {
  const paid = async (change: { expiresAt?: number } = {}) => {
    const world = await create()
    await world.ledger.grant({ id: 'invoice:in_1', amountMicros: 1_000, source: 'bought', ...change })
    await world.ledger.grant({ id: 'signup', amountMicros: 200 })
    return world
  }
  const newest = async (ledger: LedgerRpc, limit = 1) => (await ledger.entries({ limit })).data
  const lots = async (ledger: LedgerRpc) =>
    (await ledger.credits()).lots.map(({ id, remainingMicros }) => [id, remainingMicros])
  const owed = async (ledger: LedgerRpc) => (await ledger.credits()).owedMicros

  test('a refund takes its credit back, from that grant, once', async () => {
    const { ledger } = await paid()
    const taken = { ok: true, takenMicros: 400, owedMicros: 0, repeated: false }
    expect(await ledger.takeBack({ ...refund, amountMicros: 400 })).toEqual(taken)
    expect(await ledger.takeBack({ ...refund, amountMicros: 400 })).toEqual({ ...taken, repeated: true })
    expect(await lots(ledger)).toEqual([
      ['signup', 200],
      ['invoice:in_1', 600],
    ])
    expect(await newest(ledger)).toMatchObject([{ kind: 'adjustment', amountMicros: -400, note: 'refund' }])
  })

  test('all that is taken back of a grant is at most what it gave', async () => {
    const { ledger } = await paid()
    await ledger.takeBack({ ...refund, amountMicros: 700 })
    expect(await ledger.takeBack({ ...refund, id: 'dispute:dp_1', amountMicros: 700 })).toMatchObject({
      takenMicros: 300,
      owedMicros: 0,
    })
    expect(await ledger.takeBack({ ...refund, id: 'refund:re_2', amountMicros: 1 })).toMatchObject({ takenMicros: 0 })
    expect(await ledger.balance()).toMatchObject({ balanceMicros: 200 })
  })

  test('nothing is taken back of a grant that never was', async () => {
    const { ledger } = await paid()
    await ledger.grant({ id: 'fix', kind: 'adjustment', amountMicros: -10 })
    for (const grantId of ['invoice:in_9', 'fix'])
      expect(await ledger.takeBack({ ...refund, grantId, amountMicros: 1 })).toEqual({
        ok: false,
        code: 'unknown_grant',
      })
  })

  test('what its own grant does not have any more is taken from others, and then it is owed', async () => {
    const { ledger } = await paid()
    await spend(ledger, 'req_1', 900)
    expect(await ledger.takeBack({ ...refund, amountMicros: 800 })).toEqual({
      ok: true,
      takenMicros: 300,
      owedMicros: 500,
      repeated: false,
    })
    expect(await ledger.balance()).toEqual({ balanceMicros: 0, heldMicros: 0, availableMicros: 0 })
    expect(await owed(ledger)).toBe(500)
  })

  test('what requests in flight hold is not taken from under them', async () => {
    const { ledger } = await paid()
    await ledger.admit(sampleAdmission({ ceilingMicros: 900, floorMicros: 900 }))
    expect(await ledger.takeBack({ ...refund, amountMicros: 1_000 })).toMatchObject({
      takenMicros: 300,
      owedMicros: 700,
    })
    expect(await ledger.settle(sampleSettlement({ amountMicros: 900 }))).toMatchObject({ amountMicros: 900 })
    expect(await ledger.balance()).toMatchObject({ balanceMicros: 0 })
  })

  test('the next credit pays what is owed first, with an entry that says so', async () => {
    const { ledger } = await paid()
    await spend(ledger, 'req_1', 1_200)
    await ledger.takeBack({ ...refund, amountMicros: 500 })
    await ledger.takeBack({ ...refund, id: 'refund:re_2', amountMicros: 100 })
    const granted = await ledger.grant({ id: 'small', amountMicros: 450 })
    expect(granted.entry).toMatchObject({ kind: 'grant', amountMicros: 450 })
    expect(await newest(ledger)).toMatchObject([{ kind: 'adjustment', amountMicros: -450, note: 'owed' }])
    expect(await ledger.credits()).toMatchObject({ lots: [], owedMicros: 150 })
    await ledger.grant({ id: 'large', amountMicros: 1_000 })
    expect(await ledger.balance()).toMatchObject({ balanceMicros: 850 })
    expect(await owed(ledger)).toBe(0)
    await ledger.grant({ id: 'next', amountMicros: 10 })
    expect(await newest(ledger)).toMatchObject([{ kind: 'grant' }])
  })

  test('a dispute that is won gives everything back, once: what was taken, what was paid since, and the rest is forgiven', async () => {
    const { ledger } = await paid()
    await spend(ledger, 'req_1', 1_100)
    const dispute = { ...refund, id: 'dispute:dp_1', note: 'dispute' }
    expect(await ledger.takeBack({ ...dispute, amountMicros: 1_000 })).toMatchObject({
      takenMicros: 100,
      owedMicros: 900,
    })
    await ledger.grant({ id: 'pack', amountMicros: 300 })
    expect(await ledger.balance()).toMatchObject({ balanceMicros: 0 })
    const given = { givenMicros: 400, forgivenMicros: 600 }
    expect(await ledger.giveBack({ takeBackId: dispute.id })).toEqual({ ...given, repeated: false })
    expect(await ledger.giveBack({ takeBackId: dispute.id })).toEqual({ ...given, repeated: true })
    expect(await newest(ledger)).toMatchObject([{ kind: 'adjustment', amountMicros: 400, note: 'given_back' }])
    expect(await ledger.credits()).toMatchObject({
      lots: [{ source: 'bought', remainingMicros: 400, expiresAt: null }],
      owedMicros: 0,
    })
    expect(await ledger.takeBack({ ...refund, amountMicros: 1_000 }), 'a refund may follow').toMatchObject({
      takenMicros: 400,
      owedMicros: 600,
    })
  })

  test('credit that is given back has the time that it had left', async () => {
    const { ledger, clock } = await paid({ expiresAt: Date.UTC(2100, 5, 16, 12) + 10 * DAY })
    clock.advance(4 * DAY)
    await ledger.takeBack({ ...refund, amountMicros: 1_000 })
    clock.advance(60 * DAY)
    await ledger.giveBack({ takeBackId: refund.id })
    expect(await ledger.credits()).toMatchObject({
      lots: [{ expiresAt: clock() + 6 * DAY, remainingMicros: 1_000 }, { id: 'signup' }],
    })
  })

  test('what was never taken is not given back', async () => {
    const { ledger } = await paid()
    const nothing = { givenMicros: 0, forgivenMicros: 0, repeated: false }
    expect(await ledger.giveBack({ takeBackId: 'dispute:dp_9' })).toEqual(nothing)
    expect(await ledger.balance()).toMatchObject({ balanceMicros: 1_200 })
  })

  test('the entries are the balance, whatever came and went', async () => {
    const { ledger, clock } = await paid({ expiresAt: Date.UTC(2100, 5, 16, 12) + DAY })
    await spend(ledger, 'req_1', 650)
    await ledger.takeBack({ ...refund, amountMicros: 900 })
    await ledger.grant({ id: 'pack', amountMicros: 500, source: 'bought' })
    await ledger.giveBack({ takeBackId: refund.id })
    clock.advance(2 * DAY)
    const { balanceMicros } = await ledger.balance()
    const all = await newest(ledger, 50)
    expect(all.reduce((sum, { amountMicros }) => sum + amountMicros, 0)).toBe(balanceMicros)
    const { lots: left } = await ledger.credits()
    expect(left.reduce((sum, { remainingMicros }) => sum + remainingMicros, 0)).toBe(balanceMicros)
  })
}
