import { expect, test } from 'vitest'
import { createTestDatabase } from '#db/testing'
import type { LedgerRpc } from '#shared/contracts/ledger'
import type { Role, Scope } from '#shared/contracts/permissions'
import type { Principal } from '#shared/contracts/principal'
import { createServiceApp } from '#shared/http/create-service-app'
import { createTestClock } from '#shared/lib/clock'
import { createInMemoryLedger } from '#shared/metering/in-memory-ledger'
import { sampleAdmission, sampleKey, samplePayer, sampleSettlement } from '#shared/metering/ledger-samples'
import { principalHeaders, TEST_PRINCIPAL_KEY } from '#test/fake-context'
import { routes } from './routes.ts'

const NOON = Date.UTC(2026, 0, 15, 12)

const user = (
  role: Role,
  userId = 'usr_1',
  more: { organizationId?: string; platformAdmin?: boolean } = {},
): Principal => ({
  kind: 'user',
  organizationId: 'org_1',
  userId,
  role,
  platformAdmin: false,
  ...more,
})
const key = (scopes: Scope[], userId = 'usr_1'): Principal => ({
  kind: 'api-key',
  organizationId: 'org_1',
  keyId: 'key_1',
  userId,
  scopes,
})

async function spend(ledger: LedgerRpc, requestId: string, change: Parameters<typeof sampleAdmission>[0] = {}) {
  await ledger.admit(sampleAdmission({ requestId, ...change }))
  await ledger.settle(sampleSettlement({ requestId }))
}

/** An organization with two members who have spent 60 micros each, and another that has nothing to do with it. */
async function createBilling() {
  const clock = createTestClock(NOON)
  const ledgers = new Map(
    ['org_1', 'org_2', 'org_01kxyz000'].map((id) => [
      id,
      createInMemoryLedger({ clock, organizationId: id, balanceMicros: 1_000, keys: [sampleKey()] }),
    ]),
  )
  const mine = ledgers.get('org_1')!
  await spend(mine, 'req_1')
  await spend(mine, 'req_2', {
    payer: { kind: 'user', userId: 'usr_2', role: 'member' },
    model: 'anthropic/claude-sample',
  })
  await spend(ledgers.get('org_2')!, 'req_3')
  const roles: Record<string, Role | null> = { usr_1: 'owner', usr_2: 'member' }
  const env = {
    DB: createTestDatabase(),
    LEDGER: { getByName: (organizationId: string) => ledgers.get(organizationId)! },
    AUTH_RPC: { roleOf: async ({ userId }: { userId: string }) => roles[userId] ?? null },
    PRINCIPAL_KEY: TEST_PRINCIPAL_KEY,
  }
  const app = createServiceApp('billing', routes)
  const ask = async (path: string, principal: Principal, init: { method?: string; body?: unknown } = {}) => {
    const headers = await principalHeaders(principal)
    const response = await app.request(
      path,
      { method: init.method, headers, body: init.body === undefined ? undefined : JSON.stringify(init.body) },
      env,
    )
    return {
      status: response.status,
      body: (await response.json()) as Record<string, unknown> & {
        data: Record<string, unknown>[]
        next_cursor: string | null
      },
    }
  }
  return { ask, mine, ledgers, env }
}

test('the balance is the same for everybody of the organization', async () => {
  const { ask, mine } = await createBilling()
  await mine.admit(sampleAdmission({ requestId: 'req_9' }))
  expect(await ask('/api/usage/balance', user('viewer'))).toEqual({
    status: 200,
    body: { balance_micros: 880, held_micros: 100, available_micros: 780 },
  })
})

test('an entry is told in full, and all of them add up to the balance', async () => {
  const { ask } = await createBilling()
  const { body } = await ask('/api/usage/entries', user('owner'))
  expect(body.data[1]).toEqual({
    id: expect.stringMatching(/^ent_/),
    at: NOON,
    kind: 'charge',
    amount_micros: -60,
    request_id: 'req_1',
    service: 'chat',
    model: 'openai/gpt-sample',
    provider: 'openai',
    key_id: null,
    user_id: 'usr_1',
    usage: { input_tokens: 20, output_tokens: 40 },
    price: { input_tokens: 1_000_000, output_tokens: 1_000_000 },
    estimated: false,
    note: null,
  })
  expect(body.data.reduce((sum, entry) => sum + (entry.amount_micros as number), 0)).toBe(880)
})

