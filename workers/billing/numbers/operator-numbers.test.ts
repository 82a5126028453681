import { expect, test } from 'vitest'
import { OperatorNumbers } from '#shared/contracts/billing-administration'
import { readOperatorNumbers } from './operator-numbers.ts'
import * as queries from './operator-queries.ts'
import { listProviderInvoices, writeProviderInvoice } from './provider-invoices.ts'
import { createNumbers, DAY, entryOf, lotOf, NOON, operator, planOf, user } from './testing.ts'

const JUNE = Date.UTC(2026, 5, 1)
const JULY = Date.UTC(2026, 6, 1)

function createWorld() {
  const world = createNumbers()
  const ctx = world.contextFor(operator)
  const read = (query: { from?: number; to?: number } = { from: JUNE, to: JULY }) => readOperatorNumbers({ query, ctx })
  return { ...world, ctx, read }
}

test('revenue is what was paid in the time, in each currency and for each purpose', async () => {
  const { read, invoice } = createWorld()
  await invoice({ id: 'in_1' })
  await invoice({ id: 'in_2', refundedMinor: 500 })
  await invoice({ id: 'in_3', purpose: 'credit_pack', paidMinor: 700 })
  await invoice({ id: 'in_4', currency: 'sar', paidMinor: 7_500 })
  await invoice({ id: 'in_5', paidAt: JUNE - 1 })
  await invoice({ id: 'in_6', paidAt: JULY })
  await invoice({ id: 'in_7', status: 'open', paidAt: null, paidMinor: 0 })
  expect((await read()).revenue).toEqual([
    { currency: 'sar', purpose: 'subscription', paid_minor: 7_500, refunded_minor: 0 },
    { currency: 'usd', purpose: 'credit_pack', paid_minor: 700, refunded_minor: 0 },
    { currency: 'usd', purpose: 'subscription', paid_minor: 4_000, refunded_minor: 500 },
  ])
})

test('what was charged and what it cost add up by day, by model and by plan', async () => {
  const { read, record } = createWorld()
  await record([
    entryOf({ at: JUNE, amountMicros: -500, costMicros: 400 }),
    entryOf({ model: 'm/b', provider: 'b', planId: null, costMicros: null }),
    entryOf({ organizationId: 'org_2', costMicros: 90 }),
    entryOf({ at: JUNE - 1, amountMicros: -9_999 }),
    entryOf({ at: JULY, amountMicros: -9_999 }),
  ])
  const numbers = await read()
  expect(numbers).toMatchObject({ charged_micros: 700, cost_micros: 490, uncosted_micros: 100 })
  expect(numbers.days).toEqual([
    { day: '2026-06-01', charged_micros: 500, cost_micros: 400 },
    { day: '2026-06-15', charged_micros: 200, cost_micros: 90 },
  ])
  expect(numbers.by_model).toEqual([
    { model: 'openai/gpt-sample', provider: 'openai', requests: 2, charged_micros: 600, cost_micros: 490 },
    { model: 'm/b', provider: 'b', requests: 1, charged_micros: 100, cost_micros: 0 },
  ])
  expect(numbers.by_plan).toEqual([
    { plan_id: 'pro', organizations: 2, charged_micros: 600, cost_micros: 490 },
    { plan_id: null, organizations: 1, charged_micros: 100, cost_micros: 0 },
  ])
  for (const rows of [numbers.days, numbers.by_model, numbers.by_plan])
    expect(rows.reduce((sum, row) => sum + row.charged_micros, 0)).toBe(numbers.charged_micros)
})

test('who spent the most comes first, by name where there is one', async () => {
  const { read, record, ctx } = createWorld()
  await record([
    entryOf(),
    entryOf({ organizationId: 'org_2', amountMicros: -900 }),
    entryOf({ organizationId: 'org_gone', amountMicros: -300 }),
    ...Array.from({ length: 30 }, (_, at) => entryOf({ organizationId: `org_small${at}`, amountMicros: -1 })),
  ])
  const { top_spenders: top } = await read()
  expect(top).toHaveLength(20)
  expect(top.slice(0, 3)).toEqual([
    { organization_id: 'org_2', name: 'Name of org_2', charged_micros: 900, cost_micros: 60 },
    { organization_id: 'org_gone', name: null, charged_micros: 300, cost_micros: 60 },
    { organization_id: 'org_1', name: 'Name of org_1', charged_micros: 100, cost_micros: 60 },
  ])
  ctx.organizationOf = () => Promise.reject(new Error('the accounts service is away'))
  expect((await read()).top_spenders[0]).toMatchObject({ organization_id: 'org_2', name: null })
})

test('subscribers are counted as they are, and who came and went in the time', async () => {
  const { read, subscribe } = createWorld()
  const old = { createdAt: JUNE - DAY }
  await subscribe({ id: 'sub_1' })
  await subscribe({ id: 'sub_2', ...old })
  await subscribe({ id: 'sub_3', status: 'trialing' })
  await subscribe({ id: 'sub_4', status: 'past_due', ...old })
  await subscribe({ id: 'sub_5', status: 'unpaid', ...old })
  await subscribe({ id: 'sub_6', status: 'canceled', endedAt: NOON, ...old })
  await subscribe({ id: 'sub_7', status: 'canceled', endedAt: JUNE - 1, ...old })
  await subscribe({ id: 'sub_8', status: 'incomplete' })
  await subscribe({ id: 'sub_9', status: 'incomplete_expired', endedAt: NOON })
  expect((await read()).subscribers).toEqual({ active: 2, trialing: 1, past_due: 2, started: 2, churned: 1 })
})

