import { expect, test } from 'vitest'
import type { Budget, LedgerRpc } from '../contracts/ledger.ts'
import type { CreateLedger } from './ledger-conformance.ts'
import { sampleAdmission, sampleKey, samplePayer, sampleSettlement } from './ledger-samples.ts'

const DAY = 86_400_000
const RESETS_AT = Date.UTC(2100, 5, 17)

export function noticesConformance(create: CreateLedger): void {
  const withBudget = async (budget: Budget = { limitMicros: 200, period: 'day' }, amountMicros = 10_000) => {
    const world = await create()
    await world.ledger.grant({ id: 'signup', amountMicros })
    await world.ledger.setBudget({ account: 'organization', budget })
    return world
  }
  let made = 0
  const spend = async (ledger: LedgerRpc, amountMicros: number) => {
    const requestId = `req_${++made}`
    await ledger.admit(sampleAdmission({ requestId, floorMicros: 0 }))
    return ledger.settle(sampleSettlement({ requestId, amountMicros }))
  }
  const refused = (ledger: LedgerRpc) => ledger.admit(sampleAdmission({ requestId: `req_${++made}` }))
  const about = { account: 'organization', limit_micros: 200, period: 'day', resets_at: RESETS_AT }

  test('reaching four fifths of a budget is told once in its period', async () => {
    const { ledger, clock, notices } = await withBudget()
    await spend(ledger, 100)
    await spend(ledger, 59)
    expect(await notices()).toEqual([])
    await spend(ledger, 1)
    await spend(ledger, 10)
    expect(await notices()).toEqual([
      {
        id: expect.stringMatching(/^evt_/),
        organizationId: expect.stringMatching(/^org_/),
        type: 'budget.threshold_reached',
        at: clock(),
        data: { ...about, spent_micros: 160, percent: 80 },
      },
    ])
    clock.advance(DAY)
    await spend(ledger, 100)
    await spend(ledger, 90)
    expect(await notices()).toMatchObject([{}, { data: { spent_micros: 190, resets_at: RESETS_AT + DAY } }])
  })

  test('every share that an account names is told, each by itself', async () => {
    const { ledger, notices } = await withBudget()
    await ledger.setLimits({ account: 'organization', limits: { alertPercents: [100, 25, 50] } })
    await spend(ledger, 100)
    expect((await notices()).map(({ data }) => data.percent)).toEqual([25, 50])
    await spend(ledger, 100)
    expect((await notices()).map(({ data }) => data.percent)).toEqual([25, 50, 100])
  })

  test('a budget of a key, a member or a model has shares of its own', async () => {
    const { ledger, notices } = await withBudget({ limitMicros: 100_000, period: 'month' })
    const budget = { limitMicros: 100, period: 'week' } as const
    await ledger.createKey(sampleKey({ budget, alertPercents: [50] }))
    await ledger.setBudget({ account: 'member:usr_1', budget })
    await ledger.setBudget({ account: 'model:openai/gpt-sample', budget })
    await ledger.setLimits({ account: 'model:openai/gpt-sample', limits: { alertPercents: [] } })
    await ledger.admit(sampleAdmission({ payer: samplePayer() }))
    await ledger.settle(sampleSettlement({ amountMicros: 90 }))
    expect((await notices()).map(({ data }) => [data.account, data.percent])).toEqual([
      ['key:key_1', 50],
      ['member:usr_1', 80],
    ])
  })

  test('the first call that a budget stops is told, the others of its period are not', async () => {
    const { ledger, clock, notices } = await withBudget({ limitMicros: 50, period: 'day' })
    expect(await refused(ledger)).toMatchObject({ code: 'budget_exceeded' })
    expect(await refused(ledger)).toMatchObject({ code: 'budget_exceeded' })
    expect(await notices()).toMatchObject([
      { type: 'budget.exceeded', data: { ...about, limit_micros: 50, spent_micros: 0 } },
    ])
    clock.advance(DAY)
    await refused(ledger)
    expect(await notices()).toHaveLength(2)
  })

  test('a budget that only waits for calls in flight is no news', async () => {
    const { ledger, notices } = await withBudget({ limitMicros: 150, period: 'day' })
    await ledger.admit(sampleAdmission())
    expect(await refused(ledger)).toMatchObject({ code: 'budget_held' })
    expect(await notices()).toEqual([])
  })

  test('a budget that changes is told of anew; one that is set again as it was is not', async () => {
    const { ledger, notices } = await withBudget({ limitMicros: 100, period: 'day' })
    await spend(ledger, 90)
    await ledger.setBudget({ account: 'organization', budget: { limitMicros: 100, period: 'day' } })
    await spend(ledger, 5)
    expect(await notices()).toHaveLength(1)
    await ledger.setBudget({ account: 'organization', budget: { limitMicros: 110, period: 'day' } })
    await spend(ledger, 1)
    expect((await notices()).map(({ data }) => data.limit_micros)).toEqual([100, 110])
  })

  test('credit that runs out is told once, and again when new credit has run out', async () => {
    const { ledger, notices } = await withBudget({ limitMicros: 1_000_000, period: 'month' }, 150)
    await spend(ledger, 90)
    expect(await refused(ledger)).toMatchObject({ code: 'insufficient_credits' })
    expect(await refused(ledger)).toMatchObject({ code: 'insufficient_credits' })
    expect(await notices()).toMatchObject([{ type: 'credit.exhausted', data: { balance_micros: 60 } }])
    await ledger.grant({ id: 'invoice-1', amountMicros: 40 })
    await spend(ledger, 100)
    expect(await notices()).toMatchObject([{}, { type: 'credit.exhausted', data: { balance_micros: 0 } }])
  })

  test('an organization that never had credit has not lost any, and free calls cost it none', async () => {
    const { ledger, notices } = await create()
    expect(await refused(ledger)).toMatchObject({ code: 'insufficient_credits' })
    await ledger.admit(sampleAdmission({ ceilingMicros: 0, floorMicros: 0 }))
    await ledger.settle(sampleSettlement({ amountMicros: 0 }))
    expect(await notices()).toEqual([])
  })

  test('what a lost call cost is told like any other', async () => {
    const { ledger, clock, notices } = await withBudget({ limitMicros: 100, period: 'day' })
    await ledger.admit(sampleAdmission({ abandoned: { amountMicros: 85, usage: {}, price: {} } }))
    clock.advance(60_000)
    await ledger.balance()
    expect(await notices()).toMatchObject([{ data: { spent_micros: 85 } }])
  })

  test('another attempt that a budget stops is told as well', async () => {
    const { ledger, notices } = await withBudget()
    await ledger.setBudget({ account: 'model:a/other', budget: { limitMicros: 10, period: 'forever' } })
    await ledger.admit(sampleAdmission())
    const attempt = { requestId: 'req_1', model: 'a/other', provider: 'a', ceilingMicros: 100, floorMicros: 100 }
    expect(await ledger.amend(attempt)).toMatchObject({ code: 'budget_exceeded' })
    expect(await notices()).toMatchObject([{ data: { account: 'model:a/other', resets_at: null } }])
  })
}
