import { expect, test } from 'vitest'
import { createTestAuth, PASSWORD } from './testing.ts'

test('signing up gives a session, an organization of one’s own and the sign-up credit, once', async () => {
  const auth = createTestAuth()
  const salma = await auth.signUp()

  const { body: account } = await salma.call('/api/account')
  expect(account).toMatchObject({
    user: { id: salma.userId, name: 'Salma', email: 'salma@example.com', email_verified: false, locale: 'en', two_factor_enabled: false },
    organization: { id: salma.organizationId, name: 'Salma', role: 'owner', personal: true },
    platform_admin: false,
  })
  expect(account.permissions).toContain('organization.delete')
  expect(await auth.ledgerOf(salma.organizationId).balance()).toMatchObject({ balanceMicros: 1_000_000 })
  await salma.principal()
  await salma.principal()
  expect((await auth.ledgerOf(salma.organizationId).entries({ limit: 10 })).data).toHaveLength(1)
})
