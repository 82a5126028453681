/// <reference types="@cloudflare/vitest-plugin/types" />
import { env } from 'cloudflare:workers'
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { expect, test } from 'vitest'
import type { LedgerRpc, PublishedEntries } from '#shared/contracts/ledger'
import type { Notice } from '#shared/contracts/notices'
import { createTestClock } from '#shared/lib/clock'
import { CONFORMANCE_START, ledgerConformance } from '#shared/metering/ledger-conformance'
import { sampleAdmission, sampleKey, samplePayer, sampleSettlement } from '#shared/metering/ledger-samples'
import type { Ledger } from './ledger.ts'

const namespace = (env as unknown as { LEDGER: DurableObjectNamespace<Ledger> }).LEDGER
let made = 0

/** A stub's promise of a refusal counts as unhandled in this runtime's tests unless it is awaited at once. */
const awaited = (stub: object): LedgerRpc =>
  new Proxy({} as LedgerRpc, {
    get: (_target, method: 'balance' | 'then') =>
      method === 'then' ? undefined : async (...input: []) => await (stub as LedgerRpc)[method](...input),
  })

type Send<Message> = (message: Message) => Promise<unknown>

async function createLedger(queue?: Send<PublishedEntries>, noticeQueue?: Send<Notice>) {
  const name = `org_${++made}`
  const stub = namespace.getByName(name)
  const clock = createTestClock(CONFORMANCE_START)
  const told: Notice[] = []
  const prepare = () =>
    runInDurableObject(stub, (ledger: Ledger) => {
      ledger.clock = clock
      if (queue) ledger.entryQueue = { send: queue }
      ledger.noticeQueue = { send: noticeQueue ?? (async (notice) => void told.push(notice)) }
    })
  await prepare()
  /** Memory is lost; the rows stay. */
  const evict = async () => {
    await evictDurableObject(stub)
    await prepare()
  }
  /** What has reached the queue once the alarm has rung. */
  const notices = async () => {
    await runDurableObjectAlarm(stub)
    return told
  }
  return { name, ledger: awaited(stub), stub, clock, evict, notices }
}

ledgerConformance('the Ledger object', () => createLedger())

function collectingQueue() {
  const sent: (PublishedEntries['entries'][number] & { organizationId: string })[] = []
  const state = { failing: false, messages: 0 }
  const send = async ({ organizationId, entries }: PublishedEntries) => {
    if (state.failing) throw new Error('the queue is away')
    state.messages += 1
    sent.push(...entries.map((entry) => ({ ...entry, organizationId })))
  }
  return { sent, state, send }
}

const alarmOf = (stub: DurableObjectStub<Ledger>) =>
  runInDurableObject(stub, (_ledger, state) => state.storage.getAlarm())

async function charge(ledger: LedgerRpc, requestId: string) {
  await ledger.admit(sampleAdmission({ requestId }))
  await ledger.settle(sampleSettlement({ requestId }))
}

test('holds, keys, budgets, answers and balances outlive an eviction', async () => {
  const { ledger, evict, clock } = await createLedger()
  const idempotency = { key: 'order-1', fingerprint: 'f1' }
  await ledger.grant({ id: 'signup', amountMicros: 1_000 })
  await ledger.createKey(sampleKey({ budget: { limitMicros: 300, period: 'day' } }))
  await ledger.setBudget({ account: 'member:usr_1', budget: { limitMicros: 240, period: 'month' } })
  await ledger.setRateLimit({ requestsPerMinute: 50 })
  await ledger.admit(sampleAdmission({ requestId: 'req_1', payer: samplePayer(), idempotency }))
  await ledger.settle(sampleSettlement({ requestId: 'req_1', answerKept: true }))
  await ledger.admit(sampleAdmission({ requestId: 'req_2', payer: samplePayer() }))
  await evict()

  expect(await ledger.balance()).toEqual({ balanceMicros: 940, heldMicros: 100, availableMicros: 840 })
  expect(await ledger.budgets()).toMatchObject([
    { account: 'key:key_1', spentMicros: 60, heldMicros: 100 },
    { account: 'member:usr_1', spentMicros: 60, heldMicros: 100 },
  ])
  expect(await ledger.admit(sampleAdmission({ requestId: 'req_3', payer: samplePayer(), idempotency }))).toMatchObject({
    code: 'replay',
    requestId: 'req_1',
  })
  expect(await ledger.admit(sampleAdmission({ requestId: 'req_3', payer: samplePayer() }))).toMatchObject({
    code: 'budget_held',
    account: 'member:usr_1',
  })
  expect(await ledger.settle(sampleSettlement({ requestId: 'req_2', amountMicros: 80 }))).toMatchObject({
    amountMicros: 80,
  })
  expect(await ledger.settle(sampleSettlement({ requestId: 'req_1' }))).toMatchObject({
    amountMicros: 60,
    repeated: true,
  })
  await evict()
  expect(await ledger.keys({ limit: 1 })).toMatchObject({ data: [{ spentMicros: 140 }] })
  clock.advance(86_400_000)
  expect(await ledger.keys({ limit: 1 })).toMatchObject({ data: [{ spentMicros: 0 }] })
})

