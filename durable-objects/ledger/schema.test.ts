import { expect, test } from 'vitest'
import { createTestClock } from '#shared/lib/clock'
import { sampleAdmission, sampleKey, samplePayer, sampleSettlement } from '#shared/metering/ledger-samples'
import { createMemoryStorage } from './memory-storage.ts'
import { migrate } from './schema.ts'
import { createTestLedger } from './testing.ts'

const NOW = Date.UTC(2100, 5, 16, 12)
const DAY = 86_400_000

/** Rows as the first version wrote them: every hold and every entry a row of its own, totals at a checkpoint. */
function createFirstVersion() {
  const storage = createMemoryStorage()
  const { sql } = storage
  migrate(storage, 1)
  const entry = (sequence: number, at: number, kind: string, amount: number, after: number, requestId: string | null) =>
    sql(
      `INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'chat', 'openai/gpt-sample', 'openai', ?, 'usr_1', ?, NULL, 0, NULL)`,
      sequence,
      `ent_${sequence}`,
      at,
      kind,
      amount,
      after,
      requestId,
      requestId ? null : 'signup',
      requestId && 'key_1',
      requestId && '{"input_tokens":20}',
    )
  entry(1, NOW - 3 * DAY, 'grant', 1_000, 1_000, null)
  entry(2, NOW - 2 * DAY, 'charge', -70, 930, 'req_1')
  entry(3, NOW - 60_000, 'charge', -30, 900, 'req_2')
  const hold = (requestId: string, key: string | null, endedAt: number | null, released: number) =>
    sql(
      `INSERT INTO holds VALUES (?, 'key:key_1', 'key_1', 'usr_1', 'chat', 'openai/gpt-sample', 'openai', 100, ?, ?, ?, ?, ?)`,
      requestId,
      NOW + 60_000,
      key,
      key && 'f1',
      endedAt,
      released,
    )
  hold('req_3', 'order-3', null, 0)
  hold('req_4', null, NOW - 1_000, 0)
  hold('req_5', null, NOW - 1_000, 1)
  sql(`INSERT INTO answers VALUES ('key:key_1', 'order-2', 'f1', 'req_2', ?)`, NOW - 60_000)
  const key = sampleKey({ budget: { limitMicros: 500, period: 'day' } })
  sql('INSERT INTO keys VALUES (?, ?, ?)', key.id, JSON.stringify(key), NOW - 5)
  sql(`INSERT INTO budgets VALUES ('member:usr_1', 600, 'month')`)
  sql(`INSERT INTO buckets VALUES ('organization', 60000, ?)`, NOW)
  sql(`INSERT INTO settings VALUES ('requests_per_minute', 2), ('checkpoint_sequence', 2), ('published_sequence', 3)`)
  return createTestLedger({ clock: createTestClock(NOW), storage })
}

test('a ledger of the first version wakes with everything it had', () => {
  const { teller } = createFirstVersion()
  expect(teller.balance()).toEqual({ balanceMicros: 900, heldMicros: 100, availableMicros: 800 })
  expect(teller.limits()).toMatchObject([{ account: 'organization', requestsPerMinute: 2, alertPercents: [80] }])
  expect(teller.keys({ limit: 5 }).data).toMatchObject([{ id: 'key_1', lastUsedAt: NOW - 5, spentMicros: 30 }])
  expect(teller.budgets()).toMatchObject([
    { account: 'key:key_1', spentMicros: 30, heldMicros: 100 },
    { account: 'member:usr_1', spentMicros: 100, heldMicros: 100 },
  ])
  const admission = sampleAdmission({ requestId: 'req_6', payer: samplePayer() })
  const idempotency = { key: 'order-2', fingerprint: 'f1' }
  expect(teller.admit({ ...admission, idempotency })).toMatchObject({ code: 'replay', requestId: 'req_2' })
  expect(teller.admit(admission)).toMatchObject({ code: 'rate_limit_exceeded', rateLimit: { name: 'organization' } })
})

