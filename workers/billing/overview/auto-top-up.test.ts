import { expect, test } from 'vitest'
import { autoTopUps, topUpAttempts } from '#db/schema/billing'
import { updateCustomer } from '../customers/customers-repository.ts'
import { createBilling, NOON, ORGANIZATION, person } from '../testing.ts'

const wanted = {
  enabled: true,
  threshold_micros: 5_000_000,
  credit_pack_id: 'credit-10',
  currency: 'sar',
  monthly_maximum_minor: 10_000,
}

const put = (body: unknown) => ({ method: 'PUT', body })

test('what is decided is kept, shown and in the audit log', async () => {
  const { ask, audits } = createBilling()
  expect(await ask('auto-top-up', put(wanted))).toMatchObject({ status: 200, body: { ...wanted, failure: null } })
  expect((await ask('auto-top-up')).body).toMatchObject({ ...wanted, spent_this_month_minor: 0 })
  expect(audits).toMatchObject([{ action: 'auto-top-up.updated', facts: { credit_pack_id: 'credit-10' } }])
})

test.each([
  ['credit_pack_id', { credit_pack_id: null }],
  ['credit_pack_id', { credit_pack_id: 'nothing' }],
  ['currency', { currency: 'jpy' }],
  ['monthly_maximum_minor', { monthly_maximum_minor: 3_749 }],
  ['threshold_micros', { threshold_micros: -1 }],
])('a wrong %s is refused by its name, and nothing is kept', async (param, change) => {
  const { ask, audits } = createBilling()
  expect(await ask('auto-top-up', put({ ...wanted, ...change }))).toMatchObject({ status: 400, body: { param } })
  expect((await ask('auto-top-up')).body.enabled).toBe(false)
  expect(audits).toEqual([])
})

test('it is in the currency that the organization pays in', async () => {
  const { ask, system } = createBilling()
  await updateCustomer({ organizationId: ORGANIZATION, change: { currency: 'eur' }, ctx: system })
  expect((await ask('auto-top-up')).body.currency).toBe('eur')
  expect(await ask('auto-top-up', put(wanted))).toMatchObject({ status: 409, body: { facts: { currency: 'eur' } } })
})

test('what was spent this month is the sum of what succeeded and of what runs', async () => {
  const { ask, system } = createBilling()
  const attempt = (id: string, state: 'running' | 'succeeded' | 'failed', createdAt = NOON) => ({
    id,
    organizationId: ORGANIZATION,
    packId: 'credit-10',
    packVersion: 1,
    amountMinor: 1_000,
    currency: 'sar',
    state,
    createdAt,
  })
  await system.db
    .insert(topUpAttempts)
    .values([
      attempt('1', 'running'),
      attempt('2', 'succeeded', Date.UTC(2026, 0, 1)),
      attempt('3', 'failed'),
      attempt('4', 'succeeded', Date.UTC(2026, 0, 1) - 1),
    ])
  await ask('auto-top-up', put(wanted))
  expect((await ask('auto-top-up')).body.spent_this_month_minor).toBe(2_000)
})

test('a failure is shown until somebody decides anew', async () => {
  const { ask, system } = createBilling()
  await ask('auto-top-up', put(wanted))
  await system.db.update(autoTopUps).set({ failedAt: NOON, failure: 'declined' })
  expect((await ask('auto-top-up')).body.failure).toEqual({ at: NOON, reason: 'declined' })
  expect((await ask('auto-top-up', put(wanted))).body.failure).toBeNull()
})

test('a member decides nothing, and what cannot be recorded is not done', async () => {
  const { ask, env } = createBilling()
  expect(await ask('auto-top-up', { ...put(wanted), as: person('admin') })).toMatchObject({ status: 403 })
  env.AUTH_RPC.recordAudit = async () => Promise.reject(new Error('away'))
  expect((await ask('auto-top-up', put(wanted))).status).toBe(503)
  expect((await ask('auto-top-up')).body.enabled).toBe(false)
})
