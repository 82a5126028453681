import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { organizations, users } from '#db/schema/auth'
import { joinAs } from './joining.ts'
import { createTestAuth, PASSWORD, type TestAuth } from './testing.ts'

const email = 'operator@example.com'
const ORIGIN = 'https://riwaq.example'
const remote = (settings = {}) =>
  createTestAuth({ ADMIN_EMAILS: email, PUBLIC_URL: ORIGIN, ...settings }, { origin: ORIGIN })

const linkIn = (auth: TestAuth, at = -1) => new URL(/https?:\/\/\S+/.exec(auth.mails.at(at)!.text)![0])
const pathOf = (link: URL) => `${link.pathname}${link.search}`
const personAt = async (auth: TestAuth, address = email) =>
  (await auth.ctx.db.select().from(users).where(eq(users.email, address)))[0]!

type Browser = ReturnType<TestAuth['createBrowser']>
const signIn = (browser: Browser, password: string, more: object = {}) =>
  browser.call('/api/auth/sign-in/email', { body: { email, password, ...more } })

test('a stranger who signed up with an operator’s address gains nothing when the operator follows the link', async () => {
  const auth = remote()
  const stranger = await auth.signUp('Stranger', email)
  const operator = auth.createBrowser()
  const opened = await operator.call(pathOf(linkIn(auth)))

  expect(opened.status).toBe(302)
  expect(opened.headers.get('location')).toMatch(/^\/en\/sign-in\?confirmation=/)
  expect((await personAt(auth)).emailVerified).toBe(false)
  expect(await stranger.principal()).toMatchObject({ platformAdmin: false })
})

test('the operator chooses a new password by mail: the account is theirs, and the stranger is out', async () => {
  const auth = remote()
  const stranger = await auth.signUp('Stranger', email)
  const { body: key } = await stranger.call<{ id: string }>('/api/keys', { body: { name: 'left behind' } })
  await stranger.call('/api/auth/two-factor/enable', { body: { password: PASSWORD } })

  const operator = auth.createBrowser()
  await operator.call('/api/auth/request-password-reset', { body: { email } })
  const newPassword = 'known to the operator alone'
  const body = { newPassword, token: linkIn(auth).searchParams.get('token') }
  expect((await operator.call('/api/auth/reset-password', { body })).status).toBe(200)

  expect(await stranger.principal()).toEqual({ kind: 'anonymous' })
  expect((await signIn(stranger, PASSWORD)).status).toBe(401)
  expect((await auth.ledgerOf(stranger.organizationId).keys({ limit: 10 })).data).toMatchObject([
    { id: key.id, revokedAt: expect.any(Number) },
  ])
  expect((await signIn(operator, newPassword)).body.twoFactorRedirect).toBeUndefined()
  expect(await operator.principal()).toMatchObject({ platformAdmin: true })
})

test('a new password for a confirmed account leaves its keys and its second factor alone', async () => {
  const auth = remote()
  const salma = await auth.signUp('Salma', email)
  await salma.call(pathOf(linkIn(auth)))
  await salma.call('/api/keys', { body: { name: 'website' } })
  await salma.call('/api/auth/request-password-reset', { body: { email } })
  const body = { newPassword: 'an even finer sentence', token: linkIn(auth).searchParams.get('token') }
  await salma.call('/api/auth/reset-password', { body })
  expect((await auth.ledgerOf(salma.organizationId).keys({ limit: 10 })).data).toMatchObject([{ revokedAt: null }])
})

test('where a ledger cannot be asked the new password stands, and the address waits', async () => {
  const auth = remote()
  const stranger = await auth.signUp('Stranger', email)
  await stranger.call('/api/auth/request-password-reset', { body: { email } })
  auth.state.ledgerFailure = new Error('unreachable')
  auth.ledgerOf(stranger.organizationId)
  const body = { newPassword: 'an even finer sentence', token: linkIn(auth).searchParams.get('token') }
  expect((await stranger.call('/api/auth/reset-password', { body })).status).toBe(200)
  expect((await personAt(auth)).emailVerified).toBe(false)
})

test('who signed up here and reads mail elsewhere confirms with the password, in one step with signing in', async () => {
  const auth = remote()
  await auth.signUp('Omar', email)
  const phone = auth.createBrowser()
  const { headers } = await phone.call(pathOf(linkIn(auth)))
  const page = new URL(headers.get('location')!, ORIGIN)
  expect(page.searchParams.get('next')).toBe('/en/verified')
  const confirmation = page.searchParams.get('confirmation')

  expect((await signIn(phone, 'a wrong password', { confirmation })).status).toBe(401)
  expect((await personAt(auth)).emailVerified).toBe(false)
  expect((await signIn(phone, PASSWORD, { confirmation })).status).toBe(200)
  expect(await phone.principal()).toMatchObject({ platformAdmin: true })
})

