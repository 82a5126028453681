import { expect, test } from 'vitest'
import { createServiceApp } from '#shared/http/create-service-app'
import { createInMemoryLedger } from '#shared/metering/in-memory-ledger'
import { createTestExecutionContext, principalHeaders, TEST_PRINCIPAL_KEY } from '#test/fake-context'
import type { ImagesEnv } from './env.ts'
import { routes } from './routes.ts'

const app = createServiceApp<ImagesEnv>('images', routes)
const ledger = createInMemoryLedger()
const env = { PRINCIPAL_KEY: TEST_PRINCIPAL_KEY, LEDGER: { getByName: () => ledger } } as unknown as ImagesEnv

test('a stranger sees nothing', async () => {
  const headers = await principalHeaders({ kind: 'anonymous' })
  const response = await app.request('/api/images', { headers }, env, createTestExecutionContext() as never)
  expect(response.status).toBe(401)
})

test('a member sees the organization’s images', async () => {
  const headers = await principalHeaders({ kind: 'user', organizationId: 'org_a', userId: 'usr_a', role: 'member', platformAdmin: false })
  const response = await app.request('/api/images', { headers }, env, createTestExecutionContext() as never)
  expect(response.status).toBe(200)
})
