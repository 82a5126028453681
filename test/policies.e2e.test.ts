// What an organization's policy hides, keeps and does not keep, on the whole platform.
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { RequestLogDetail, RequestLogEntry } from '#shared/contracts/requests'
import ar from '../site/src/i18n/locales/ar.ts'
import en from '../site/src/i18n/locales/en.ts'
import { faultsOf } from './support/axe.ts'
import { contextOf, launchBrowser, openPage } from './support/browser.ts'
import { startCountingProvider, type CountingProvider } from './support/counting-provider.ts'
import { eventually } from './support/eventually.ts'
import { createKey, signUp, type Person } from './support/person.ts'

const url = inject('platformUrl')
const dataDir = inject('dataDir')
const guide = 'riwaq/sandbox-guide'

let provider: CountingProvider
let browser: Browser
beforeAll(async () => {
  provider = await startCountingProvider({ port: inject('countingPort') })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await provider.close()
})

async function decide(person: Person, policy: object): Promise<void> {
  const { version } = await person.json<{ version: number }>('/api/organizations/current/policy')
  await person.json('/api/organizations/current/policy', { method: 'PATCH', body: JSON.stringify({ version, policy }) })
}

const caller =
  (key: string) =>
  (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })

const listOf = (person: Person, query = '') =>
  person.json<{ data: RequestLogEntry[] }>(`/api/requests${query}`).then(({ data }) => data)

test('what is masked never reaches the provider, and what it says is masked on its way back', async () => {
  const person = await signUp(url)
  await decide(person, {
    guardrails: [
      { type: 'personal-data', kinds: ['email', 'phone'], action: 'mask', stage: 'input' },
      { type: 'words', words: ['w2'], action: 'mask', stage: 'output' },
    ],
  })
  const call = caller((await createKey(person)).key)
  const content = 'راسلني على ali@example.com أو ٠٥٠١٢٣٤٥٦٧'
  const asked = { model: 'compatible/counting', messages: [{ role: 'user', content }], stream: true }
  const answer = await call('/v1/chat/completions', asked)
  expect(answer.headers.get('x-riwaq-guardrails')).toBe('input.personal-data.email=1, input.personal-data.phone=1')
  const said = [...(await answer.text()).matchAll(/"content":"([^"]*)"/g)].map(([, piece]) => piece).join('')
  expect(said).toBe('w0 w1 *** w3 w4 ')
  const seen = JSON.stringify(provider.deliveries.at(-1)!.body)
  expect(seen).toContain('راسلني على [email] أو [phone]')
  expect(seen).not.toContain('ali@')
})

test('what is blocked reaches nobody and costs nothing, on every surface', async () => {
  const person = await signUp(url)
  await decide(person, { guardrails: [{ type: 'words', words: ['مشروع النخيل'], action: 'block', stage: 'input' }] })
  const call = caller((await createKey(person)).key)
  const text = 'ماذا عن ومَشروع النخيل؟'
  const messages = [{ role: 'user', content: text }]
  const before = provider.deliveries.length
  for (const [path, body] of [
    ['/v1/chat/completions', { model: 'compatible/counting', messages }],
    ['/v1/messages', { model: 'compatible/counting', messages, max_tokens: 20 }],
    ['/v1/responses', { model: 'compatible/counting', input: text }],
    ['/v1/embeddings', { model: 'riwaq/sandbox-embedding', input: text }],
    ['/v1/moderations', { input: text }],
  ] as const) {
    const answer = await call(path, body)
    expect([path, answer.status]).toEqual([path, 400])
    expect(await answer.text()).toContain('content_rejected')
  }
  expect(provider.deliveries.length).toBe(before)
  const { data } = await person.json<{ data: { kind: string }[] }>('/api/usage/entries')
  expect(data.filter(({ kind }) => kind === 'charge')).toEqual([])
})

const filesIn = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    const found = statSync(path, { throwIfNoEntry: false })
    return found?.isDirectory() ? filesIn(path) : found?.isFile() ? [path] : []
  })

