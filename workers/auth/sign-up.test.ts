import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { members, organizations, users } from '#db/schema/auth'
import { createTestAuth, PASSWORD } from './testing.ts'

const person = { name: 'Salma', email: 'salma@example.com', password: PASSWORD }

test('signing up gives a session, an organization of one’s own and the sign-up credit, once', async () => {
  const auth = createTestAuth()
  const salma = await auth.signUp()

  const { body: account } = await salma.call('/api/account')
  expect(account).toMatchObject({
    user: {
      id: salma.userId,
      name: 'Salma',
      email: 'salma@example.com',
      email_verified: false,
      locale: 'en',
      two_factor_enabled: false,
    },
    organization: { id: salma.organizationId, name: 'Salma', role: 'owner', personal: true },
    platform_admin: false,
  })
  expect(account.permissions).toContain('organization.delete')
  await salma.principal()
  await salma.principal()
  expect(await auth.ledgerOf(salma.organizationId).balance()).toMatchObject({ balanceMicros: 1_000_000 })
  expect((await auth.ledgerOf(salma.organizationId).entries({ limit: 10 })).data).toHaveLength(1)
})

test('every id says what it is of', async () => {
  const salma = await createTestAuth().signUp()
  expect(salma.userId).toMatch(/^usr_[0-9a-z]{25}$/)
  expect(salma.organizationId).toMatch(/^org_[0-9a-z]{25}$/)
})

test('no sign-up credit is given where the operator gives none', async () => {
  const auth = createTestAuth({ SIGNUP_CREDIT_MICROS: '0' })
  const salma = await auth.signUp()
  expect((await auth.ledgerOf(salma.organizationId).entries({ limit: 10 })).data).toHaveLength(0)
})

test('a sign-up while the ledger cannot be asked succeeds, and the credit follows once', async () => {
  const auth = createTestAuth()
  auth.state.ledgerFailure = new Error('unreachable')
  const salma = await auth.signUp()
  auth.state.ledgerFailure = null
  auth.ledgerOf(salma.organizationId)

  await salma.principal()
  await salma.principal()
  expect(await auth.ledgerOf(salma.organizationId).balance()).toMatchObject({ balanceMicros: 1_000_000 })
})

test('only the personal organization gets credit: founding others mints none', async () => {
  const auth = createTestAuth()
  const salma = await auth.signUp()
  const { body: founded } = await salma.call('/api/auth/organization/create', {
    body: { name: 'Rihla', slug: 'rihla' },
  })
  const principal = await salma.principal()

  expect(principal).toMatchObject({ organizationId: founded.id, role: 'owner' })
  expect(await auth.ledgerOf(founded.id).balance()).toMatchObject({ balanceMicros: 0 })
})

test('ten sign-ups at once with one address make one person with one organization', async () => {
  const auth = createTestAuth()
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => auth.createBrowser().call('/api/auth/sign-up/email', { body: person })),
  )

  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 422)).toHaveLength(9)
  expect(await auth.ctx.db.select().from(users)).toHaveLength(1)
  expect(await auth.ctx.db.select().from(organizations)).toHaveLength(1)
  expect(await auth.ctx.db.select().from(members)).toHaveLength(1)
})

test('a sign-up that broke off before the organization was founded heals with the next call', async () => {
  const auth = createTestAuth()
  const salma = await auth.signUp()
  await auth.ctx.db.delete(organizations).where(eq(organizations.id, salma.organizationId))

  const principal = await salma.principal()
  expect(principal).toMatchObject({ kind: 'user', role: 'owner' })
  expect((await salma.call('/api/account')).status).toBe(200)
})

test('a mail that cannot be sent does not stop a sign-up', async () => {
  const auth = createTestAuth()
  auth.state.mailFailure = new Error('no mail today')
  expect((await auth.createBrowser().call('/api/auth/sign-up/email', { body: person })).status).toBe(200)
})

test.each([
  ['short', 'PASSWORD_TOO_SHORT'],
  ['password123', 'PASSWORD_TOO_COMMON'],
  ['Riwaq2026!', 'PASSWORD_TOO_COMMON'],
  ['salma@example.com', 'PASSWORD_TOO_COMMON'],
  ['x'.repeat(129), 'PASSWORD_TOO_COMMON'],
  ['abc'.repeat(43), 'PASSWORD_TOO_LONG'],
])('the password %s is refused with %s', async (password, code) => {
  const answer = await createTestAuth()
    .createBrowser()
    .call('/api/auth/sign-up/email', { body: { ...person, password } })
  expect(answer.status).toBe(400)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(answer.body).toMatchObject({ code, status: 400, request_id: 'req_test' })
})

test('a password of 128 characters in any script is welcome', async () => {
  const password = 'سرٌّ طويل لا يعرفه أحد '.repeat(10).slice(0, 128)
  const browser = createTestAuth().createBrowser()
  expect((await browser.call('/api/auth/sign-up/email', { body: { ...person, password } })).status).toBe(200)
})

test('names without end and pictures from elsewhere are refused', async () => {
  const browser = createTestAuth().createBrowser()
  const long = await browser.call('/api/auth/sign-up/email', { body: { ...person, name: 'x'.repeat(101) } })
  expect(long.body.code).toBe('INVALID_NAME')
  const picture = await browser.call('/api/auth/sign-up/email', {
    body: { ...person, image: 'https://tracker.example/pixel.png' },
  })
  expect(picture.body.code).toBe('IMAGE_NOT_ALLOWED')
})

test('the language of the person is that of the page they came from, and so is their mail', async () => {
  const auth = createTestAuth()
  const browser = auth.createBrowser()
  await browser.call('/api/auth/sign-up/email', {
    body: { ...person, name: 'سلمى' },
    headers: { 'accept-language': 'ar-EG,ar;q=0.9,en;q=0.5' },
  })

  expect((await browser.call('/api/account')).body.user.locale).toBe('ar')
  expect(auth.mails[0]).toMatchObject({ to: 'salma@example.com', subject: 'تأكيد بريدك الإلكتروني' })
  expect(auth.mails[0]!.html).toContain('dir="rtl"')
})

test('sign-ups from one address are limited, and the answer says for how long', async () => {
  const auth = createTestAuth({ LIMIT_SIGN_UP: '2/3600' })
  await auth.signUp('One')
  await auth.signUp('Two')
  const refused = await auth.createBrowser().call('/api/auth/sign-up/email', { body: person })

  expect(refused.status).toBe(429)
  expect(refused.body).toMatchObject({ code: 'rate_limit_exceeded', facts: { limit: 2, retry_after_seconds: 60 } })
  expect(refused.headers.get('retry-after')).toBe('60')
  expect(refused.headers.get('ratelimit')).toBe('"sign-up";r=0;t=60')
})
