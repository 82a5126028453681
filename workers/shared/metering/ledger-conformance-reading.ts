import { expect, test } from 'vitest'
import type { LedgerRpc } from '../contracts/ledger.ts'
import type { CreateLedger } from './ledger-conformance.ts'
import { sampleAdmission, sampleKey, samplePayer, sampleSettlement } from './ledger-samples.ts'

const DAY = 86_400_000

export function readingConformance(create: CreateLedger): void {
  const funded = async () => {
    const world = await create()
    await world.ledger.grant({ id: 'signup', amountMicros: 10_000 })
    return world
  }
  const spend = async (
    ledger: LedgerRpc,
    requestId: string,
    admission: Parameters<typeof sampleAdmission>[0] = {},
    amountMicros = 60,
  ) => {
    await ledger.admit(sampleAdmission({ requestId, ...admission }))
    await ledger.settle(sampleSettlement({ requestId, amountMicros }))
  }
  const user = (userId: string) => ({ payer: { kind: 'user', userId, role: 'member' } as const })

  test('entries come newest first, page by page, and sum up to the balance', async () => {
    const { ledger } = await funded()
    for (const at of [1, 2, 3, 4]) await spend(ledger, `req_${at}`)
    const first = await ledger.entries({ limit: 3 })
    expect(first.data.map((entry) => entry.requestId)).toEqual(['req_4', 'req_3', 'req_2'])
    await spend(ledger, 'req_5')
    const second = await ledger.entries({ limit: 3, cursor: first.nextCursor! })
    expect(second).toMatchObject({ data: [{ requestId: 'req_1' }, { kind: 'grant' }], nextCursor: null })
    const all = (await ledger.entries({ limit: 100 })).data
    expect(all.reduce((sum, entry) => sum + entry.amountMicros, 0)).toBe((await ledger.balance()).balanceMicros)
  })

  test('entries of one request or one member can be asked for', async () => {
    const { ledger } = await funded()
    await spend(ledger, 'req_1', user('usr_1'))
    await spend(ledger, 'req_2', user('usr_2'))
    await spend(ledger, 'req_3', user('usr_2'))
    expect((await ledger.entries({ limit: 9, requestId: 'req_2' })).data).toMatchObject([{ requestId: 'req_2' }])
    expect((await ledger.entries({ limit: 9, requestId: 'req_2', userId: 'usr_1' })).data).toEqual([])
    const page = await ledger.entries({ limit: 1, userId: 'usr_2' })
    expect(page.data).toMatchObject([{ requestId: 'req_3' }])
    expect(await ledger.entries({ limit: 1, userId: 'usr_2', cursor: page.nextCursor! })).toMatchObject({
      data: [{ requestId: 'req_2' }],
      nextCursor: null,
    })
  })

  test.each(['nonsense', '', 'ZW50cmllczo', 'a2V5czoxMg', '💥'])('the cursor %j is refused by name', async (cursor) => {
    const { ledger } = await funded()
    await expect(ledger.entries({ limit: 5, cursor })).rejects.toMatchObject({
      name: 'Problem',
      code: 'invalid_cursor',
    })
  })

  test('a cursor of keys that is not one is refused by name', async () => {
    const { ledger } = await funded()
    await expect(ledger.keys({ limit: 5, cursor: 'nonsense' })).rejects.toMatchObject({
      name: 'Problem',
      code: 'invalid_cursor',
    })
  })

  test('a summary counts charges by day, model, service, member and key', async () => {
    const { ledger, clock } = await funded()
    await ledger.createKey(sampleKey({ userId: 'usr_2' }))
    const from = clock()
    await spend(ledger, 'req_1', { ...user('usr_1'), model: 'a/one' }, 10)
    await spend(ledger, 'req_2', { payer: samplePayer(), model: 'b/two', service: 'code' }, 20)
    clock.advance(DAY)
    await spend(ledger, 'req_3', { ...user('usr_1'), model: 'a/one' }, 15)
    const to = clock() + 1
    const usage = (times: number) => ({ input_tokens: 20 * times, output_tokens: 40 * times })

    expect(await ledger.summary({ from, to, by: 'day' })).toEqual([
      { group: '2100-06-16', requests: 2, chargedMicros: 30, usage: usage(2) },
      { group: '2100-06-17', requests: 1, chargedMicros: 15, usage: usage(1) },
    ])
    expect(await ledger.summary({ from, to, by: 'model' })).toEqual([
      { group: 'a/one', requests: 2, chargedMicros: 25, usage: usage(2) },
      { group: 'b/two', requests: 1, chargedMicros: 20, usage: usage(1) },
    ])
    expect((await ledger.summary({ from, to, by: 'service' })).map((row) => row.group)).toEqual(['chat', 'code'])
    expect((await ledger.summary({ from, to, by: 'key' })).map((row) => row.group)).toEqual([null, 'key_1'])
    expect(await ledger.summary({ from, to: to - 1, by: 'member', userId: 'usr_1' })).toEqual([
      { group: 'usr_1', requests: 1, chargedMicros: 10, usage: usage(1) },
    ])
  })

  test('budgets show what is spent, what is held and when they begin anew', async () => {
    const { ledger } = await funded()
    await ledger.createKey(sampleKey({ budget: { limitMicros: 300, period: 'month' } }))
    await ledger.setBudget({ account: 'organization', budget: { limitMicros: 900, period: 'week' } })
    await ledger.setBudget({ account: 'member:usr_1', budget: { limitMicros: 500, period: 'forever' } })
    await spend(ledger, 'req_1', { payer: samplePayer() })
    await ledger.admit(sampleAdmission({ requestId: 'req_2' }))
    expect(await ledger.budgets()).toEqual([
      {
        account: 'key:key_1',
        limitMicros: 300,
        period: 'month',
        spentMicros: 60,
        heldMicros: 0,
        resetsAt: Date.UTC(2100, 6, 1),
      },
      {
        account: 'member:usr_1',
        limitMicros: 500,
        period: 'forever',
        spentMicros: 60,
        heldMicros: 100,
        resetsAt: null,
      },
      {
        account: 'organization',
        limitMicros: 900,
        period: 'week',
        spentMicros: 60,
        heldMicros: 100,
        resetsAt: Date.UTC(2100, 5, 21),
      },
    ])
    await ledger.setBudget({ account: 'organization', budget: null })
    expect((await ledger.budgets()).map((state) => state.account)).toEqual(['key:key_1', 'member:usr_1'])
  })

  test('what was spent before a budget was set counts as well', async () => {
    const { ledger } = await funded()
    await spend(ledger, 'req_1')
    await ledger.setBudget({ account: 'organization', budget: { limitMicros: 100, period: 'month' } })
    expect(await ledger.budgets()).toMatchObject([{ spentMicros: 60 }])
  })

  test("a key's spending is that of its budget's period, or all of it where it has none", async () => {
    const { ledger, clock } = await funded()
    await ledger.createKey(sampleKey())
    await spend(ledger, 'req_1', { payer: samplePayer() })
    clock.advance(DAY)
    await spend(ledger, 'req_2', { payer: samplePayer() }, 5)
    expect((await ledger.keys({ limit: 1 })).data).toMatchObject([{ spentMicros: 65 }])
    expect(
      await ledger.updateKey({ id: 'key_1', change: { budget: { limitMicros: 100, period: 'day' } } }),
    ).toMatchObject({ spentMicros: 5 })
  })

  test('erasing forgets everything', async () => {
    const { ledger } = await funded()
    await ledger.createKey(sampleKey())
    await spend(ledger, 'req_1')
    await ledger.erase()
    expect(await ledger.balance()).toEqual({ balanceMicros: 0, heldMicros: 0, availableMicros: 0 })
    expect((await ledger.entries({ limit: 5 })).data).toEqual([])
    expect((await ledger.keys({ limit: 5 })).data).toEqual([])
    expect(await ledger.grant({ id: 'signup', amountMicros: 5 })).toMatchObject({ repeated: false })
  })
}
