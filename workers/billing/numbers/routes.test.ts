// The addresses themselves: what they take, what they refuse by name, and whom they let in.
import { expect, test } from 'vitest'
import type { Principal } from '#shared/contracts/principal'
import { createServiceApp } from '#shared/http/create-service-app'
import { createInMemoryLedger } from '#shared/metering/in-memory-ledger'
import { principalHeaders, TEST_PRINCIPAL_KEY } from '#test/fake-context'
import { numberRoutes } from './routes.ts'
import { createNumbers, entryOf, operator, user } from './testing.ts'

async function createWorld() {
  const { database, record } = createNumbers()
  await record([entryOf({ at: Date.UTC(2026, 0, 5) })])
  const ledger = createInMemoryLedger({ organizationId: 'org_1', balanceMicros: 1_000 })
  const env = {
    DB: database,
    LEDGER: { getByName: () => ledger },
    AUTH_RPC: { roleOf: async () => 'owner', recordAudit: async () => {}, organizationOf: async () => null },
    NOTICES: { send: async () => {} },
    BILLING_MODE: 'granted',
    PRINCIPAL_KEY: TEST_PRINCIPAL_KEY,
  }
  const app = createServiceApp('billing', numberRoutes)
  return async (path: string, principal: Principal = user('owner'), init: { method?: string; body?: unknown } = {}) => {
    const headers = await principalHeaders(principal)
    const body = init.body === undefined ? undefined : JSON.stringify(init.body)
    const response = await app.request(`/api/${path}`, { method: init.method, headers, body }, env)
    const text = await response.text()
    return { status: response.status, text, json: text.startsWith('{') ? (JSON.parse(text) as never) : null }
  }
}

test.each([
  ['usage/series?by=colour', 'by'],
  ['usage/series?limit=0', 'limit'],
  ['usage/series?from=yesterday', 'from'],
  ['usage/series?from=2026-02-01&to=2026-01-01', 'from'],
  ['usage/export?format=xlsx', 'format'],
  ['usage/export?locale=fr', 'locale'],
  ['usage/export?to=2026-13-01', 'to'],
  ['billing/admin/numbers?from=soon', 'from'],
  ['billing/admin/provider-invoices?from=2026', 'from'],
])('%s is refused by the name of its parameter', async (path, param) => {
  const ask = await createWorld()
  expect(await ask(path, operator)).toMatchObject({ status: 400, json: { code: 'invalid_request', param } })
})

test('every address answers those it is for, and says to others that it is not theirs', async () => {
  const ask = await createWorld()
  const range = 'from=2026-01-01&to=2026-02-01'
  for (const path of [`usage/series?${range}`, `usage/export?${range}`, 'usage/forecast', 'usage/alerts'])
    expect((await ask(path)).status, path).toBe(200)
  for (const path of [`billing/admin/numbers?${range}`, 'billing/admin/provider-invoices']) {
    expect((await ask(path, operator)).status, path).toBe(200)
    expect((await ask(path)).status, path).toBe(403)
  }
  expect((await ask('usage/alerts', user('member'))).status).toBe(403)
  for (const path of ['usage/series', 'usage/export', 'usage/forecast', 'usage/alerts', 'billing/admin/numbers'])
    expect((await ask(path, { kind: 'anonymous' })).status, path).toBe(401)
})

test('a key sees what its member may, and sets nothing', async () => {
  const ask = await createWorld()
  const key = (scopes: ('usage' | 'chat')[]): Principal => ({
    kind: 'api-key',
    organizationId: 'org_1',
    keyId: 'key_1',
    userId: 'usr_1',
    scopes,
  })
  expect((await ask('usage/export?format=json', key(['usage']))).json).toMatchObject({ data: [{ kind: 'charge' }] })
  expect((await ask('usage/export', key(['chat']))).status).toBe(403)
  const put = { method: 'PUT', body: { percents: [50] } }
  expect((await ask('usage/alerts', key(['usage']), put)).status).toBe(403)
  expect((await ask('billing/admin/numbers', key(['usage']))).status).toBe(403)
})

test('bodies are what they should be and nothing else', async () => {
  const ask = await createWorld()
  const put = (path: string, body: unknown) => ask(path, operator, { method: 'PUT', body })
  expect(await put('usage/alerts', { percents: [50, 80] })).toMatchObject({ status: 200, json: { percents: [50, 80] } })
  for (const body of [{}, { percents: ['50'] }, { percents: [50], more: 1 }, [], null])
    expect((await put('usage/alerts', body)).status).toBe(400)
  const invoice = 'billing/admin/provider-invoices/openai/2026-01'
  expect(await put(invoice, { amount_micros: 70 })).toMatchObject({ status: 200, json: { difference_micros: 10 } })
  for (const body of [{ amount_micros: -1 }, { amount_micros: 1.5 }, { amount_micros: 1, note: 'x'.repeat(201) }])
    expect((await put(invoice, body)).status).toBe(400)
  expect((await put('billing/admin/provider-invoices/nobody/2026-01', { amount_micros: 1 })).status).toBe(404)
})