test('its models have totals as well, and its holds end as they would have', () => {
  const ledger = createFirstVersion()
  const { teller } = ledger
  teller.setBudget({ account: 'model:openai/gpt-sample', budget: { limitMicros: 500, period: 'forever' } })
  expect(teller.budgets()).toMatchObject([{}, {}, { spentMicros: 100, heldMicros: 100 }])
  const settle = (requestId: string) => teller.settle(sampleSettlement({ requestId, amountMicros: 90 }))
  expect(settle('req_2')).toEqual({ ok: true, amountMicros: 30, entryId: 'ent_3', repeated: true })
  expect(settle('req_3')).toMatchObject({ amountMicros: 90 })
  expect(settle('req_4')).toMatchObject({ amountMicros: 90 })
  expect(settle('req_5')).toMatchObject({ amountMicros: 0, repeated: true })
  expect(teller.entries({ limit: 3 }).data).toMatchObject([
    { requestId: 'req_4', note: 'late-settlement' },
    { requestId: 'req_3', note: null },
    { requestId: 'req_2' },
  ])
  ledger.crash()
  expect(ledger.teller.balance()).toMatchObject({ balanceMicros: 720, heldMicros: 0 })
  expect(ledger.teller.budgets()).toMatchObject([{}, {}, { spentMicros: 280, heldMicros: 0 }])
})

test('the table itself refuses a second charge of one request', () => {
  const { teller, storage } = createFirstVersion()
  teller.fold()
  const again = `INSERT INTO entries SELECT 9, 'ent_9', at, kind, amount_micros, 0, request_id, NULL, service, model, provider,
    key_id, user_id, usage, price, estimated, note, NULL, NULL, NULL FROM entries WHERE sequence = 2`
  expect(() => storage.sql(again)).toThrow('UNIQUE')
})

/** What the second version left: entries without sources, and a log that was not folded. */
function createSecondVersion(log: unknown[] = []) {
  const storage = createMemoryStorage()
  const { sql } = storage
  migrate(storage, 2)
  sql(
    `INSERT INTO entries (sequence, id, at, kind, amount_micros, balance_after, grant_id, estimated)
     VALUES (1, 'ent_1', ?, 'grant', 1000, 1000, 'signup', 0)`,
    NOW - DAY,
  )
  sql(
    `INSERT INTO entries (sequence, id, at, kind, amount_micros, balance_after, request_id, estimated)
     VALUES (2, 'ent_2', ?, 'charge', -100, 900, 'req_0', 0)`,
    NOW - DAY,
  )
  if (log.length > 0) sql('INSERT INTO log (changes) VALUES (?)', JSON.stringify(log))
  return createTestLedger({ clock: createTestClock(NOW), storage })
}

const before = { id: 'before-lots', source: 'promotion', expiresAt: null, series: null }

test('credit from before lots were kept is one lot without an end, of what was left', () => {
  const { teller } = createSecondVersion()
  expect(teller.credits()).toMatchObject({ lots: [{ ...before, remainingMicros: 900 }], owedMicros: 0 })
  expect(teller.entries({ limit: 1 }).data).toMatchObject([{ id: 'ent_2', costMicros: null, planId: null }])
  expect(teller.takeBack({ id: 'refund:1', grantId: 'signup', amountMicros: 400 })).toMatchObject({ takenMicros: 400 })
  expect(teller.credits()).toMatchObject({ lots: [{ id: 'before-lots', remainingMicros: 500 }] })
})

test('changes that an older version wrote to its log come to that lot and go from it', () => {
  const entry = {
    usage: null,
    price: null,
    estimated: false,
    note: null,
    keyId: null,
    userId: null,
    model: null,
    service: null,
    provider: null,
  }
  const added = (sequence: number, kind: string, amountMicros: number, grantId: string | null) => ({
    type: 'entry-added',
    entry: { ...entry, sequence, id: `ent_${sequence}`, at: NOW, kind, amountMicros, requestId: null },
    grantId,
    answer: null,
  })
  const ledger = createSecondVersion([added(3, 'grant', 300, 'later'), added(4, 'adjustment', -50, 'fix')])
  expect(ledger.teller.credits()).toMatchObject({ lots: [{ ...before, remainingMicros: 1_150 }] })
  ledger.teller.fold()
  ledger.crash()
  expect(ledger.teller.credits()).toMatchObject({ lots: [{ ...before, remainingMicros: 1_150 }] })
  expect(ledger.teller.takeBack({ id: 'refund:1', grantId: 'later', amountMicros: 900 })).toMatchObject({
    takenMicros: 300,
  })
})

test('an older ledger without credit has no lot', () => {
  const storage = createMemoryStorage()
  migrate(storage, 2)
  const { teller } = createTestLedger({ clock: createTestClock(NOW), storage })
  expect(teller.credits()).toEqual({ lots: [], owedMicros: 0, overageMicros: 0 })
  expect(teller.plan()).toBeNull()
})
