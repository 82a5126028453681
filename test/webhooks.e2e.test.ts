// Somebody's own server is told what happens: signed, tried again while it fails, and shown in the log.
import type { Browser } from 'playwright-core'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { WebhookDelivery, WebhookDeliveryDetails, WebhookWithSecret } from '#shared/contracts/webhooks'
import { contextOf, launchBrowser, openPage } from './support/browser.ts'
import { eventually } from './support/eventually.ts'
import { createKey, signUp, type Person } from './support/person.ts'
import { freePort } from './support/start-platform.ts'
import { startWebhookReceiver, type WebhookReceiver } from './support/webhook-receiver.ts'

const url = inject('platformUrl')

let port: number
let receiver: WebhookReceiver
let browser: Browser
beforeAll(async () => {
  port = await freePort()
  receiver = await startWebhookReceiver({
    port,
    answer: ({ path, headers }, before) => {
      const earlier = before.filter((each) => each.headers['webhook-id'] === headers['webhook-id']).length
      if (path === '/gone') return 410
      return path === '/flaky' && earlier < 2 ? 503 : 204
    },
  })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await receiver?.close()
})

const addWebhook = (person: Person, path: string, more: object = {}) =>
  person.json<WebhookWithSecret>('/api/webhooks', {
    method: 'POST',
    body: JSON.stringify({ url: `http://127.0.0.1:${port}${path}`, ...more }),
  })
const deliveriesOf = async (person: Person, id: string) =>
  (await person.json<{ data: WebhookDelivery[] }>(`/api/webhooks/${id}/deliveries`)).data
const ended = (deliveries: WebhookDelivery[]) =>
  deliveries.length > 0 && deliveries.every(({ status }) => status !== 'pending')
const receivedAt = (path: string) => receiver.received.filter((each) => each.path === path)

test('a server that fails twice is told the third time, with a signature that anybody can check', async () => {
  const person = await signUp(url)
  const { id, secret } = await addWebhook(person, '/flaky')
  const asked = await person.request(`/api/webhooks/${id}/test`, { method: 'POST' })
  expect(asked.status).toBe(202)
  const [delivery] = await eventually(() => deliveriesOf(person, id), ended)
  expect(delivery).toMatchObject({ status: 'delivered', attempts: 3, response_status: 204, event_type: 'webhook.test' })
  const details = await person.json<WebhookDeliveryDetails>(`/api/webhooks/deliveries/${delivery!.id}`)
  expect(details.attempt_log).toMatchObject([
    { number: 1, response_status: 503, response_body: 'not now', error: 'refused' },
    { number: 2, response_status: 503 },
    { number: 3, response_status: 204, error: null },
  ])
  const told = receivedAt('/flaky')
  expect(told.map(({ status }) => status)).toEqual([503, 503, 204])
  for (const { headers, body } of told) {
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({
      id: delivery!.event_id,
      type: 'webhook.test',
      organization_id: person.organizationId,
    })
    expect(body).toBe(details.payload)
  }
})

test('what happens in an organization reaches it, and no other organization’s server', async () => {
  const person = await signUp(url)
  const { secret } = await addWebhook(person, '/mine', { event_types: ['key.created', 'key.revoked'] })
  const other = await signUp(url)
  await addWebhook(other, '/theirs')
  const key = await createKey(person, { name: 'made for a test' })
  await person.json(`/api/keys/${key.id}`, { method: 'DELETE' })
  const told = await eventually(
    () => receivedAt('/mine'),
    ({ length }) => length >= 2,
  )
  const events = told.map(({ body, headers }) => new Webhook(secret).verify(body, headers) as { type: string })
  expect(events.map(({ type }) => type).toSorted()).toEqual(['key.created', 'key.revoked'])
  expect(JSON.stringify(events)).toContain('made for a test')
  expect(JSON.stringify(told)).not.toContain(key.key)
  expect(receivedAt('/theirs')).toEqual([])
})

