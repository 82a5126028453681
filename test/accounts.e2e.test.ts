// People and organizations through the whole platform: mails in the mailbox, sessions in cookies, keys at the ledger.
import { randomBytes, randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { get } from 'node:http'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { codeShownFor } from './support/authenticator.ts'
import { startCountingProvider, type CountingProvider } from './support/counting-provider.ts'
import { eventually } from './support/eventually.ts'
import { linkMailedTo } from './support/mailbox.ts'
import { createKey, post, signIn, signUp, signUpOperator, withSessionOf, type Person } from './support/person.ts'

const url = inject('platformUrl')
const dataDir = inject('dataDir')
const model = 'compatible/counting'

let provider: CountingProvider
beforeAll(async () => {
  provider = await startCountingProvider({ port: inject('countingPort') })
})
afterAll(() => provider.close())

interface Account {
  user: { id: string; name: string; email: string; email_verified: boolean; two_factor_enabled: boolean }
  organization: { id: string; role: string; personal: boolean; name: string }
  permissions: string[]
  platform_admin: boolean
}
interface Entry {
  id: string
  kind: string
  amount_micros: number
  note: string | null
  request_id: string | null
  user_id: string | null
}
interface Refusal {
  code: string
  status: number
  detail: string
}
const accountOf = (person: Person) => person.json<Account>('/api/account')
const entriesOf = async (person: Person) => (await person.json<{ data: Entry[] }>('/api/usage/entries')).data
const statusOf = async (person: Person, path = '/api/account') => (await person.request(path)).status
const refusalOf = async (response: Response) => ((await response.json()) as Refusal).code
const send = (person: Person, method: string, path: string, body?: unknown) =>
  person.request(path, { method, ...(body !== undefined && { body: JSON.stringify(body) }) })
const completion = { model, max_tokens: 50, messages: [{ role: 'user', content: '{"tokens":20}' }] }
const askWithKey = (key: string) => post(`${url}/v1/chat/completions`, completion, { authorization: `Bearer ${key}` })

test('signing up gives an organization of one’s own, as its owner, with the sign-up credit, once', async () => {
  const person = await signUp(url, { name: 'ليلى حداد' })
  const account = await accountOf(person)
  expect(account).toMatchObject({
    user: { name: 'ليلى حداد', email: person.email, email_verified: false, two_factor_enabled: false },
    organization: { id: person.organizationId, role: 'owner', personal: true },
    platform_admin: false,
  })
  // Each of these asks whether the credit was given.
  const again = await Promise.all(Array.from({ length: 5 }, () => signIn(url, person)))
  await Promise.all(again.map((response) => accountOf(withSessionOf(person, { url, response }))))
  expect(await entriesOf(person)).toMatchObject([{ kind: 'grant', amount_micros: 1_000_000, note: 'sign-up credit' }])
})

test('an address signs up once, and a password must be worth its name', async () => {
  const { email } = await signUp(url)
  const attempt = async (input: { email: string; password: string }) => {
    const response = await post(`${url}/api/auth/sign-up/email`, { name: 'Layla', ...input })
    return [response.status, await refusalOf(response), response.headers.getSetCookie().length]
  }
  expect(await attempt({ email: email.toUpperCase(), password: 'another long passphrase' })).toEqual([
    422,
    'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL',
    0,
  ])
  const fresh = `${randomUUID()}@example.com`
  expect(await attempt({ email: fresh, password: 'short' })).toEqual([400, 'PASSWORD_TOO_SHORT', 0])
  expect(await attempt({ email: fresh, password: 'password123' })).toEqual([400, 'PASSWORD_TOO_COMMON', 0])
  expect(await attempt({ email: fresh, password: fresh })).toEqual([400, 'PASSWORD_TOO_COMMON', 0])
})

test('a wrong password and an unknown address get the same answer', async () => {
  const { email } = await signUp(url)
  const answerTo = async (address: string) => {
    const response = await signIn(url, { email: address, password: 'certainly not this one' })
    const { request_id: _, ...body } = (await response.json()) as Record<string, unknown>
    return { status: response.status, body, cookies: response.headers.getSetCookie() }
  }
  const known = await answerTo(email)
  expect(known).toMatchObject({ status: 401, body: { code: 'INVALID_EMAIL_OR_PASSWORD' }, cookies: [] })
  expect(await answerTo(`${randomUUID()}@example.com`)).toEqual(known)
})

test('signing out ends this session and no other', async () => {
  const first = await signUp(url)
  const second = withSessionOf(first, { url, response: await signIn(url, first) })
  expect((await send(first, 'POST', '/api/auth/sign-out', {})).status).toBe(200)
  expect(await statusOf(first)).toBe(401)
  expect(await statusOf(second)).toBe(200)
})

test('a mail brings a new password, which ends every session there was', async () => {
  const person = await signUp(url)
  await post(`${url}/api/auth/request-password-reset`, { email: person.email })
  const link = await linkMailedTo(person.email, { dataDir, like: /reset-password/ })
  expect(link.origin).toBe(url)
  expect((await fetch(link)).status).toBe(200)
  const token = link.searchParams.get('token')
  const newPassword = 'a new and longer passphrase'
  const reset = () => post(`${url}/api/auth/reset-password`, { token, newPassword })
  expect((await reset()).status).toBe(200)
  expect((await reset()).status).toBe(400)
  expect(await statusOf(person)).toBe(401)
  expect((await signIn(url, person)).status).toBe(401)
  expect((await signIn(url, { email: person.email, password: newPassword })).status).toBe(200)
})

test('the link of the first mail signs nobody in, and confirms the address for whoever has the account as well', async () => {
  const person = await signUp(url)
  const link = await linkMailedTo(person.email, { dataDir, like: /verify-email/ })
  const opened = await fetch(link, { redirect: 'manual' })
  expect(opened.status).toBe(302)
  expect(opened.headers.getSetCookie().filter((cookie) => cookie.includes('session_token='))).toEqual([])
  const page = new URL(opened.headers.get('location')!, url)
  expect(page.pathname).toBe('/en/sign-in')
  expect((await accountOf(person)).user.email_verified, 'the mailbox alone is not enough').toBe(false)

  const confirmed = await person.request(`${link.pathname}${link.search}`, { redirect: 'manual' })
  expect(confirmed.headers.get('location')).toBe('/en/verified')
  expect((await fetch(new URL(confirmed.headers.get('location')!, url))).status).toBe(200)
  expect((await accountOf(person)).user.email_verified).toBe(true)
})

test('a confirmation link that is opened elsewhere confirms with the password', async () => {
  const person = await signUp(url)
  const link = await linkMailedTo(person.email, { dataDir, like: /verify-email/ })
  const confirmation = link.searchParams.get('token')
  const signInWith = (password: string) =>
    post(`${url}/api/auth/sign-in/email`, { email: person.email, password, confirmation })
  expect((await signInWith('not the password at all')).status).toBe(401)
  expect((await accountOf(person)).user.email_verified).toBe(false)
  expect((await signInWith(person.password)).status).toBe(200)
  expect((await accountOf(person)).user.email_verified).toBe(true)
})

test('with a second factor the password alone opens nothing; a code does, and a backup code once', async () => {
  const before = await signUp(url)
  const enabling = await send(before, 'POST', '/api/auth/two-factor/enable', { password: before.password })
  const { totpURI, backupCodes } = (await enabling.json()) as { totpURI: string; backupCodes: string[] }
  const proved = await send(before, 'POST', '/api/auth/two-factor/verify-totp', { code: codeShownFor(totpURI) })
  expect(proved.status).toBe(200)

  const signInWith = async (factor: string, code: string) => {
    const asked = await signIn(url, before)
    expect(await asked.json()).toMatchObject({ twoFactorRedirect: true })
    const half = withSessionOf(before, { url, response: asked })
    expect(await statusOf(half)).toBe(401)
    const response = await send(half, 'POST', `/api/auth/two-factor/${factor}`, { code })
    return { status: response.status, person: withSessionOf(before, { url, response }) }
  }
  expect((await signInWith('verify-totp', '000000')).status).toBe(401)
  const { person } = await signInWith('verify-totp', codeShownFor(totpURI))
  expect((await accountOf(person)).user.two_factor_enabled).toBe(true)
  expect((await signInWith('verify-backup-code', backupCodes[0]!)).status).toBe(200)
  expect((await signInWith('verify-backup-code', backupCodes[0]!)).status).toBe(401)
})

test('ten wrong passwords lock an account for a while, and the answer says for how long', async () => {
  const person = await signUp(url)
  const wrong = () => signIn(url, { email: person.email, password: 'certainly not this one' })
  for (let attempt = 0; attempt < 10; attempt++) expect((await wrong()).status).toBe(401)
  const refused = await signIn(url, person)
  expect(refused.status).toBe(429)
  expect(refused.headers.get('ratelimit-policy')).toBe('"sign-in-account";q=10;w=600')
  expect(refused.headers.get('ratelimit')).toMatch(/^"sign-in-account";r=0;t=\d+$/)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await refusalOf(refused)).toBe('rate_limit_exceeded')
  expect((await signIn(url, await signUp(url))).status).toBe(200)
})

