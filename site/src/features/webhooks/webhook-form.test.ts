import { expect, test } from 'vitest'
import type { Webhook } from '#shared/contracts/webhooks'
import { draftOf, newDraft, readWebhookDraft, toChange, type WebhookDraft } from './webhook-form.ts'

const url = 'https://hooks.example/riwaq'
const read = (change: Partial<WebhookDraft>, local = false) =>
  readWebhookDraft({ ...newDraft(), url, ...change }, { local })

const saved: Webhook = {
  id: 'whe_1',
  url,
  description: 'Books',
  event_types: ['key.created', 'member.joined'],
  enabled: true,
  disabled_reason: null,
  failing_since: null,
  previous_secret_until: null,
  created_at: 1,
  updated_at: 1,
}

test('a webhook with only an address wants every event', () => {
  expect(read({ url: `  ${url} ` })).toEqual({ ok: true, body: { url, description: '', event_types: null } })
})

test('chosen events are sent in the order of the list', () => {
  const reading = read({ limited: true, events: ['key.revoked', 'budget.exceeded'] })
  expect(reading).toMatchObject({ ok: true, body: { event_types: ['budget.exceeded', 'key.revoked'] } })
})

test.each([
  [{ url: ' ' }, { url: 'url-missing' }],
  [{ url: 'hooks.example' }, { url: 'not_a_url' }],
  [{ url: 'http://hooks.example' }, { url: 'scheme' }],
  [{ url: 'https://a:b@hooks.example' }, { url: 'credentials' }],
  [{ url: 'https://192.168.0.1/' }, { url: 'host' }],
  [{ url: 'https://hooks.example:25/' }, { url: 'port' }],
  [{ description: 'a'.repeat(201) }, { description: 'description-long' }],
  [{ limited: true }, { events: 'events-missing' }],
] as const)('%j is told as %j', (change, faults) => {
  expect(read(change as Partial<WebhookDraft>)).toEqual({ ok: false, faults })
})

test('on one’s own machine one’s own server may be told', () => {
  expect(read({ url: 'http://localhost:3000/' }, true).ok).toBe(true)
})

test('only what was changed is sent', () => {
  const reading = readWebhookDraft({ ...draftOf(saved), description: ' Ledger ' }, { local: false })
  expect(reading.ok && toChange(saved, reading.body)).toEqual({ description: 'Ledger' })
  const same = readWebhookDraft(draftOf(saved), { local: false })
  expect(same.ok && toChange(saved, same.body)).toEqual({})
})