test('the alarm frees a hold whose Worker died', async () => {
  const { ledger, stub, clock } = await createLedger()
  await ledger.grant({ id: 'signup', amountMicros: 1_000 })
  await runDurableObjectAlarm(stub)
  await ledger.admit(sampleAdmission())
  expect(await alarmOf(stub)).toBe(clock() + 60_000)
  const heard = ledger.awaitSettlement({ requestId: 'req_1', timeoutMs: 60_000 })
  clock.advance(60_000)
  await runDurableObjectAlarm(stub)
  expect(await heard).toBe('released')
  expect(await ledger.balance()).toMatchObject({ heldMicros: 0 })
})

test('the alarm lets credit expire when its time is over, and when what held it is done', async () => {
  const { ledger, stub, clock } = await createLedger()
  const expiresAt = clock() + 3_600_000
  await ledger.grant({ id: 'soon', amountMicros: 1_000, expiresAt })
  await ledger.admit(sampleAdmission({ ttlMs: 7_200_000 }))
  await runDurableObjectAlarm(stub)
  expect(await alarmOf(stub)).toBe(expiresAt)
  clock.set(expiresAt)
  await runDurableObjectAlarm(stub)
  const entries = () =>
    runInDurableObject(stub, (_ledger, state) =>
      state.storage.sql.exec('SELECT kind, amount_micros FROM entries ORDER BY sequence').toArray(),
    )
  const grant = { kind: 'grant', amount_micros: 1_000 }
  expect(await entries()).toEqual([grant, { kind: 'expiry', amount_micros: -900 }])
  clock.advance(3_600_000)
  await runDurableObjectAlarm(stub)
  expect(await entries()).toEqual([
    grant,
    { kind: 'expiry', amount_micros: -900 },
    { kind: 'expiry', amount_micros: -100 },
  ])
})

test('credit, what is owed, and the plan outlive an eviction, folded or not', async () => {
  const { ledger, evict, stub, clock } = await createLedger()
  const overdraft = { kind: 'metered', capMicros: 500, since: 0 } as const
  const terms = { planId: 'pro', planVersion: 2, asOf: 5, requestsPerMinute: 9, tokensPerMinute: null } as const
  await ledger.setPlan({ ...terms, parallelRequests: null, models: null, readOnly: false, overdraft })
  await ledger.grant({ id: 'in_1', amountMicros: 50, source: 'included', series: 's', expiresAt: clock() + 86_400_000 })
  await ledger.grant({ id: 'pack', amountMicros: 30, source: 'bought' })
  await charge(ledger, 'req_1')
  await ledger.takeBack({ id: 'refund:1', grantId: 'in_1', amountMicros: 50 })
  await charge(ledger, 'req_2')
  const known = await ledger.credits()
  expect(known).toEqual({ lots: [], owedMicros: 30, overageMicros: 60 })
  for (const before of [async () => {}, () => runDurableObjectAlarm(stub)]) {
    await before()
    await evict()
    expect(await ledger.credits()).toEqual(known)
    expect(await ledger.plan()).toMatchObject({ ...terms, overdraft })
    expect(await ledger.takeBack({ id: 'refund:1', grantId: 'in_1', amountMicros: 50 })).toMatchObject({
      repeated: true,
    })
  }
  await ledger.grant({ id: 'pack-2', amountMicros: 100, source: 'bought' })
  await evict()
  expect(await ledger.credits()).toMatchObject({ lots: [{ id: 'pack-2', remainingMicros: 70 }], owedMicros: 0 })
})