async function foundOrganization(owner: Person) {
  const slug = `journey-${randomUUID().slice(0, 8)}`
  return owner.json<{ id: string }>('/api/auth/organization/create', {
    method: 'POST',
    body: JSON.stringify({ name: 'Rihla', slug }),
  })
}

async function joinByMail(owner: Person, role: string): Promise<Person & { userId: string }> {
  const person = await signUp(url)
  const invited = await send(owner, 'POST', '/api/organizations/current/invitations', { email: person.email, role })
  expect(invited.status).toBe(201)
  const link = await linkMailedTo(person.email, { dataDir, like: /invitation\?id=/ })
  await person.json('/api/auth/organization/accept-invitation', {
    method: 'POST',
    body: JSON.stringify({ invitationId: link.searchParams.get('id') }),
  })
  return { ...person, userId: (await accountOf(person)).user.id }
}

test('an organization is founded, joined by mail, spent from by role and within a member’s budget, and left', async () => {
  const [owner, operator] = await Promise.all([signUp(url), signUpOperator(url)])
  const { id: organizationId } = await foundOrganization(owner)
  // Founding mints no credit: an operator gives it.
  const ledgerOf = (person: Person) =>
    person.json<{ balance_micros: number; held_micros: number }>('/api/usage/balance')
  expect((await ledgerOf(owner)).balance_micros).toBe(0)
  const grant = { id: randomUUID(), amount_micros: 5_000, note: 'journey' }
  expect((await send(operator, 'POST', `/api/admin/organizations/${organizationId}/grant`, grant)).status).toBe(200)
  const [member, billing, viewer] = [
    await joinByMail(owner, 'member'),
    await joinByMail(owner, 'billing'),
    await joinByMail(owner, 'viewer'),
  ]
  expect((await accountOf(member)).organization).toMatchObject({ id: organizationId, role: 'member', personal: false })

  // A member spends; a viewer does not; only billing and above see what others spent.
  const { key } = await createKey(member)
  const asked = await askWithKey(key)
  expect([asked.status, asked.headers.get('x-riwaq-cost-micros')]).toEqual([200, '50'])
  expect((await askWithKey(key)).status).toBe(200)
  for (const person of [viewer, billing]) {
    const refused = await send(person, 'POST', '/v1/chat/completions', completion)
    expect(refused.status).toBe(403)
    expect((await send(person, 'POST', '/api/conversations', { model, content: 'hello' })).status).toBe(403)
    expect((await send(person, 'POST', '/api/keys', { name: 'mine' })).status).toBe(403)
  }
  const charges = (entries: Entry[]) => entries.filter(({ kind }) => kind === 'charge').map(({ user_id }) => user_id)
  expect(charges(await entriesOf(billing))).toEqual([member.userId, member.userId])
  expect(charges(await entriesOf(viewer))).toEqual([])
  expect((await ledgerOf(billing)).balance_micros).toBe(4_900)

  // Who manages money sets budgets, and nobody else does.
  const budget = { budget_micros: 250, budget_period: 'month' }
  const memberPath = `/api/organizations/current/members/${member.userId}`
  expect((await send(member, 'PATCH', memberPath, budget)).status).toBe(403)
  expect((await send(member, 'PATCH', memberPath, { role: 'owner' })).status).toBe(403)
  expect((await send(billing, 'PATCH', memberPath, { role: 'admin' })).status).toBe(403)
  expect((await send(billing, 'PATCH', memberPath, budget)).status).toBe(204)
  const outcomes: unknown[] = []
  for (let call = 0; call < 4; call++) {
    const response = await askWithKey(key)
    await eventually(
      () => ledgerOf(billing),
      ({ held_micros }) => held_micros === 0,
    )
    outcomes.push(response.ok || ((await response.json()) as { error: { code: string } }).error.code)
  }
  expect(outcomes[0]).toBe(true)
  expect(outcomes.at(-1)).toBe('budget_exceeded')
  const spent = 5_000 - (await ledgerOf(billing)).balance_micros
  expect(spent).toBe(100 + 50 * outcomes.filter((outcome) => outcome === true).length)
  expect(spent).toBeLessThanOrEqual(250)

  // There is always an owner.
  const ownerId = (await accountOf(owner)).user.id
  const ownerPath = `/api/organizations/current/members/${ownerId}`
  expect((await send(owner, 'DELETE', ownerPath)).status).toBe(409)
  expect((await send(owner, 'PATCH', ownerPath, { role: 'member' })).status).toBe(409)
  expect((await send(owner, 'POST', '/api/auth/organization/leave', { organizationId })).status).toBe(400)

  // Who is removed loses their keys at once, and works on at home.
  expect((await send(member, 'DELETE', `/api/organizations/current/members/${viewer.userId}`)).status).toBe(403)
  expect((await send(owner, 'DELETE', memberPath)).status).toBe(204)
  expect((await askWithKey(key)).status).toBe(401)
  expect((await accountOf(member)).organization).toMatchObject({ id: member.organizationId, personal: true })
  expect((await ledgerOf(member)).balance_micros).toBe(1_000_000)
})

