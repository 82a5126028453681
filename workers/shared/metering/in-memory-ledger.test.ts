import { expect, test } from 'vitest'
import { createInMemoryLedger } from './in-memory-ledger.ts'
import { CONFORMANCE_START, ledgerConformance } from './ledger-conformance.ts'
import { sampleAdmission, sampleKey, sampleSettlement } from './ledger-samples.ts'
import { createTestClock } from '../lib/clock.ts'

ledgerConformance('the in-memory ledger', async () => {
  const clock = createTestClock(CONFORMANCE_START)
  const ledger = createInMemoryLedger({ clock })
  return { clock, ledger, notices: async () => ledger.notices() }
})

test('a test can begin with credit, keys, budgets and a limit', async () => {
  const ledger = createInMemoryLedger({
    balanceMicros: 500,
    keys: [sampleKey()],
    budgets: [{ account: 'organization', limitMicros: 200, period: 'day' }],
    requestsPerMinute: 7,
  })
  expect(await ledger.balance()).toMatchObject({ availableMicros: 500 })
  expect(await ledger.budgets()).toMatchObject([{ account: 'organization', limitMicros: 200 }])
  expect(await ledger.admit(sampleAdmission({ payer: { kind: 'verified-key', keyId: 'key_1' } }))).toMatchObject({
    rateLimit: { limit: 7, remaining: 6 },
  })
  expect(ledger.liveHolds()).toEqual(['req_1'])
})

test('a test can cut the ledger off', async () => {
  const ledger = createInMemoryLedger({ balanceMicros: 500 })
  ledger.failWith(new Error('the ledger is away'))
  await expect(ledger.admit(sampleAdmission())).rejects.toThrow('away')
  ledger.failWith(null)
  await ledger.admit(sampleAdmission())
  await ledger.settle(sampleSettlement())
  expect(ledger.published().map((entry) => entry.sequence)).toEqual([1, 2])
})