test('an object that was asked but never given anything keeps nothing', async () => {
  const { ledger, stub } = await createLedger()
  await ledger.verifyKey({ keyId: 'key_none', secretHash: 'a'.repeat(64) })
  await ledger.balance()
  await ledger.credits()
  await ledger.plan()
  await ledger.takeBack({ id: 'refund:1', grantId: 'signup', amountMicros: 5 })
  await ledger.giveBack({ takeBackId: 'refund:1' })
  await ledger.admit(sampleAdmission())
  await ledger.entries({ limit: 5 })
  const tables = await runInDurableObject(stub, (_ledger, state) =>
    state.storage.sql.exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\'").toArray(),
  )
  expect(tables).toEqual([])
  expect(await alarmOf(stub)).toBeNull()
})

test('limits per minute and the last use of a key are written down by the alarm', async () => {
  const { ledger, stub, clock, evict } = await createLedger()
  await ledger.createKey(sampleKey({ rateLimitRpm: 2 }))
  const ask = () => ledger.verifyKey({ keyId: 'key_1', secretHash: 'a'.repeat(64) })
  await ask()
  await ask()
  await runDurableObjectAlarm(stub)
  await evict()
  expect(await ask()).toMatchObject({ code: 'rate_limit_exceeded' })
  expect(await ledger.keys({ limit: 1 })).toMatchObject({ data: [{ lastUsedAt: clock() }] })
})

test('entries reach the queue in order, once the alarm rings', async () => {
  const { sent, send } = collectingQueue()
  const { name, ledger, stub, clock } = await createLedger(send)
  await ledger.grant({ id: 'signup', amountMicros: 1_000 })
  await charge(ledger, 'req_1')
  expect(await alarmOf(stub)).toBe(clock() + 1_000)
  await runDurableObjectAlarm(stub)
  expect(sent).toMatchObject([
    { organizationId: name, sequence: 1, kind: 'grant', amountMicros: 1_000 },
    { organizationId: name, sequence: 2, kind: 'charge', amountMicros: -60, requestId: 'req_1' },
  ])
  expect(await alarmOf(stub)).toBeNull()
})

test('while the queue is away entries wait, and the alarm comes back for them, later each time', async () => {
  const { sent, state, send } = collectingQueue()
  const { ledger, stub, clock, evict } = await createLedger(send)
  state.failing = true
  await ledger.grant({ id: 'signup', amountMicros: 1_000 })
  await runDurableObjectAlarm(stub)
  expect(await alarmOf(stub)).toBe(clock() + 2_000)
  await runDurableObjectAlarm(stub)
  expect(await alarmOf(stub)).toBe(clock() + 4_000)
  expect(await ledger.balance()).toMatchObject({ balanceMicros: 1_000 })
  await charge(ledger, 'req_1')
  await evict()
  state.failing = false
  await runDurableObjectAlarm(stub)
  expect(sent.map((entry) => entry.sequence)).toEqual([1, 2])
})

test('the book can be sent again from the first entry, a chunk at a time', async () => {
  const { sent, state, send } = collectingQueue()
  const { ledger, stub } = await createLedger(send)
  for (let at = 1; at <= 250; at++) await ledger.grant({ id: `invoice-${at}`, amountMicros: at })
  await runDurableObjectAlarm(stub)
  expect(state.messages).toBe(3)
  sent.length = 0
  expect(await ledger.republish()).toEqual({ entries: 250 })
  expect(sent.map((entry) => entry.sequence)).toEqual(Array.from({ length: 250 }, (_, at) => at + 1))
})