test('entries come page by page, and one request can be asked for', async () => {
  const { ask } = await createBilling()
  const first = await ask('/api/usage/entries?limit=2', user('owner'))
  expect(first.body.data.map((entry) => entry.request_id)).toEqual(['req_2', 'req_1'])
  const second = await ask(`/api/usage/entries?limit=2&cursor=${first.body.next_cursor}`, user('owner'))
  expect(second.body).toMatchObject({ data: [{ kind: 'grant' }], next_cursor: null })
  expect((await ask('/api/usage/entries?request_id=req_1', user('owner'))).body.data).toHaveLength(1)
  expect(
    (await ask('/api/usage/entries?request_id=req_3', user('owner'))).body.data,
    "another organization's request",
  ).toEqual([])
})

test.each([
  ['a member sees what they spent themselves', user('member', 'usr_2'), ['req_2']],
  ['a viewer as well', user('viewer', 'usr_1'), ['req_1']],
  ['who keeps the books sees everything', user('billing', 'usr_9'), ['req_2', 'req_1', null]],
  ["an owner's key sees everything", key(['usage'], 'usr_1'), ['req_2', 'req_1', null]],
  ["a member's key sees no more than its member", key(['usage'], 'usr_2'), ['req_2']],
] as const)('%s', async (_name, principal, requestIds) => {
  const { ask } = await createBilling()
  expect((await ask('/api/usage/entries', principal)).body.data.map((entry) => entry.request_id)).toEqual(requestIds)
})

test('a key without the scope, a key whose member has left and a stranger see nothing', async () => {
  const { ask } = await createBilling()
  expect(await ask('/api/usage/entries', key(['chat']))).toMatchObject({
    status: 403,
    body: { code: 'permission_denied' },
  })
  expect(await ask('/api/usage/balance', key(['chat']))).toMatchObject({ status: 403 })
  expect(await ask('/api/usage/entries', key(['usage'], 'usr_gone'))).toMatchObject({
    status: 401,
    body: { code: 'unauthenticated' },
  })
  expect(await ask('/api/usage/summary', { kind: 'anonymous' })).toMatchObject({ status: 401 })
  expect(
    await ask('/api/usage/balance', { kind: 'key-claim', organizationId: 'org_1', keyId: 'key_1', secretHash: 'x' }),
  ).toMatchObject({ status: 401 })
})

test.each(['limit=0', 'limit=201', 'limit=ten', 'request_id=', 'cursor='])(
  'entries?%s is refused by the name of its parameter',
  async (query) => {
    const { ask } = await createBilling()
    expect(await ask(`/api/usage/entries?${query}`, user('owner'))).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', param: query.split('=')[0] },
    })
  },
)

test('a cursor that is not ours is refused by name', async () => {
  const { ask } = await createBilling()
  expect(await ask('/api/usage/entries?cursor=nonsense', user('owner'))).toMatchObject({
    status: 400,
    body: { code: 'invalid_cursor' },
  })
})

test('a summary by model, of a stretch of time in days, moments or milliseconds', async () => {
  const { ask } = await createBilling()
  for (const range of [
    'from=2026-01-15&to=2026-01-16',
    'from=2026-01-15T14:00:00%2B02:00&to=2026-01-15T23:00:00Z',
    `from=${NOON}&to=${NOON + 1}`,
  ]) {
    const { status, body } = await ask(`/api/usage/summary?by=model&${range}`, user('admin'))
    expect(status, range).toBe(200)
    expect(body.data, range).toEqual([
      {
        group: 'anthropic/claude-sample',
        requests: 1,
        charged_micros: 60,
        usage: { input_tokens: 20, output_tokens: 40 },
      },
      { group: 'openai/gpt-sample', requests: 1, charged_micros: 60, usage: { input_tokens: 20, output_tokens: 40 } },
    ])
  }
  expect((await ask('/api/usage/summary?from=2026-01-14&to=2026-01-15', user('admin'))).body).toEqual({
    data: [],
    next_cursor: null,
  })
  expect(
    (await ask('/api/usage/summary?by=member&from=2026-01-15&to=2026-02-01', user('member', 'usr_2'))).body.data,
  ).toMatchObject([{ group: 'usr_2', requests: 1 }])
})