/** What a socket's opening is answered with: 101 where it opens. */
const socketStatus = (person: Person, path: string) =>
  new Promise<number | undefined>((done, fail) => {
    const headers = {
      cookie: person.cookie,
      origin: url,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': randomBytes(16).toString('base64'),
    }
    const asked = get(`${url}${path}`, { headers })
    asked.on('response', (response) => done(response.resume().statusCode))
    asked.on('upgrade', (response, socket) => {
      socket.destroy()
      done(response.statusCode)
    })
    asked.on('error', fail)
  })

test('what belongs to another organization is not there', async () => {
  const [owner, stranger] = await Promise.all([signUp(url), signUp(url)])
  const { id: keyId, key } = await createKey(owner)
  const { id: conversationId } = await owner.json<{ id: string }>('/api/conversations', {
    method: 'POST',
    body: JSON.stringify({ model, title: 'A secret plan' }),
  })
  const asked = await askWithKey(key)
  const requestId = asked.headers.get('x-request-id')!
  const ownerId = (await accountOf(owner)).user.id
  const conversation = `/api/conversations/${conversationId}`
  const attempts: [string, string, unknown?][] = [
    ['PATCH', `/api/keys/${keyId}`, { name: 'mine now' }],
    ['DELETE', `/api/keys/${keyId}`],
    ['GET', conversation],
    ['PATCH', conversation, { title: 'mine now' }],
    ['DELETE', conversation],
    ['GET', `${conversation}/messages`],
    ['POST', `${conversation}/messages`, { content: 'hello' }],
    ['POST', `${conversation}/stop`, {}],
    ['PATCH', `/api/organizations/current/members/${ownerId}`, { role: 'viewer' }],
    ['DELETE', `/api/organizations/current/members/${ownerId}`],
    ['DELETE', '/api/organizations/current/invitations/inv_0000000000000000000000000'],
  ]
  for (const [method, path, body] of attempts) {
    const response = await send(stranger, method, path, body)
    expect([method, path, response.status, await refusalOf(response)]).toEqual([method, path, 404, 'not_found'])
  }
  expect(await socketStatus(stranger, `${conversation}/live`)).toBe(404)
  const foreign = await stranger.json<{ data: Entry[] }>(`/api/usage/entries?request_id=${requestId}`)
  expect(foreign.data).toEqual([])
  const own = await owner.json<{ data: Entry[] }>(`/api/usage/entries?request_id=${requestId}`)
  expect(own.data).toHaveLength(1)
  expect((await stranger.json<{ data: unknown[] }>('/api/conversations?q=secret')).data).toEqual([])
  expect((await stranger.json<{ data: unknown[] }>('/api/keys')).data).toEqual([])
  expect((await askWithKey(key)).status).toBe(200)
  expect(await socketStatus(owner, `${conversation}/live`)).toBe(101)
  expect((await owner.json<{ title: string }>(conversation)).title).toBe('A secret plan')
})