test('a rebuild that the queue interrupts is taken up by the alarm', async () => {
  const { sent, state, send } = collectingQueue()
  const { ledger, stub } = await createLedger(send)
  await ledger.grant({ id: 'signup', amountMicros: 5 })
  await runDurableObjectAlarm(stub)
  state.failing = true
  expect(await ledger.republish()).toEqual({ entries: 1 })
  state.failing = false
  sent.length = 0
  await runDurableObjectAlarm(stub)
  expect(sent).toHaveLength(1)
})

test('what is a day old is forgotten: answers, and holds that ended', async () => {
  const { ledger, stub, clock } = await createLedger()
  const rows = () =>
    runInDurableObject(stub, (_ledger, state) =>
      state.storage.sql
        .exec('SELECT (SELECT COUNT(*) FROM answers) AS answers, (SELECT COUNT(*) FROM requests) AS requests')
        .one(),
    )
  await ledger.grant({ id: 'signup', amountMicros: 1_000 })
  await ledger.admit(sampleAdmission({ requestId: 'req_1', idempotency: { key: 'order-1', fingerprint: 'f' } }))
  await ledger.settle(sampleSettlement({ requestId: 'req_1', answerKept: true }))
  await ledger.admit(sampleAdmission({ requestId: 'req_2' }))
  await ledger.release({ requestId: 'req_2' })
  await runDurableObjectAlarm(stub)
  expect(await rows()).toEqual({ answers: 1, requests: 1 })
  expect(await alarmOf(stub)).toBe(clock() + 86_400_000)
  clock.advance(86_400_000)
  await runDurableObjectAlarm(stub)
  expect(await rows()).toEqual({ answers: 0, requests: 0 })
  expect(await alarmOf(stub)).toBeNull()
})

test('many requests at once share their writes, and every answer is on disk', async () => {
  const { ledger, stub, evict } = await createLedger()
  await ledger.grant({ id: 'signup', amountMicros: 100_000 })
  await Promise.all(Array.from({ length: 200 }, (_, at) => ledger.admit(sampleAdmission({ requestId: `req_${at}` }))))
  await Promise.all(Array.from({ length: 200 }, (_, at) => ledger.settle(sampleSettlement({ requestId: `req_${at}` }))))
  await evict()
  expect(await ledger.balance()).toEqual({ balanceMicros: 88_000, heldMicros: 0, availableMicros: 88_000 })
  const { data } = await ledger.entries({ limit: 500 })
  expect(new Set(data.map((entry) => entry.requestId)).size).toBe(201)
  const writes = await runInDurableObject(stub, (_ledger, state) =>
    state.storage.sql.exec('SELECT COUNT(*) AS packs FROM held').one(),
  )
  expect(writes, 'a hold that ends within the log never is a row').toEqual({ packs: 0 })
})

test('the tables follow the log while requests come, and nobody is charged twice at the seam', async () => {
  const { ledger, stub, evict } = await createLedger()
  await ledger.grant({ id: 'signup', amountMicros: 1_000_000 })
  const ids = Array.from({ length: 400 }, (_, at) => `req_${String(at).padStart(3, '0')}`)
  for (let at = 0; at < ids.length; at += 40) {
    const some = ids.slice(at, at + 40)
    await ledger.admitMany(some.map((requestId) => sampleAdmission({ requestId })))
    await ledger.settleMany(some.map((requestId) => sampleSettlement({ requestId })))
  }
  const rows = await runInDurableObject(stub, (_ledger, state) =>
    state.storage.sql.exec('SELECT (SELECT COUNT(*) FROM entries) AS entries, (SELECT COUNT(*) FROM log) AS log').one(),
  )
  expect(rows.entries).toBeGreaterThan(200)
  expect(rows.log).toBeGreaterThan(0)
  await evict()
  const repeated = await ledger.settleMany(ids.map((requestId) => sampleSettlement({ requestId, amountMicros: 99 })))
  for (const settlement of repeated) expect(settlement).toMatchObject({ amountMicros: 60, repeated: true })
  const admissions = await ledger.admitMany(ids.map((requestId) => sampleAdmission({ requestId })))
  for (const admission of admissions) expect(admission).toMatchObject({ code: 'replay' })
  expect(await ledger.balance()).toMatchObject({ balanceMicros: 976_000, heldMicros: 0 })
})