/** Everything that the platform has on disk: databases, objects, the bucket, logs. */
const whereIs = (marker: string): string[] =>
  filesIn(dataDir).filter((path) => {
    try {
      return readFileSync(path).includes(marker)
    } catch {
      return false
    }
  })

async function askEverything(key: string, marker: string): Promise<void> {
  const call = caller(key)
  // Often, so that no border of a page can hide it.
  const text = `Remember this: ${`${marker} `.repeat(20)}`
  const messages = [{ role: 'user', content: text }]
  const once = () => ({ 'idempotency-key': randomUUID(), 'x-riwaq-cache': 'use', 'x-riwaq-cache-ttl': '600' })
  for (const [path, body] of [
    ['/v1/chat/completions', { model: guide, messages }],
    ['/v1/chat/completions', { model: guide, messages, stream: true }],
    ['/v1/messages', { model: guide, messages, max_tokens: 50 }],
    ['/v1/messages', { model: guide, messages, max_tokens: 50, stream: true }],
    ['/v1/messages/count_tokens', { model: guide, messages }],
    ['/v1/responses', { model: guide, input: text }],
    ['/v1/responses', { model: guide, input: text, stream: true }],
    ['/v1/embeddings', { model: 'riwaq/sandbox-embedding', input: text }],
    ['/v1/moderations', { model: 'riwaq/sandbox-moderation', input: text }],
  ] as const) {
    const answer = await call(path, body, once())
    expect([path, answer.status, await answer.text().then((said) => said.length > 0)]).toEqual([path, 200, true])
  }
  // Refused, failed and cut short as well.
  await (await call('/v1/chat/completions', { model: 'nobody/knows', messages })).text()
  const failing = { ...messages[0]!, content: JSON.stringify({ status: 500, note: text }) }
  await (await call('/v1/chat/completions', { model: 'compatible/counting', messages: [failing] }, once())).text()
  const leaving = new AbortController()
  const stream = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...once() },
    body: JSON.stringify({ model: 'riwaq/sandbox-slow-guide', messages, stream: true }),
    signal: leaving.signal,
  })
  await stream.body!.getReader().read()
  leaving.abort()
}

const charges = async (person: Person): Promise<number> =>
  (await person.json<{ data: { kind: string }[] }>('/api/usage/entries?limit=100')).data.filter(
    ({ kind }) => kind === 'charge',
  ).length

test('an organization that keeps nothing has nothing of what it said anywhere', async () => {
  const marker = randomUUID()
  const person = await signUp(url)
  await decide(person, {
    zero_retention: true,
    request_log: { sample_percent: 100, content: 'full', retention_days: 1 },
    response_retention_days: 30,
  })
  const { key } = await createKey(person, { cache_seconds: 600 })
  await askEverything(key, marker)
  await eventually(
    () => charges(person),
    (count) => count >= 9,
  )
  expect(await listOf(person)).toEqual([])

  // The same, kept: it would have been found.
  const keptMarker = randomUUID()
  const other = await signUp(url)
  await decide(other, { request_log: { sample_percent: 100, content: 'full', retention_days: 1 } })
  await askEverything((await createKey(other, { cache_seconds: 600 })).key, keptMarker)
  await eventually(
    () => whereIs(keptMarker).length,
    (count) => count > 3,
  )
  expect(whereIs(marker)).toEqual([])
}, 120_000)

test('where nothing is kept, an Idempotency-Key still prevents a second charge', async () => {
  const person = await signUp(url)
  await decide(person, { zero_retention: true })
  const call = caller((await createKey(person)).key)
  const body = { model: guide, messages: [{ role: 'user', content: 'once' }] }
  const headers = { 'idempotency-key': randomUUID() }
  expect((await call('/v1/chat/completions', body, headers)).status).toBe(200)
  const again = await eventually(
    () => call('/v1/chat/completions', body, headers),
    ({ status }) => status === 409,
  )
  expect(await again.json()).toMatchObject({ error: { code: 'conflict' } })
  expect(await charges(person)).toBe(1)
})

