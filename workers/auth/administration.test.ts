import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { users } from '#db/schema/auth'
import { isPlatformAdmin } from './platform-admin.ts'
import { createTestAuth } from './testing.ts'

const settings = { adminEmails: new Set(['root@example.com']), publicUrl: undefined as string | undefined }
const root = { email: 'Root@example.com', emailVerified: false }

test.each([
  ['an unconfirmed address on one’s own machine', { ...root, origin: 'http://localhost:8787', settings }, true],
  [
    'an unconfirmed address on a public site',
    { ...root, origin: 'https://riwaq.example', settings: { ...settings, publicUrl: 'https://riwaq.example' } },
    false,
  ],
  [
    'an unconfirmed address where the site forgot to say that it is public',
    { ...root, origin: 'https://riwaq.example', settings },
    false,
  ],
  [
    'a call that claims to be local on a public site',
    { ...root, origin: 'http://localhost', settings: { ...settings, publicUrl: 'https://riwaq.example' } },
    false,
  ],
  [
    'a confirmed address on a public site',
    {
      ...root,
      emailVerified: true,
      origin: 'https://riwaq.example',
      settings: { ...settings, publicUrl: 'https://riwaq.example' },
    },
    true,
  ],
  [
    'an address that is not listed',
    { email: 'a@example.com', emailVerified: true, origin: 'http://localhost:8787', settings },
    false,
  ],
])('%s: platform admin %#', (_case, question, expected) => {
  expect(isPlatformAdmin(question)).toBe(expected)
})

test('operators find people and organizations, with their balances', async () => {
  const auth = createTestAuth({ ADMIN_EMAILS: ' Salma@example.com , other@example.com' })
  const salma = await auth.signUp('Salma')
  const omar = await auth.signUp('Omar')
  expect((await salma.call('/api/account')).body.platform_admin).toBe(true)

  const { body: found } = await salma.call('/api/admin/users?q=oma')
  expect(found.data).toMatchObject([
    { id: omar.userId, email: 'omar@example.com', platform_admin: false, email_verified: false },
  ])
  expect((await salma.call('/api/admin/users?q=%25')).body.data).toEqual([])
  const { body: first } = await salma.call('/api/admin/organizations?limit=1')
  const { body: second } = await salma.call(`/api/admin/organizations?limit=1&cursor=${first.next_cursor}`)
  expect([...first.data, ...second.data]).toMatchObject([
    { id: omar.organizationId, members: 1, personal: true, balance_micros: 1_000_000 },
    { id: salma.organizationId, members: 1, personal: true, balance_micros: 1_000_000 },
  ])
  expect(second.next_cursor).toBeNull()
})

test('credit is granted once for each id, and is in the audit log', async () => {
  const auth = createTestAuth({ ADMIN_EMAILS: 'salma@example.com' })
  const salma = await auth.signUp('Salma')
  const omar = await auth.signUp('Omar')
  const grant = () =>
    salma.call(`/api/admin/organizations/${omar.organizationId}/grant`, {
      body: { id: 'g-1', amount_micros: 5_000_000, note: 'welcome' },
    })

  expect((await grant()).body).toMatchObject({ repeated: false, amount_micros: 5_000_000, balance_micros: 6_000_000 })
  expect((await grant()).body).toMatchObject({ repeated: true, balance_micros: 6_000_000 })
  const { body: audit } = await omar.call('/api/organizations/current/audit')
  expect(audit.data.filter(({ action }: { action: string }) => action === 'credit.granted')).toMatchObject([
    { actor_user_id: salma.userId, facts: { amount_micros: 5_000_000 } },
  ])
  expect(
    (await salma.call('/api/admin/organizations/org_nobody0000/grant', { body: { id: 'g-2', amount_micros: 1 } })).body
      .code,
  ).toBe('not_found')
})

test('the name of an operator’s grant never meets that of the sign-up credit', async () => {
  const auth = createTestAuth({ ADMIN_EMAILS: 'salma@example.com' })
  const salma = await auth.signUp('Salma')
  const { body } = await salma.call(`/api/admin/organizations/${salma.organizationId}/grant`, {
    body: { id: 'signup', amount_micros: 1 },
  })
  expect(body).toMatchObject({ repeated: false, balance_micros: 1_000_001 })
})

test('nobody else gets in, with a session or a key', async () => {
  const auth = createTestAuth({ ADMIN_EMAILS: 'salma@example.com' })
  const omar = await auth.signUp('Omar')
  await auth.ctx.db.update(users).set({ emailVerified: true }).where(eq(users.id, omar.userId))
  for (const path of ['/api/admin/users', '/api/admin/organizations']) {
    expect((await omar.call(path)).body.code).toBe('permission_denied')
    const principal = {
      kind: 'api-key' as const,
      organizationId: omar.organizationId,
      userId: omar.userId,
      keyId: 'key_x',
      scopes: ['organization' as const],
    }
    expect((await omar.call(path, { principal })).body.code).toBe('permission_denied')
  }
})
