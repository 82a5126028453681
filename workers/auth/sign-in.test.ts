import { expect, test } from 'vitest'
import { accounts } from '#db/schema/auth'
import { createTestAuth, PASSWORD, type TestAuth } from './testing.ts'

const signIn = (auth: TestAuth, email: string, password = PASSWORD) =>
  auth.createBrowser().call('/api/auth/sign-in/email', { body: { email, password } })
const linkIn = (text: string) => new URL(/https?:\/\/\S+/.exec(text)![0])

test('a wrong password and an unknown address get the same answer', async () => {
  const auth = createTestAuth()
  await auth.signUp('Salma')
  const wrong = await signIn(auth, 'salma@example.com', 'not the password')
  const unknown = await signIn(auth, 'nobody@example.com')

  expect(wrong.status).toBe(401)
  expect(unknown.status).toBe(401)
  expect(wrong.body).toEqual(unknown.body)
})

test('a password is kept as a slow, salted hash', async () => {
  const auth = createTestAuth({}, { realPasswords: true })
  const [salma] = [await auth.signUp('Salma'), await auth.signUp('Omar')]
  const [hers, his] = await auth.ctx.db.select().from(accounts)

  expect(hers!.password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/)
  expect(hers!.password).not.toBe(his!.password)
  expect((await signIn(auth, salma!.email)).status).toBe(200)
  expect((await signIn(auth, salma!.email, 'wrong password')).status).toBe(401)
})

test('asking for a new password tells nobody whether the account exists', async () => {
  const auth = createTestAuth()
  await auth.signUp('Salma')
  const ask = (email: string) =>
    auth
      .createBrowser()
      .call('/api/auth/request-password-reset', { body: { email, redirectTo: '/en/reset-password/' } })
  const [known, unknown] = [await ask('salma@example.com'), await ask('nobody@example.com')]

  expect(known.status).toBe(200)
  expect(known.body).toEqual(unknown.body)
  expect(auth.mails.filter(({ subject }) => subject === 'Choose a new password')).toHaveLength(1)
})

test('too many wrong passwords lock the account for a while, whatever the address, known or not', async () => {
  const auth = createTestAuth({ LIMIT_SIGN_IN_ACCOUNT: '3/600' })
  await auth.signUp('Salma')
  for (const email of ['salma@example.com', 'nobody@example.com']) {
    for (let attempt = 0; attempt < 3; attempt++) expect((await signIn(auth, email, 'wrong password')).status).toBe(401)
    expect((await signIn(auth, email)).status).toBe(429)
  }
  expect((await signIn(auth, ' SALMA@example.com ')).status).toBe(429)
})

test('a success gives the attempts before it back', async () => {
  const auth = createTestAuth({ LIMIT_SIGN_IN_ACCOUNT: '3/600' })
  await auth.signUp('Salma')
  for (let round = 0; round < 3; round++) {
    await signIn(auth, 'salma@example.com', 'wrong password')
    await signIn(auth, 'salma@example.com', 'wrong password')
    expect((await signIn(auth, 'salma@example.com')).status).toBe(200)
  }
})

test('attempts from one address are limited across accounts', async () => {
  const auth = createTestAuth({ LIMIT_SIGN_IN_ADDRESS: '2/600' })
  await signIn(auth, 'one@example.com')
  await signIn(auth, 'two@example.com')
  expect((await signIn(auth, 'three@example.com')).status).toBe(429)
})

test('where the limiter cannot be asked people are let in, and the answer says so', async () => {
  const auth = createTestAuth()
  await auth.signUp('Salma')
  auth.limiters.failWith(new Error('unreachable'))
  const answer = await signIn(auth, 'salma@example.com')

  expect(answer.status).toBe(200)
  expect(answer.headers.get('x-riwaq-degraded')).toBe('rate-limits')
})

test('mails to one account are limited, whoever asks for them', async () => {
  const auth = createTestAuth({ LIMIT_MAIL_ACCOUNT: '2/3600' })
  await auth.signUp('Salma')
  const ask = () =>
    auth.createBrowser().call('/api/auth/request-password-reset', { body: { email: 'salma@example.com' } })
  await ask()
  await ask()
  expect((await ask()).status).toBe(429)
})