test('a payment that failed is counted once, whatever became of it', async () => {
  const { read, invoice } = createWorld()
  const unpaid = { paidAt: null, paidMinor: 0 }
  await invoice({ id: 'in_1' })
  await invoice({ id: 'in_2', attempts: 3 })
  await invoice({ id: 'in_3', status: 'open', attempts: 1, ...unpaid })
  await invoice({ id: 'in_4', status: 'open', attempts: 0, ...unpaid })
  await invoice({ id: 'in_5', status: 'uncollectible', attempts: 4, ...unpaid })
  await invoice({ id: 'in_6', status: 'draft', attempts: 0, ...unpaid })
  await invoice({ id: 'in_7', status: 'open', attempts: 2, createdAt: JUNE - 1, ...unpaid })
  expect((await read()).failed_payments).toBe(3)
})

test('outstanding credit is the sum of what every ledger says, asked anew where it may have changed', async () => {
  const { read, database, lots, asked } = createWorld()
  lots.set('org_1', [
    lotOf({ source: 'included', remainingMicros: 70 }),
    lotOf({ source: 'bought', remainingMicros: 5 }),
  ])
  lots.set('org_2', [lotOf({ remainingMicros: 30 })])
  for (const id of ['org_1', 'org_2'])
    await database
      .prepare('INSERT INTO credit_outstanding (organization_id, bought_micros, changed_at) VALUES (?, 999, 1)')
      .bind(id)
      .run()
  const { outstanding_micros: outstanding } = await read()
  expect(outstanding).toEqual({ total: 105, included: 70, promotion: 30, bought: 5 })
  expect(asked.toSorted()).toEqual(['org_1', 'org_2'])
})

test('days are whole ones of UTC, and without a range the last thirty', async () => {
  const { read } = createWorld()
  expect(await read({ from: JUNE + 5, to: JUNE + DAY + 5 })).toMatchObject({ from: JUNE, to: JUNE + 2 * DAY })
  expect(await read({})).toMatchObject({ from: Date.UTC(2026, 4, 17), to: Date.UTC(2026, 5, 16) })
  await expect(read({ from: JULY, to: JUNE })).rejects.toMatchObject({ code: 'invalid_request' })
  await expect(read({ from: 0, to: JUNE })).rejects.toMatchObject({ code: 'invalid_request' })
})

test('where nothing has happened every number is nothing, in the shape of the contract', async () => {
  const { read } = createWorld()
  const numbers = await read()
  expect(OperatorNumbers.parse(numbers)).toEqual(numbers)
  expect(numbers).toMatchObject({ charged_micros: 0, revenue: [], outstanding_micros: { total: 0 } })
})

test('nobody but an operator of the platform sees any of it', async () => {
  const { contextFor } = createWorld()
  for (const principal of [user('owner'), { kind: 'anonymous' } as const]) {
    const ctx = contextFor(principal)
    const code = principal.kind === 'anonymous' ? 'unauthenticated' : 'permission_denied'
    await expect(readOperatorNumbers({ query: {}, ctx })).rejects.toMatchObject({ code })
    await expect(listProviderInvoices({ query: {}, ctx })).rejects.toMatchObject({ code })
    const about = { provider: 'openai', month: '2026-06', input: { amount_micros: 1 }, ctx }
    await expect(writeProviderInvoice(about)).rejects.toMatchObject({ code })
  }
})

test('a provider’s invoice stands beside our own count of its month', async () => {
  const { record, ctx } = createWorld()
  await record([
    entryOf({ costMicros: 400 }),
    entryOf({ at: JUNE - 1, costMicros: 25 }),
    entryOf({ provider: 'anthropic', costMicros: 7 }),
    entryOf({ provider: 'riwaq', costMicros: 0 }),
  ])
  const write = (provider: string, month: string, amount_micros: number, note?: string) =>
    writeProviderInvoice({ provider, month, input: { amount_micros, ...(note && { note }) }, ctx })
  expect(await write('openai', '2026-06', 450)).toMatchObject({ difference_micros: 50 })
  expect(await write('openai', '2026-06', 390, 'INV-7')).toEqual({
    provider: 'openai',
    month: '2026-06',
    billed_micros: 390,
    counted_micros: 400,
    difference_micros: -10,
    note: 'INV-7',
  })
  await write('groq', '2026-05', 5)
  const list = await listProviderInvoices({ query: {}, ctx })
  expect(list.map((row) => [row.month, row.provider, row.billed_micros, row.counted_micros])).toEqual([
    ['2026-06', 'anthropic', null, 7],
    ['2026-06', 'openai', 390, 400],
    ['2026-05', 'groq', 5, 0],
    ['2026-05', 'openai', null, 25],
  ])
  expect(await listProviderInvoices({ query: { from: '2026-05', to: '2026-05' }, ctx })).toHaveLength(2)
})

test.each([
  ['nobody', '2026-06', 'not_found'],
  ['openai', '2026-13', 'invalid_request'],
  ['openai', '2026-6', 'invalid_request'],
])('an invoice of %s for %s is refused', async (provider, month, code) => {
  const { ctx } = createWorld()
  await expect(writeProviderInvoice({ provider, month, input: { amount_micros: 1 }, ctx })).rejects.toMatchObject({
    code,
  })
})

test.each(Object.entries(queries))('%s is answered from an index', async (_name, sql) => {
  const { database } = createWorld()
  const count = new Set(sql.match(/\?\d/g)).size
  const plan = await planOf(database, sql, ...Array.from({ length: count }, () => 1))
  expect(plan.filter((line) => line.startsWith('SCAN'))).toEqual([])
  expect(plan.filter((line) => line.startsWith('SEARCH')).length).toBeGreaterThan(0)
})