test('a logged request tells what became of it, to those who run the organization', async () => {
  const person = await signUp(url)
  await decide(person, { request_log: { sample_percent: 100, content: 'redacted', retention_days: 7 } })
  const { key, id: keyId } = await createKey(person)
  const call = caller(key)
  const answer = await call('/v1/chat/completions', {
    model: 'compatible/counting',
    messages: [{ role: 'user', content: 'My card is 4111 1111 1111 1111' }],
    stream: true,
  })
  await answer.text()
  const requestId = answer.headers.get('x-request-id')!
  expect((await call('/v1/chat/completions', { model: 'nobody/knows', messages: [] })).status).toBe(400)
  const [entry] = await eventually(
    () => listOf(person, `?key_id=${keyId}&status=ok`),
    (list) => list.length === 1,
  )
  expect(entry).toMatchObject({
    id: requestId,
    key_id: keyId,
    model: 'compatible/counting',
    provider: 'compatible',
    status: 200,
    ending: 'complete',
    stream: true,
    usage: { input_tokens: 10, output_tokens: 5 },
    cost_micros: 20,
  })
  const detail = await eventually(
    () => person.json<RequestLogDetail>(`/api/requests/${requestId}`),
    ({ kept }) => kept !== null,
  )
  expect(detail.kept).toMatchObject({
    request: { messages: [{ content: 'My card is [card]' }] },
    answer: { text: 'w0 w1 w2 w3 w4 ' },
  })
  const stranger = await signUp(url)
  expect((await stranger.request(`/api/requests/${requestId}`)).status).toBe(404)
  expect((await person.request(`/api/requests/${requestId}`, { method: 'DELETE' })).status).toBe(204)
  expect((await person.request(`/api/requests/${requestId}`)).status).toBe(404)
})

test.each([
  { locale: 'en', words: en, width: 1280 },
  { locale: 'ar', words: ar, width: 360 },
])('$locale: the page of requests explains the policy, and shows and deletes what it keeps', async (journey) => {
  const { locale, words, width } = journey
  const person = await signUp(url)
  const context = await contextOf(browser, { url, cookie: person.cookie, width })
  const { page, complaints } = await openPage(context)
  await page.goto(`/${locale}/requests`)
  await page.getByText(words['requests.off-title']).waitFor()
  expect(await page.getByRole('link', { name: words['requests.open-policies'] }).getAttribute('href')).toContain(
    `/${locale}/policies`,
  )

  await decide(person, { request_log: { sample_percent: 100, content: 'full', retention_days: 7 } })
  const call = caller((await createKey(person)).key)
  const content = 'كم عمر القاهرة؟'
  const answer = await call('/v1/chat/completions', {
    model: 'compatible/counting',
    messages: [{ role: 'user', content }],
  })
  await answer.text()
  await eventually(
    () => listOf(person),
    (list) => list.length === 1,
  )
  await page.reload()
  const row = page.getByRole('row').filter({ hasText: 'compatible/counting' })
  await row.waitFor()
  expect(await faultsOf(page)).toEqual([])

  await page.getByLabel(words['requests.status'], { exact: true }).selectOption('error')
  await page.getByText(words['requests.none-title']).waitFor()
  await page.getByRole('button', { name: words['requests.clear'] }).first().click()
  await row.waitFor()

  const opener = row.getByRole('button')
  await opener.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: words['requests.detail-title'], exact: true })
  await dialog.getByText(content).waitFor()
  await dialog.getByText('w0 w1 w2 w3 w4').waitFor()
  expect(await faultsOf(page)).toEqual([])
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  await page.waitForFunction((name) => document.activeElement?.getAttribute('aria-label')?.includes(name), 'req_')

  await opener.click()
  await dialog.getByRole('button', { name: words['requests.delete'] }).click()
  const sure = page.getByRole('dialog', { name: words['requests.delete-title'] })
  await sure.getByRole('button', { name: words['requests.delete'] }).click()
  await page.getByText(words['requests.deleted']).waitFor()
  await page.getByText(words['requests.empty-title']).waitFor()
  expect(await listOf(person)).toEqual([])
  expect(complaints).toEqual([])
  await context.close()
})
