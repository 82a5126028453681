import { expect, test } from 'vitest'
import { createServiceApp } from '#shared/http/create-service-app'
import { createInMemoryLedger } from '#shared/metering/in-memory-ledger'
import { createTestExecutionContext, principalHeaders, TEST_PRINCIPAL_KEY } from '#test/fake-context'
import type { WebhooksEnv } from './env.ts'
import { routes } from './routes.ts'

const app = createServiceApp<WebhooksEnv>('webhooks', routes)
const ledger = createInMemoryLedger()
const env = { PRINCIPAL_KEY: TEST_PRINCIPAL_KEY, LEDGER: { getByName: () => ledger } } as unknown as WebhooksEnv

test('a stranger sees nothing', async () => {
  const headers = await principalHeaders({ kind: 'anonymous' })
  const response = await app.request('/api/webhooks', { headers }, env, createTestExecutionContext() as never)
  expect(response.status).toBe(401)
})

test('a member sees the organization’s webhooks', async () => {
  const headers = await principalHeaders({
    kind: 'user',
    organizationId: 'org_a',
    userId: 'usr_a',
    role: 'member',
    platformAdmin: false,
  })
  const response = await app.request('/api/webhooks', { headers }, env, createTestExecutionContext() as never)
  expect(response.status).toBe(200)
})
