// What was used, on the whole platform: from the charge in the ledger to the chart, the file and the operator's numbers.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { UsageForecast, UsageSeries } from '#shared/contracts/usage'
import ar from '../site/src/i18n/locales/ar.ts'
import en from '../site/src/i18n/locales/en.ts'
import { faultsOf } from './support/axe.ts'
import { contextOf, launchBrowser, openPage } from './support/browser.ts'
import { eventually } from './support/eventually.ts'
import { createKey, signUp, type Person } from './support/person.ts'

const url = inject('platformUrl')
const guide = 'riwaq/sandbox-guide'
const embedding = 'riwaq/sandbox-embedding'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

/** Two calls with a key, one without. */
async function someUsage(person: Person) {
  const { id, key } = await createKey(person)
  const call = async (path: string, body: object, authorization?: string) => {
    const send = (init: RequestInit) => (authorization ? fetch(`${url}${path}`, init) : person.request(path, init))
    const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) }
    const response = await send({ method: 'POST', headers, body: JSON.stringify(body) })
    expect(response.status, await response.text()).toBe(200)
  }
  const ask = { model: guide, messages: [{ role: 'user', content: 'Hello' }] }
  await call('/v1/chat/completions', ask, `Bearer ${key}`)
  await call('/v1/embeddings', { model: embedding, input: 'words and more words' }, `Bearer ${key}`)
  await call('/v1/chat/completions', ask)
  const { data } = await person.json<{ data: { charged_micros: number }[] }>('/api/usage/summary?by=day')
  const series = (by: string) => person.json<UsageSeries>(`/api/usage/series?by=${by}`)
  const requests = ({ groups }: UsageSeries) => groups.reduce((sum, group) => sum + group.requests, 0)
  await eventually(
    () => series('model'),
    (found) => requests(found) === 3,
  )
  return { keyId: id, key, series, chargedMicros: data.reduce((sum, day) => sum + day.charged_micros, 0) }
}

test('within seconds a charge is in the series of its model, its key and its member, to the micro', async () => {
  const person = await signUp(url)
  const { keyId, series, chargedMicros } = await someUsage(person)
  const byModel = await series('model')
  expect(byModel.groups.map(({ group }) => group).toSorted()).toEqual([embedding, guide])
  const byKey = await series('key')
  expect(byKey.groups.find(({ group }) => group === keyId)).toMatchObject({ requests: 2 })
  expect(byKey.groups.find(({ group }) => group === null)).toMatchObject({ requests: 1 })
  for (const { groups, points } of [byModel, byKey, await series('member'), await series('service')])
    for (const rows of [groups, points])
      expect(rows.reduce((sum, row) => sum + row.charged_micros, 0)).toBe(chargedMicros)
  const forecast = await person.json<UsageForecast>('/api/usage/forecast')
  expect(forecast).toMatchObject({ spent_micros: chargedMicros, period: { of: 'calendar_month' } })
  expect(forecast.credit!.balance_micros).toBeGreaterThan(0)
})

test('the book is a file for a spreadsheet and for a program, for a key as well, and tells no cost', async () => {
  const person = await signUp(url)
  const { key } = await someUsage(person)
  const csv = await person.request('/api/usage/export?locale=ar')
  expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename="riwaq-usage-[\d-]+\.csv"$/)
  const bytes = new Uint8Array(await csv.arrayBuffer())
  expect(bytes.slice(0, 3)).toEqual(new Uint8Array([0xef, 0xbb, 0xbf]))
  const lines = new TextDecoder().decode(bytes).trim().split('\r\n')
  expect(lines[0]).toContain('معرّف القيد')
  // Welcome credit and three charges.
  expect(lines).toHaveLength(5)
  const json = await fetch(`${url}/api/usage/export?format=json`, { headers: { authorization: `Bearer ${key}` } })
  const text = await json.text()
  const { data } = JSON.parse(text) as { data: { amount_micros: number }[] }
  const { balance_micros: balance } = await person.json<{ balance_micros: number }>('/api/usage/balance')
  expect(data.reduce((sum, entry) => sum + entry.amount_micros, 0)).toBe(balance)
  expect(text).not.toContain('cost')
})

test('alerts are kept, and nobody but an operator sees the numbers of the deployment', async () => {
  const person = await signUp(url)
  const set = await person.json('/api/usage/alerts', { method: 'PUT', body: JSON.stringify({ percents: [90, 50] }) })
  expect(set).toMatchObject({ percents: [50, 90], told: [] })
  expect(await person.json('/api/usage/alerts')).toEqual(set)
  for (const path of ['numbers', 'provider-invoices'])
    expect((await person.request(`/api/billing/admin/${path}`)).status).toBe(403)
})

test.each([
  ['en', en, 1280],
  ['ar', ar, 390],
] as const)('the page draws it in %s, by keyboard and for screen readers too', async (locale, texts, width) => {
  const person = await signUp(url)
  await someUsage(person)
  const context = await contextOf(browser, { url, cookie: person.cookie, width })
  const { page, complaints } = await openPage(context)
  await page.goto(`/${locale}/usage?by=service`)
  await page.locator('.usage-legend').waitFor()
  const slider = page.getByRole('slider', { name: texts['usage.chart-scrubber'] })
  await slider.focus()
  expect(await slider.getAttribute('aria-valuetext')).toContain(texts['usage.service-chat'])
  await page.getByText(texts['usage.by-model'], { exact: true }).first().click()
  await page.waitForURL(/by=model/)
  await page.locator('.usage-legend', { hasText: guide }).waitFor()
  expect(await page.locator('table').first().textContent()).toContain(guide)
  expect(await page.getByRole('link', { name: 'CSV' }).getAttribute('href')).toContain(`locale=${locale}`)
  await page.getByRole('heading', { name: texts['usage.forecast'], exact: true }).waitFor()
  await page.getByLabel(texts['usage.alerts-shares']).fill('٤٠، 75')
  await page.getByRole('button', { name: texts['usage.alerts-save'] }).click()
  await page.getByText(texts['usage.alerts-saved'], { exact: true }).waitFor()
  expect(await page.getByLabel(texts['usage.alerts-shares']).inputValue()).toBe('40, 75')
  expect(await faultsOf(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  expect(complaints).toEqual([])
  await context.close()
})