test('a secret is replaced without losing a delivery', async () => {
  const person = await signUp(url)
  const { id, secret } = await addWebhook(person, '/rotated')
  const next = await person.json<WebhookWithSecret>(`/api/webhooks/${id}/rotate-secret`, { method: 'POST' })
  await person.json(`/api/webhooks/${id}/test`, { method: 'POST' })
  const [told] = await eventually(
    () => receivedAt('/rotated'),
    ({ length }) => length > 0,
  )
  for (const each of [secret, next.secret])
    expect(() => new Webhook(each).verify(told!.body, told!.headers)).not.toThrow()
})

test('who is gone is switched off, and the audit log says by whom', async () => {
  const person = await signUp(url)
  const { id } = await addWebhook(person, '/gone')
  await person.json(`/api/webhooks/${id}/test`, { method: 'POST' })
  const [delivery] = await eventually(() => deliveriesOf(person, id), ended)
  expect(delivery).toMatchObject({ status: 'failed', response_status: 410, attempts: 1 })
  expect(await person.json(`/api/webhooks/${id}`)).toMatchObject({ enabled: false, disabled_reason: 'gone' })
  const audit = await person.json<{ data: { action: string; actor_user_id: string | null }[] }>(
    '/api/organizations/current/audit',
  )
  const actions = audit.data.filter(({ action }) => action.startsWith('webhook.'))
  expect(actions).toMatchObject([
    { action: 'webhook.disabled', actor_user_id: null },
    { action: 'webhook.created', actor_user_id: expect.stringMatching(/^usr_/) },
  ])
})

test('another’s webhook is not there, and a private address is none to be told', async () => {
  const [person, stranger] = await Promise.all([signUp(url), signUp(url)])
  const { id } = await addWebhook(person, '/hidden')
  for (const path of [`/${id}`, `/${id}/deliveries`])
    expect((await stranger.request(`/api/webhooks${path}`)).status).toBe(404)
  for (const address of ['http://169.254.169.254/', 'https://10.0.0.1/', 'http://example.com/']) {
    const refused = await person.request('/api/webhooks', { method: 'POST', body: JSON.stringify({ url: address }) })
    expect(refused.status).toBe(400)
    expect(await refused.json()).toMatchObject({ code: 'invalid_request', param: 'url' })
  }
})

const words = {
  en: {
    add: 'Add webhook',
    address: 'Address',
    stored: 'I have stored it',
    test: /^Send test to/,
    delivered: 'Delivered',
  },
  ar: { add: 'أضف خطاف ويب', address: 'العنوان', stored: 'حفظته', test: /^أرسل اختبارًا إلى/, delivered: 'وصل' },
} as const

test.each(['en', 'ar'] as const)(
  '%s: one adds a webhook, sees its secret once, and watches a test arrive',
  async (locale) => {
    const person = await signUp(url)
    const context = await contextOf(browser, { url, cookie: person.cookie })
    const { page, complaints } = await openPage(context)
    const say = words[locale]
    await page.goto(`/${locale}/webhooks`)
    await page.getByRole('button', { name: say.add }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(say.address).fill('https://192.168.1.1/')
    await dialog.getByRole('button', { name: say.add }).click()
    await dialog.locator('[aria-invalid=true]').waitFor()
    await dialog.getByLabel(say.address).fill(`http://127.0.0.1:${port}/page-${locale}`)
    await dialog.getByRole('button', { name: say.add }).click()
    const secret = page.locator('.webhooks-secret input')
    await secret.waitFor()
    const shown = await secret.inputValue()
    await page.getByRole('button', { name: say.stored }).click()
    await page.getByRole('button', { name: say.test }).click()
    const row = page.locator('.webhooks-delivery', { hasText: say.delivered })
    await row.waitFor()
    await row.locator('summary').click()
    await row.getByText('HTTP 204').last().waitFor()
    expect(await page.content()).not.toContain(shown)
    const [told] = receivedAt(`/page-${locale}`)
    expect(() => new Webhook(shown).verify(told!.body, told!.headers)).not.toThrow()
    expect(complaints).toEqual([])
    await context.close()
  },
)