test('a link that is forged, old or another’s confirms nothing, and says so', async () => {
  const auth = remote()
  const omar = await auth.signUp('Omar', email)
  await auth.signUp('Salma', 'salma@example.com')
  const others = linkIn(auth).searchParams.get('token')
  for (const confirmation of [others, 'forged', '', [null]])
    expect((await signIn(omar, PASSWORD, { confirmation })).body.code).toBe('INVALID_TOKEN')
  expect((await personAt(auth)).emailVerified).toBe(false)
  const dead = await auth.createBrowser().call('/api/auth/verify-email?token=forged&callbackURL=/en/verified')
  expect(dead.headers.get('location')).toContain('error=INVALID_TOKEN')
})

test('where addresses must be confirmed first, the password and the link together open the account', async () => {
  const auth = remote({ REQUIRE_VERIFIED_EMAIL: 'on' })
  const browser = auth.createBrowser()
  await browser.call('/api/auth/sign-up/email', { body: { name: 'Omar', email, password: PASSWORD } })
  const opened = await browser.call(pathOf(linkIn(auth)))
  const confirmation = new URL(opened.headers.get('location')!, ORIGIN).searchParams.get('confirmation')
  expect((await signIn(browser, PASSWORD)).body.code).toBe('EMAIL_NOT_VERIFIED')
  expect((await signIn(browser, PASSWORD, { confirmation })).status).toBe(200)
  expect((await browser.principal()).kind).toBe('user')
})

test('where addresses must be confirmed first, an address that nobody confirmed is given no credit', async () => {
  const auth = remote({ REQUIRE_VERIFIED_EMAIL: 'on' })
  const browser = auth.createBrowser()
  await browser.call('/api/auth/sign-up/email', { body: { name: 'Omar', email, password: PASSWORD } })
  const { id } = await personAt(auth)
  const [personal] = await auth.ctx.db.select().from(organizations).where(eq(organizations.personalUserId, id))
  const ledger = auth.ledgerOf(personal!.id)
  expect(await ledger.balance()).toMatchObject({ balanceMicros: 0 })

  await signIn(browser, PASSWORD, { confirmation: linkIn(auth).searchParams.get('token') })
  expect(await ledger.balance()).toMatchObject({ balanceMicros: 1_000_000 })
  await browser.principal()
  expect((await ledger.entries({ limit: 10 })).data).toHaveLength(1)
})

test('an address that is taken over by changing to it is not confirmed by its owner’s click', async () => {
  const auth = remote()
  const stranger = await auth.signUp('Stranger', 'stranger@example.com')
  await stranger.call(pathOf(linkIn(auth)))
  await stranger.call('/api/auth/change-email', { body: { newEmail: email } })
  await stranger.call(pathOf(linkIn(auth)))
  expect(auth.mails.at(-1)!.to).toBe(email)

  const operator = auth.createBrowser()
  const opened = await operator.call(pathOf(linkIn(auth)))
  expect(opened.headers.get('location')).toMatch(/^\/en\/sign-in\?next=%2Fapi%2Fauth%2Fverify-email/)
  expect((await operator.principal()).kind).toBe('anonymous')
  expect(await stranger.principal()).toMatchObject({ platformAdmin: false })
  expect((await personAt(auth, 'stranger@example.com')).emailVerified).toBe(true)
})

test('who is signed in as somebody else is asked to sign in as who the link is for', async () => {
  const auth = remote()
  await auth.signUp('Omar', email)
  const link = linkIn(auth)
  const salma = await auth.signUp('Salma', 'salma@example.com')
  expect((await salma.call(pathOf(link))).headers.get('location')).toMatch(/^\/en\/sign-in\?confirmation=/)
})

test('the page that is opened speaks the person’s language', async () => {
  const auth = remote()
  await auth.createBrowser().call('/api/auth/sign-up/email', {
    body: { name: 'عمر', email, password: PASSWORD, locale: 'ar' },
  })
  const opened = await auth.createBrowser().call(pathOf(linkIn(auth)))
  expect(opened.headers.get('location')).toMatch(/^\/ar\/sign-in\?.*next=%2Far%2Fverified/)
})

test('an invitation does not need a confirmed address: its mail is the proof', async () => {
  const { join } = await joinAs(createTestAuth())
  expect((await (await join('Maha', 'member')).principal()).kind).toBe('user')
})
