import { expect, test } from 'vitest'
import { invitations, users, verifications } from '#db/schema/auth'
import { emailsOf } from './emails-of.ts'
import { joinAs } from './joining.ts'
import { createTestAuth, PASSWORD } from './testing.ts'

test('name and language can be changed, and nothing else', async () => {
  const salma = await createTestAuth().signUp()
  const { body } = await salma.call('/api/account', { method: 'PATCH', body: { name: ' سلمى ', locale: 'ar' } })
  expect(body.user).toMatchObject({ name: 'سلمى', locale: 'ar' })
  for (const change of [{ email: 'x@example.com' }, { locale: 'fr' }, { name: '' }]) {
    expect((await salma.call('/api/account', { method: 'PATCH', body: change })).status).toBe(400)
  }
})

test('an account is a person’s: no key opens it', async () => {
  const salma = await createTestAuth().signUp()
  const principal = { kind: 'api-key' as const, ...salma, keyId: 'key_x', scopes: ['organization' as const] }
  expect((await salma.call('/api/account', { principal })).body.code).toBe('permission_denied')
  expect((await salma.call('/api/account/export', { principal })).body.code).toBe('permission_denied')
})

test('deleting an account needs the password, and guesses at it are limited', async () => {
  const auth = createTestAuth({ LIMIT_SIGN_IN_ACCOUNT: '2/600' })
  const salma = await auth.signUp()
  const remove = (password: string) => salma.call('/api/account', { method: 'DELETE', body: { password } })
  expect((await remove('wrong password')).body).toMatchObject({ code: 'permission_denied', param: 'password' })
  await remove('wrong password')
  expect((await remove(PASSWORD)).status).toBe(429)
})

test('a deleted account leaves no person, no session, no credit and no keys', async () => {
  const auth = createTestAuth()
  const salma = await auth.signUp()
  await salma.call('/api/keys', { body: { name: 'k' } })
  expect((await salma.call('/api/account', { method: 'DELETE', body: { password: PASSWORD } })).status).toBe(204)

  expect(await salma.principal()).toEqual({ kind: 'anonymous' })
  expect(await auth.ctx.db.select().from(users)).toEqual([])
  expect(await auth.ctx.db.select().from(verifications)).toEqual([])
  expect(await auth.ledgerOf(salma.organizationId).balance()).toMatchObject({ balanceMicros: 0 })
  expect((await auth.ledgerOf(salma.organizationId).keys({ limit: 10 })).data).toEqual([])
  expect(auth.erasures).toEqual([
    { organizationId: salma.organizationId, userId: salma.userId },
    { userId: salma.userId },
  ])
})

test('who signs up with an address that was invited, and has not its mail, cannot join', async () => {
  const auth = createTestAuth()
  const { owner } = await joinAs(auth)
  await owner.call('/api/organizations/current/invitations', { body: { email: 'omar@example.com', role: 'admin' } })
  const id = new URL(/https?:\/\/\S+/.exec(auth.mails.at(-1)!.text)![0]).searchParams.get('id')!
  const pretender = await auth.signUp('Pretender', 'omar@example.com')
  const answers = await Promise.all(
    ['/api/account', '/api/account/export', '/api/auth/organization/list', '/api/auth/get-session'].map((path) =>
      pretender.call(path),
    ),
  )
  expect(answers[1]!.body.person.invited).toMatchObject([{ email: 'omar@example.com', role: 'admin' }])
  for (const { body } of answers) expect(JSON.stringify(body)).not.toContain(id)
})

test('a deleted account’s address is not left behind in invitations', async () => {
  const auth = createTestAuth()
  const { owner, join } = await joinAs(auth)
  const omar = await join('Omar', 'member')
  await owner.call('/api/organizations/current/invitations', { body: { email: 'mona@example.com' } })
  expect((await omar.call('/api/account', { method: 'DELETE', body: { password: PASSWORD } })).status).toBe(204)
  expect(await auth.ctx.db.select({ email: invitations.email }).from(invitations)).toEqual([
    { email: 'mona@example.com' },
  ])
})

test('an only owner with members must first find another', async () => {
  const auth = createTestAuth()
  const { owner, organizationId, join } = await joinAs(auth)
  const omar = await join('Omar', 'member')
  const remove = () => owner.call('/api/account', { method: 'DELETE', body: { password: PASSWORD } })
  expect((await remove()).body.code).toBe('conflict')

  await owner.call(`/api/organizations/current/members/${omar.userId}`, { method: 'PATCH', body: { role: 'owner' } })
  await owner.call('/api/keys', { body: { name: 'hers' } })
  expect((await remove()).status).toBe(204)
  expect(await omar.principal()).toMatchObject({ organizationId, role: 'owner' })
  expect((await auth.ledgerOf(organizationId).keys({ limit: 10 })).data[0]!.revokedAt).not.toBeNull()
})

test('an account whose ledger cannot be asked stays, whole', async () => {
  const auth = createTestAuth()
  const salma = await auth.signUp()
  auth.state.ledgerFailure = new Error('unreachable')
  expect((await salma.call('/api/account', { method: 'DELETE', body: { password: PASSWORD } })).status).toBe(503)
  auth.state.ledgerFailure = null
  expect((await salma.principal()).kind).toBe('user')
})

test('the export holds everything about the person and no secret', async () => {
  const auth = createTestAuth()
  const { owner, organizationId, join } = await joinAs(auth)
  const omar = await join('Omar', 'member')
  await auth.ledgerOf(organizationId).grant({ id: 'g', amountMicros: 1 })
  const { body: key } = await omar.call('/api/keys', { body: { name: 'his' } })
  await owner.call('/api/keys', { body: { name: 'hers' } })
  const { body, headers } = await omar.call('/api/account/export')

  expect(headers.get('content-disposition')).toContain('attachment')
  expect(body.person.user.email).toBe('omar@example.com')
  expect(body.organizations).toHaveLength(2)
  const shared = body.organizations.find(
    ({ membership }: { membership: { organizationId: string } }) => membership.organizationId === organizationId,
  )
  expect(shared).toMatchObject({ membership: { role: 'member' }, keys: [{ id: key.id }], entries: [] })
  const own = body.organizations.find((one: unknown) => one !== shared)
  expect(own.entries).toMatchObject([{ kind: 'grant', amount_micros: 1_000_000 }])
  const text = JSON.stringify(body)
  for (const secret of [key.key, PASSWORD, /session_token=([^.%]+)/.exec(omar.cookie())![1]!])
    expect(text).not.toContain(secret)
})

test('other services learn the addresses of people who are still here', async () => {
  const auth = createTestAuth()
  const salma = await auth.signUp()
  expect(await emailsOf({ userIds: [salma.userId, 'usr_gone', salma.userId], ctx: auth.ctx })).toEqual({
    [salma.userId]: 'salma@example.com',
  })
})