test('a new password by mail ends every session, works at once and is told by mail', async () => {
  const auth = createTestAuth()
  const salma = await auth.signUp('Salma')
  await salma.call('/api/auth/request-password-reset', { body: { email: salma.email } })
  const link = linkIn(auth.mails.at(-1)!.text)
  expect(link.pathname).toBe('/en/reset-password')
  const newPassword = 'an even finer sentence'
  const done = await auth
    .createBrowser()
    .call('/api/auth/reset-password', { body: { newPassword, token: link.searchParams.get('token') } })

  expect(done.status).toBe(200)
  expect(await salma.principal()).toEqual({ kind: 'anonymous' })
  expect((await signIn(auth, salma.email)).status).toBe(401)
  expect((await signIn(auth, salma.email, newPassword)).status).toBe(200)
  expect(auth.mails.at(-1)!.subject).toBe('Your password was changed')
  const again = await auth
    .createBrowser()
    .call('/api/auth/reset-password', { body: { newPassword, token: link.searchParams.get('token') } })
  expect(again.body.code).toBe('INVALID_TOKEN')
})

test('changing the password ends the other sessions, asked for or not', async () => {
  const auth = createTestAuth()
  const salma = await auth.signUp('Salma')
  const phone = auth.createBrowser()
  await phone.call('/api/auth/sign-in/email', { body: { email: salma.email, password: PASSWORD } })
  expect((await phone.principal()).kind).toBe('user')
  const body = { currentPassword: PASSWORD, newPassword: 'an even finer sentence', revokeOtherSessions: false }
  expect((await salma.call('/api/auth/change-password', { body })).status).toBe(200)

  expect((await phone.principal()).kind).toBe('anonymous')
  expect((await salma.principal()).kind).toBe('user')
  expect(auth.mails.at(-1)!.subject).toBe('Your password was changed')
})

test('the link in the mail confirms the address', async () => {
  const auth = createTestAuth()
  const salma = await auth.signUp('Salma')
  const link = linkIn(auth.mails[0]!.text)
  const followed = await salma.call(`${link.pathname}${link.search}`)

  expect(followed.status).toBe(302)
  expect(followed.headers.get('location')).toBe('/en/verified')
  expect((await salma.call('/api/account')).body.user.email_verified).toBe(true)
})

test('where addresses must be confirmed nobody signs in before, and no session is given', async () => {
  const auth = createTestAuth({ REQUIRE_VERIFIED_EMAIL: 'on' })
  const browser = auth.createBrowser()
  const answer = await browser.call('/api/auth/sign-up/email', {
    body: { name: 'Salma', email: 'salma@example.com', password: PASSWORD },
  })
  expect(answer.body.token).toBeNull()
  expect((await signIn(auth, 'salma@example.com')).body.code).toBe('EMAIL_NOT_VERIFIED')

  const link = linkIn(auth.mails[0]!.text)
  await browser.call(`${link.pathname}${link.search}`)
  expect((await signIn(auth, 'salma@example.com')).body.code, 'the link alone is not enough').toBe('EMAIL_NOT_VERIFIED')
  const body = { email: 'salma@example.com', password: PASSWORD, confirmation: link.searchParams.get('token') }
  expect((await browser.call('/api/auth/sign-in/email', { body })).status).toBe(200)
  expect((await signIn(auth, 'salma@example.com')).status).toBe(200)
})

test('a session survives no change to its cookie', async () => {
  const auth = createTestAuth()
  const salma = await auth.signUp('Salma')
  const forged = auth.createBrowser()
  const [, value = ''] = /session_token=(.*)/.exec(salma.cookie())!
  forged.setCookie(
    'riwaq.session_token',
    value.replace(/^./, (first) => (first === 'a' ? 'b' : 'a')),
  )
  expect(await forged.principal()).toEqual({ kind: 'anonymous' })
  forged.setCookie('riwaq.session_token', '%E0%A4%A')
  expect(await forged.principal()).toEqual({ kind: 'anonymous' })
  forged.setCookie('riwaq.session_token', value)
  expect(await forged.principal()).toMatchObject({ kind: 'user', userId: salma.userId })
})