test('operators are those of ADMIN_EMAILS and nobody else', async () => {
  const [operator, person] = await Promise.all([signUpOperator(url), signUp(url)])
  expect((await accountOf(operator)).platform_admin).toBe(true)
  const found = await operator.json<{ data: { email: string; platform_admin: boolean }[] }>(
    `/api/admin/users?q=${person.email}`,
  )
  expect(found.data).toMatchObject([{ email: person.email, platform_admin: false }])
  const { key } = await createKey(operator, { scopes: ['models', 'chat', 'usage', 'keys', 'organization'] })
  for (const path of ['/api/admin/users', '/api/admin/organizations']) {
    expect(await statusOf(operator, path)).toBe(200)
    expect(await statusOf(person, path)).toBe(403)
    expect((await fetch(`${url}${path}`)).status).toBe(401)
    expect((await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${key}` } })).status).toBe(403)
  }
  const grant = { id: randomUUID(), amount_micros: 1_000_000 }
  const minting = await send(person, 'POST', `/api/admin/organizations/${person.organizationId}/grant`, grant)
  expect(minting.status).toBe(403)
  expect(await entriesOf(person)).toHaveLength(1)
})

/** How many conversations of this person are listed in the database, where no route could tell any more. */
function conversationsKept(userId: string): number {
  const folder = join(dataDir, 'state')
  const files = readdirSync(folder, { recursive: true }).map(String)
  const databases = files.filter((name) => /(^|\/)d1\/.*\.sqlite$/.test(name) && !name.includes('metadata'))
  let kept = 0
  for (const name of databases) {
    const database = new DatabaseSync(join(folder, name), { readOnly: true })
    kept += Number(database.prepare('select count(*) as kept from conversations where user_id = ?').get(userId)!.kept)
    database.close()
  }
  return kept
}

test('people take their data with them, and a deleted account leaves nothing that opens anything', async () => {
  const person = await signUp(url, { name: 'Nour Saleh' })
  const { id: userId } = (await accountOf(person)).user
  const { key, id: keyId } = await createKey(person)
  const { id: conversationId } = await person.json<{ id: string }>('/api/conversations', {
    method: 'POST',
    body: JSON.stringify({ model, content: '{"tokens":3,"note":"my own words"}' }),
  })
  await eventually(
    () => person.json<{ running: boolean }>(`/api/conversations/${conversationId}`),
    ({ running }) => !running,
  )
  const exported = await (await person.request('/api/account/export')).text()
  expect(JSON.parse(exported)).toMatchObject({ person: { user: { id: userId, email: person.email } } })
  for (const fact of ['Nour Saleh', keyId, 'sign-up credit', 'charge']) expect(exported).toContain(fact)
  expect(exported).not.toContain(key)
  expect(exported).not.toMatch(/secret_?hash|"password"|token"/i)
  const conversations = await (await person.request('/api/conversations/export')).text()
  expect(conversations).toContain('my own words')
  expect(conversations).toContain('w0 w1 w2')

  expect(conversationsKept(userId)).toBe(1)
  expect((await send(person, 'DELETE', '/api/account', { password: 'not my password' })).status).toBe(403)
  expect((await send(person, 'DELETE', '/api/account', { password: person.password })).status).toBe(204)
  expect(await statusOf(person)).toBe(401)
  expect(await statusOf(person, `/api/conversations/${conversationId}`)).toBe(401)
  expect((await askWithKey(key)).status).toBe(401)
  expect((await signIn(url, person)).status).toBe(401)
  await eventually(
    () => conversationsKept(userId),
    (kept) => kept === 0,
  )
})
