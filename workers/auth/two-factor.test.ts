import { createOTP } from '@better-auth/utils/otp'
import { expect, test } from 'vitest'
import { createTestAuth, PASSWORD } from './testing.ts'

/** The code that an authenticator app shows for this link. */
function codeOf(totpURI: string): Promise<string> {
  const secret = new URL(totpURI).searchParams.get('secret')!
  const bits = secret
    .split('')
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const bytes = bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2))
  return createOTP(String.fromCharCode(...bytes)).totp()
}

async function withTwoFactor(settings = {}) {
  const auth = createTestAuth(settings)
  const salma = await auth.signUp('Salma')
  const { body } = await salma.call<{ totpURI: string; backupCodes: string[] }>('/api/auth/two-factor/enable', {
    body: { password: PASSWORD },
  })
  await salma.call('/api/auth/two-factor/verify-totp', { body: { code: await codeOf(body.totpURI) } })
  const signIn = async () => {
    const browser = auth.createBrowser()
    const answer = await browser.call('/api/auth/sign-in/email', { body: { email: salma.email, password: PASSWORD } })
    return { ...browser, answer }
  }
  return { auth, salma, signIn, ...body }
}

test('the second factor counts only once a first code has proved that the app has it', async () => {
  const auth = createTestAuth()
  const salma = await auth.signUp('Salma')
  const { body } = await salma.call('/api/auth/two-factor/enable', { body: { password: PASSWORD } })
  expect((await salma.call('/api/account')).body.user.two_factor_enabled).toBe(false)
  expect((await salma.call('/api/auth/two-factor/verify-totp', { body: { code: '000000' } })).status).toBe(401)

  expect(
    (await salma.call('/api/auth/two-factor/verify-totp', { body: { code: await codeOf(body.totpURI) } })).status,
  ).toBe(200)
  expect((await salma.call('/api/account')).body.user.two_factor_enabled).toBe(true)
})

test('with a second factor the password alone opens nothing, and the code opens everything', async () => {
  const { signIn, salma, totpURI } = await withTwoFactor()
  const again = await signIn()
  expect(again.answer.body).toMatchObject({ twoFactorRedirect: true })
  expect((await again.principal()).kind).toBe('anonymous')
  expect((await again.call('/api/auth/two-factor/verify-totp', { body: { code: '000000' } })).body.code).toBe(
    'INVALID_CODE',
  )

  expect((await again.call('/api/auth/two-factor/verify-totp', { body: { code: await codeOf(totpURI) } })).status).toBe(
    200,
  )
  expect(await again.principal()).toMatchObject({ kind: 'user', userId: salma.userId })
})

test('a backup code works once', async () => {
  const { signIn, backupCodes } = await withTwoFactor()
  const first = await signIn()
  expect((await first.call('/api/auth/two-factor/verify-backup-code', { body: { code: backupCodes[0] } })).status).toBe(
    200,
  )
  const second = await signIn()
  expect(
    (await second.call('/api/auth/two-factor/verify-backup-code', { body: { code: backupCodes[0] } })).status,
  ).toBe(401)
})

test('guessing codes ends, for the account as a whole', async () => {
  const { signIn, totpURI } = await withTwoFactor()
  for (let round = 0; round < 3; round++) {
    const guesser = await signIn()
    for (let guess = 0; guess < 5; guess++)
      await guesser.call('/api/auth/two-factor/verify-totp', { body: { code: '000000' } })
  }
  const honest = await signIn()
  expect(
    (await honest.call('/api/auth/two-factor/verify-totp', { body: { code: await codeOf(totpURI) } })).status,
  ).toBe(429)
})

test('turning it off needs the password and is in the audit log', async () => {
  const { salma } = await withTwoFactor()
  expect((await salma.call('/api/auth/two-factor/disable', { body: { password: 'wrong password' } })).status).toBe(400)
  expect((await salma.call('/api/auth/two-factor/disable', { body: { password: PASSWORD } })).status).toBe(200)
  expect((await salma.call('/api/account')).body.user.two_factor_enabled).toBe(false)
})

test('made-up cookies do not begin a new count of wrong passwords', async () => {
  const { salma } = await withTwoFactor({ LIMIT_SIGN_IN_ACCOUNT: '3/600' })
  const guess = (attempt: number) =>
    salma.call('/api/auth/two-factor/disable', {
      body: { password: `wrong password ${attempt}` },
      headers: { cookie: `riwaq.two_factor=made-up-${attempt}; ${salma.cookie()}` },
    })
  const statuses = []
  for (let attempt = 0; attempt < 5; attempt++) statuses.push((await guess(attempt)).status)
  expect(statuses).toEqual([400, 400, 400, 429, 429])
})

test('made-up cookies do not begin a new count of wrong codes', async () => {
  const { signIn } = await withTwoFactor({ LIMIT_TWO_FACTOR: '3/600' })
  const guesser = await signIn()
  const statuses = []
  for (let attempt = 0; attempt < 5; attempt++) {
    const { status } = await guesser.call('/api/auth/two-factor/verify-totp', {
      body: { code: '000000' },
      headers: { cookie: `x=riwaq.two_factor=${attempt}; riwaq.two_factor=made-up-${attempt}; ${guesser.cookie()}` },
    })
    statuses.push(status)
  }
  expect(statuses.slice(3)).toEqual([429, 429])
})