test('a session that was signed out or has expired is nobody’s', async () => {
  const auth = createTestAuth()
  const salma = await auth.signUp('Salma')
  const copy = auth.createBrowser()
  copy.setCookie('riwaq.session_token', /session_token=(.*)/.exec(salma.cookie())![1]!)
  expect((await copy.principal()).kind).toBe('user')
  auth.ctx.now = () => Date.now() + 31 * 86_400_000
  expect((await copy.principal()).kind).toBe('anonymous')
  auth.ctx.now = () => Date.now()
  await salma.call('/api/auth/sign-out', { body: {} })
  expect((await copy.principal()).kind).toBe('anonymous')
})

test('the cookie is for this site’s server alone', async () => {
  const browser = createTestAuth().createBrowser()
  const answer = await browser.call('/api/auth/sign-up/email', {
    body: { name: 'Salma', email: 'salma@example.com', password: PASSWORD },
  })
  expect(answer.headers.get('set-cookie')).toMatch(
    /^riwaq\.session_token=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
  )
})

test('over https the cookie is marked as such, and read all the same', async () => {
  const origin = 'https://riwaq.example'
  const auth = createTestAuth({ PUBLIC_URL: origin }, { origin })
  const salma = await auth.signUp('Salma')
  expect(salma.cookie()).toMatch(/^__Secure-riwaq\.session_token=/)
})

test('a page of another site cannot use the session', async () => {
  const salma = await createTestAuth().signUp('Salma')
  const answer = await salma.call('/api/auth/change-password', {
    body: { currentPassword: PASSWORD, newPassword: 'an even finer sentence' },
    headers: { origin: 'https://evil.example' },
  })
  expect(answer.status).toBe(403)
  expect(answer.body.code).toBe('INVALID_ORIGIN')
})

test('a mail’s link leads only to this site', async () => {
  const auth = createTestAuth()
  await auth.signUp('Salma')
  const body = { email: 'salma@example.com', redirectTo: 'https://evil.example/reset' }
  expect((await auth.createBrowser().call('/api/auth/request-password-reset', { body })).status).toBe(403)
})

test('a program that keeps cookies needs no origin', async () => {
  const salma = await createTestAuth().signUp('Salma')
  expect((await salma.call('/api/auth/sign-out', { body: {}, headers: { origin: '' } })).status).toBe(200)
})

test('the next session begins in the organization last worked in', async () => {
  const auth = createTestAuth()
  const salma = await auth.signUp('Salma')
  const { body: founded } = await salma.call('/api/auth/organization/create', {
    body: { name: 'Rihla', slug: 'rihla' },
  })
  const later = auth.createBrowser()
  await later.call('/api/auth/sign-in/email', { body: { email: salma.email, password: PASSWORD } })
  expect(await later.principal()).toMatchObject({ organizationId: founded.id })

  await later.call('/api/auth/organization/set-active', { body: { organizationId: salma.organizationId } })
  expect(await later.principal()).toMatchObject({ organizationId: salma.organizationId })
  const foreign = await later.call('/api/auth/organization/set-active', {
    body: { organizationId: (await auth.signUp('Omar')).organizationId },
  })
  expect(foreign.status).toBe(403)
  expect(await later.principal()).toMatchObject({ organizationId: salma.organizationId })
})

test.each([
  ['POST', 'organization/update-member-role'],
  ['POST', 'organization/remove-member'],
  ['POST', 'organization/invite-member'],
  ['POST', 'organization/cancel-invitation'],
  ['POST', 'organization/delete'],
  ['POST', 'organization/update'],
  ['GET', 'organization/list-members'],
  ['POST', 'delete-user'],
  ['POST', 'admin/set-role'],
  ['GET', 'sign-in/email'],
])('%s /api/auth/%s is not there', async (method, path) => {
  const salma = await createTestAuth().signUp('Salma')
  const answer = await salma.call(`/api/auth/${path}`, { method, ...(method === 'POST' && { body: {} }) })
  expect(answer.status).toBe(404)
  expect(answer.body.code).toBe('not_found')
})

test('the link of a mail signs nobody in: it would lead past the second factor', async () => {
  const auth = createTestAuth()
  await auth.signUp('Salma')
  const link = linkIn(auth.mails[0]!.text)
  const elsewhere = auth.createBrowser()
  expect((await elsewhere.call(`${link.pathname}${link.search}`)).status).toBe(302)
  expect((await elsewhere.principal()).kind).toBe('anonymous')
})