test.each([
  'from=yesterday',
  'to=2026-13-01',
  'by=colour',
  'from=2026-01-02&to=2026-01-01',
  'from=2026-01-01T00:00:00',
  'from=999999999999999',
])('summary?%s is refused by the name of its parameter', async (query) => {
  const { ask } = await createBilling()
  expect(await ask(`/api/usage/summary?${query}`, user('owner'))).toMatchObject({
    status: 400,
    body: { code: 'invalid_request', param: query.split('=')[0] },
  })
})

test('without a range a summary is of the last thirty days', async () => {
  const { ask, mine } = await createBilling()
  const asked: unknown[] = []
  mine.summary = async (input) => (asked.push(input), [])
  await ask('/api/usage/summary', user('owner'))
  const [{ from, to, by }] = asked as [{ from: number; to: number; by: string }]
  expect({ length: to - from, by }).toEqual({ length: 30 * 86_400_000, by: 'day' })
})

test('budgets are shown to who sees the usage they bind', async () => {
  const { ask, mine } = await createBilling()
  await mine.setBudget({ account: 'organization', budget: { limitMicros: 500, period: 'month' } })
  await mine.setBudget({ account: 'member:usr_2', budget: { limitMicros: 90, period: 'day' } })
  await mine.admit(sampleAdmission({ requestId: 'req_9', payer: samplePayer() }))
  const all = [
    {
      account: 'member:usr_2',
      budget_micros: 90,
      budget_period: 'day',
      spent_micros: 60,
      held_micros: 0,
      resets_at: Date.UTC(2026, 0, 16),
    },
    {
      account: 'organization',
      budget_micros: 500,
      budget_period: 'month',
      spent_micros: 120,
      held_micros: 100,
      resets_at: Date.UTC(2026, 1, 1),
    },
  ]
  expect((await ask('/api/usage/budgets', user('billing'))).body).toEqual({ data: all, next_cursor: null })
  expect((await ask('/api/usage/budgets', user('member', 'usr_2'))).body.data).toEqual([all[0]])
  expect((await ask('/api/usage/budgets', user('member', 'usr_1'))).body.data).toEqual([])
})

test('only an operator has the book rebuilt, and of whichever organization', async () => {
  const { ask } = await createBilling()
  const rebuild = (principal: Principal, organization_id: string) =>
    ask('/api/usage/rebuild', principal, { method: 'POST', body: { organization_id } })
  expect(await rebuild(user('owner'), 'org_01kxyz000')).toMatchObject({ status: 403 })
  expect(await rebuild(key(['usage']), 'org_01kxyz000')).toMatchObject({ status: 403 })
  const operator = user('owner', 'usr_1', { platformAdmin: true })
  expect(await rebuild(operator, 'org_01kxyz000')).toEqual({ status: 200, body: { entries: 1 } })
  expect(await rebuild(operator, '../org_1')).toMatchObject({ status: 400, body: { param: 'organization_id' } })
})

test('a ledger or an accounts service that is away is a 503, not a fault of the caller', async () => {
  const { ask, mine, env } = await createBilling()
  mine.failWith(new Error('overloaded'))
  expect(await ask('/api/usage/balance', user('owner'))).toMatchObject({
    status: 503,
    body: { code: 'service_unavailable' },
  })
  mine.failWith(null)
  env.AUTH_RPC.roleOf = async () => Promise.reject(new Error('away'))
  expect(await ask('/api/usage/entries', key(['usage']))).toMatchObject({ status: 503 })
  expect(await ask('/api/usage/entries', user('owner'))).toMatchObject({ status: 200 })
})

test('what is no page here is said to be none', async () => {
  const { ask } = await createBilling()
  expect(await ask('/api/usage/everything', user('owner'))).toMatchObject({ status: 404, body: { code: 'not_found' } })
})
