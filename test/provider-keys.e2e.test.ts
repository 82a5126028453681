// Keys that an organization brings: its vendors see them, nobody else's calls use them, and they cost nothing here.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { contextOf, launchBrowser, openPage } from './support/browser.ts'
import { eventually } from './support/eventually.ts'
import { startCountingProvider, type Behaviour, type CountingProvider } from './support/counting-provider.ts'
import { createKey, signUp, type Person } from './support/person.ts'

const url = inject('platformUrl')
const baseURL = `http://127.0.0.1:${inject('countingPort')}/v1`
/** The platform of the journeys has no key for this vendor. */
const theirModel = 'groq/llama-3.3-70b-versatile'
const ownModel = 'compatible/own-model'

let provider: CountingProvider
let person: Person

interface ProviderKey {
  id: string
  hint: string
  last_used_at: number | null
}
interface Entry {
  kind: string
  amount_micros: number
  model: string
  provider: string
  usage: Record<string, number>
}

beforeAll(async () => {
  provider = await startCountingProvider({ port: inject('countingPort') })
})
afterAll(() => provider.close())
beforeEach(async () => {
  person = await signUp(url)
  provider.deliveries.length = 0
})

const secret = (owner: string) => `gsk-${owner}-${randomUUID()}`

const bring = (owner: Person, apiKey: string, more: object = {}) =>
  owner.json<ProviderKey>('/api/provider-keys', {
    method: 'POST',
    body: JSON.stringify({ vendor: 'groq', api_key: apiKey, base_url: baseURL, ...more }),
  })

const ask = (key: string, behaviour: Behaviour = {}, body: object = {}) =>
  fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      model: theirModel,
      messages: [{ role: 'user', content: JSON.stringify(behaviour) }],
      ...body,
    }),
  })

const entriesOf = async (owner: Person) =>
  (await owner.json<{ data: Entry[] }>('/api/usage/entries?limit=50')).data.filter(({ kind }) => kind === 'charge')
const keysSeen = () => provider.deliveries.map(({ key }) => key)

test('a vendor that the platform has no key for is called with the organization’s, and nothing is charged', async () => {
  const { key } = await createKey(person)
  expect((await ask(key)).status).toBe(404)
  const apiKey = secret('a')
  const added = await bring(person, apiKey)
  expect(added.hint).toBe(apiKey.slice(-4))

  const whole = await ask(key, { tokens: 7, promptTokens: 100 })
  expect(whole.status).toBe(200)
  expect(whole.headers.get('x-riwaq-cost-micros')).toBe('0')
  await whole.text()
  const stream = await ask(key, { tokens: 3 }, { stream: true })
  expect(await stream.text()).toContain('[DONE]')

  expect(keysSeen()).toEqual([apiKey, apiKey])
  const entries = await eventually(
    () => entriesOf(person),
    (list) => list.length === 2,
  )
  for (const entry of entries) expect(entry).toMatchObject({ amount_micros: 0, model: theirModel, provider: 'groq' })
  expect(entries.at(-1)!.usage).toEqual({ input_tokens: 100, output_tokens: 7 })
  expect(await person.json('/api/usage/balance')).toMatchObject({ balance_micros: 1_000_000, held_micros: 0 })
})

test('another organization’s calls never use it', async () => {
  const other = await signUp(url)
  const [mine, theirs] = await Promise.all([createKey(person), createKey(other)])
  const apiKey = secret('a')
  await bring(person, apiKey)
  expect((await ask(mine.key)).status).toBe(200)
  expect((await ask(theirs.key)).status).toBe(404)
  const theirSecret = secret('b')
  await bring(other, theirSecret)
  provider.deliveries.length = 0
  for (let at = 0; at < 5; at++) await Promise.all([ask(mine.key, { tokens: 1 }), ask(theirs.key, { tokens: 2 })])
  expect(provider.deliveries).toHaveLength(10)
  for (const { key, behaviour } of provider.deliveries) expect(key).toBe(behaviour.tokens === 1 ? apiKey : theirSecret)
  expect(await other.json('/api/provider-keys')).toMatchObject({ data: [{ hint: theirSecret.slice(-4) }] })
})

test('a key that is deleted, or replaced, is not used by the next call', async () => {
  const { key } = await createKey(person)
  const [first, second] = [secret('first'), secret('second')]
  await bring(person, first)
  await (await ask(key)).text()
  const replaced = await bring(person, second)
  await (await ask(key)).text()
  expect(keysSeen()).toEqual([first, second])
  await person.json(`/api/provider-keys/${replaced.id}`, { method: 'DELETE' })
  expect((await ask(key)).status).toBe(404)
  expect(keysSeen()).toEqual([first, second])
  expect(await person.json('/api/provider-keys')).toMatchObject({ data: [] })
})