test('limits per minute outlive an eviction to the token', async () => {
  const { ledger, evict } = await createLedger()
  await ledger.grant({ id: 'signup', amountMicros: 1_000 })
  await ledger.createKey(sampleKey({ rateLimitRpm: 2, rateLimitTpm: 100, parallelRequests: 2 }))
  const ask = (requestId: string, tokens: number) =>
    ledger.admit(sampleAdmission({ requestId, payer: samplePayer(), tokens }))
  await ask('req_1', 60)
  await ledger.settle(sampleSettlement({ usage: { input_tokens: 31 } }))
  await evict()
  expect(await ask('req_2', 70)).toMatchObject({ code: 'rate_limit_exceeded', rateLimit: { remaining: 69 } })
  expect(await ask('req_2', 69)).toMatchObject({ ok: true })
  await evict()
  expect(await ask('req_3', 0)).toMatchObject({ code: 'rate_limit_exceeded', rateLimit: { limit: 2 } })
})

test('a notice outlives an eviction, and one that the queue did not take comes again under its id', async () => {
  const sent: Notice[] = []
  const state = { failing: true }
  const { name, ledger, stub, clock, evict } = await createLedger(undefined, async (notice) => {
    sent.push(notice)
    if (state.failing) throw new Error('the queue is away')
  })
  await ledger.grant({ id: 'signup', amountMicros: 1_000 })
  await runDurableObjectAlarm(stub)
  await ledger.setBudget({ account: 'organization', budget: { limitMicros: 70, period: 'day' } })
  await ledger.admit(sampleAdmission({ floorMicros: 0 }))
  await ledger.settle(sampleSettlement())
  await evict()
  await runDurableObjectAlarm(stub)
  expect(await alarmOf(stub)).toBe(clock() + 10_000)
  state.failing = false
  await runDurableObjectAlarm(stub)
  await evict()
  await runDurableObjectAlarm(stub)
  expect(sent).toHaveLength(2)
  expect(sent[0]).toEqual(sent[1])
  expect(sent[0]).toMatchObject({ organizationId: name, type: 'budget.threshold_reached', data: { spent_micros: 60 } })
  expect(await ledger.admit(sampleAdmission({ requestId: 'req_2' }))).toMatchObject({ code: 'budget_exceeded' })
  await evict()
  expect(await ledger.admit(sampleAdmission({ requestId: 'req_3' }))).toMatchObject({ code: 'budget_exceeded' })
  await runDurableObjectAlarm(stub)
  expect(sent.slice(2)).toMatchObject([{ type: 'budget.exceeded' }])
})

test('the alarm charges a call whose Worker was lost, and what comes late finds it after an eviction', async () => {
  const { ledger, stub, clock, evict } = await createLedger()
  await ledger.grant({ id: 'signup', amountMicros: 1_000 })
  const abandoned = { amountMicros: 20, usage: { input_tokens: 20 }, price: { input_tokens: 1_000_000 } }
  await ledger.admit(sampleAdmission({ abandoned }))
  await evict()
  clock.advance(60_000)
  await runDurableObjectAlarm(stub)
  await evict()
  expect((await ledger.entries({ limit: 1 })).data).toMatchObject([{ amountMicros: -20, note: 'abandoned' }])
  expect(await ledger.settle(sampleSettlement())).toMatchObject({ amountMicros: 60 })
  await evict()
  expect(await ledger.settle(sampleSettlement())).toMatchObject({ amountMicros: 60, repeated: true })
  expect(await ledger.balance()).toMatchObject({ balanceMicros: 940 })
})

test('where the disk refuses a row, memory is dropped with it and nothing was promised', async () => {
  const { name, ledger, stub } = await createLedger()
  await ledger.grant({ id: 'signup', amountMicros: 1_000 })
  const refusal = "CREATE TRIGGER refuse BEFORE INSERT ON log BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
  await runInDurableObject(stub, (_ledger, state) => void state.storage.sql.exec(refusal))
  await expect(ledger.admit(sampleAdmission())).rejects.toThrow()
  const woken = awaited(namespace.getByName(name))
  expect(await woken.balance()).toEqual({ balanceMicros: 1_000, heldMicros: 0, availableMicros: 1_000 })
})