test('an organization without any credit can call with its own key', async () => {
  const organization = await person.json<{ id: string }>('/api/auth/organization/create', {
    method: 'POST',
    body: JSON.stringify({ name: 'Penniless', slug: `penniless-${randomUUID()}` }),
  })
  expect(await person.json('/api/account')).toMatchObject({ organization: { id: organization.id } })
  expect(await person.json('/api/usage/balance')).toMatchObject({ balance_micros: 0 })
  const { key } = await createKey(person)
  await bring(person, secret('poor'))
  expect((await ask(key, { tokens: 4 })).status).toBe(200)
  expect((await ask(key, {}, { model: 'compatible/counting' })).status).toBe(402)
})

test('a server of one’s own offers its own models, to those who brought it', async () => {
  const { key } = await createKey(person)
  const apiKey = secret('server')
  const { id } = await bring(person, apiKey, { vendor: 'compatible', models: [{ id: 'own-model' }] })
  expect(await person.json(`/api/provider-keys/${id}/test`, { method: 'POST' })).toEqual({
    ok: true,
    fault: null,
    status: 200,
    models: 1,
  })
  expect((await ask(key, {}, { model: ownModel })).status).toBe(200)
  expect(keysSeen()).toEqual([apiKey])
  const list = await (await fetch(`${url}/v1/models`, { headers: { authorization: `Bearer ${key}` } })).text()
  expect(list).toContain(ownModel)
  expect(await (await fetch(`${url}/v1/models`)).text()).not.toContain(ownModel)
  const used = await eventually(
    () => person.json<{ data: ProviderKey[] }>('/api/provider-keys'),
    ({ data }) => data[0]!.last_used_at !== null,
  )
  expect(used.data[0]!.last_used_at).toBeGreaterThan(0)
})

test('a conversation is answered with it', async () => {
  const apiKey = secret('chat')
  await bring(person, apiKey)
  const conversation = await person.json<{ id: string; answer: { id: string } }>('/api/conversations', {
    method: 'POST',
    body: JSON.stringify({ content: JSON.stringify({ tokens: 2 }), model: theirModel }),
  })
  const page = await eventually(
    () =>
      person.json<{ data: { status: string; content: string }[] }>(`/api/conversations/${conversation.id}/messages`),
    ({ data }) => data.some(({ status, content }) => status === 'complete' && content.startsWith('w0 ')),
  )
  expect(page.data.some(({ content }) => content.startsWith('w0 '))).toBe(true)
  expect(new Set(keysSeen())).toEqual(new Set([apiKey]))
})

test('a key that its vendor refuses is said to be the organization’s, and is named nowhere', async () => {
  const { key } = await createKey(person)
  const apiKey = secret('bad')
  await bring(person, apiKey)
  const response = await ask(key, { status: 401 })
  expect(response.status).toBe(502)
  const text = await response.text()
  expect(JSON.parse(text)).toMatchObject({ error: { code: 'provider_misconfigured' } })
  expect(text).toContain('Your organization’s own key')
  expect(text).not.toContain(apiKey)
  expect(await entriesOf(person)).toEqual([])
})

test('what was done is on record', async () => {
  const { id } = await bring(person, secret('audit'))
  await person.json(`/api/provider-keys/${id}`, { method: 'DELETE' })
  const { data } = await person.json<{ data: { action: string; target_id: string }[] }>(
    '/api/organizations/current/audit',
  )
  expect(data.filter(({ target_id: target }) => target === id).map(({ action }) => action)).toEqual([
    'provider-key.deleted',
    'provider-key.created',
  ])
})

test('an owner adds a key, tries it, lets the platform’s take over and deletes it on the page, in Arabic on a phone', async () => {
  const browser = await launchBrowser()
  try {
    const context = await contextOf(browser, { url, cookie: person.cookie, width: 360 })
    const { page, complaints } = await openPage(context)
    await page.goto(`${url}/ar/provider-keys`)
    await page.getByRole('button', { name: 'إضافة مفتاح' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('المزوّد').selectOption('groq')
    await dialog.getByRole('button', { name: 'إضافة مفتاح' }).click()
    await dialog.getByText('أدخل المفتاح.').waitFor()
    const apiKey = secret('page')
    await dialog.getByLabel('المفتاح').fill(apiKey)
    await dialog.getByLabel('العنوان').fill(baseURL)
    await dialog.getByRole('button', { name: 'إضافة مفتاح' }).click()
    await page.getByText(`••••${apiKey.slice(-4)}`).waitFor()
    await page.getByRole('button', { name: 'اختبار مفتاح Groq' }).click()
    await page.getByText('المفتاح مقبول لدى Groq').waitFor()

    await page.getByLabel('استعمل مفتاح المنصة بدلًا منه، بسعر المنصة').click()
    await eventually(
      () => person.json<{ policy: { provider_key_fallback: boolean } }>('/api/organizations/current/policy'),
      ({ policy }) => policy.provider_key_fallback,
    )
    await page.getByRole('button', { name: 'المزيد لمفتاح Groq' }).click()
    await page.getByRole('menuitem', { name: 'حذف' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'حذف' }).click()
    await page.getByText('لا مفاتيح خاصة بك').waitFor()
    expect(await person.json('/api/provider-keys')).toMatchObject({ data: [] })
    expect(complaints).toEqual([])
  } finally {
    await browser.close()
  }
})
