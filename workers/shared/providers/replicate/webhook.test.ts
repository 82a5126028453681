import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { createReplicateWebhook } from './webhook.ts'

const NOW = Date.UTC(2026, 10, 22)
const secret = `whsec_${Buffer.from('thirty-two letters of a secret!!').toString('base64')}`
const other = `whsec_${Buffer.from('thirty-two letters of another!!!').toString('base64')}`
const body = JSON.stringify({ id: 'p1', status: 'succeeded', logs: 'مرحبا' })

/** By the scheme's own library. */
function signed({ with: used = secret, at = NOW, over = body } = {}): Headers {
  return new Headers({
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(at / 1_000)),
    'webhook-signature': new Webhook(used).sign('msg_1', new Date(at), over),
  })
}

const verify = (headers: Headers, text = body) =>
  createReplicateWebhook({ secret }).verify({
    headers,
    body: new TextEncoder().encode(text),
    url: 'https://riwaq.example/',
    now: NOW,
    signal: new AbortController().signal,
  })

test('a message that Replicate has signed is believed', async () => {
  expect(await verify(signed())).toBe(true)
})

test('one of several signatures is enough, while a secret is replaced', async () => {
  const headers = signed()
  headers.set('webhook-signature', `v1,bm90IHRoaXM= v2,whatever ${headers.get('webhook-signature')}`)
  expect(await verify(headers)).toBe(true)
})

test('another secret, another body or another name is not', async () => {
  expect(await verify(signed({ with: other }))).toBe(false)
  expect(await verify(signed(), `${body} `)).toBe(false)
  const renamed = signed()
  renamed.set('webhook-id', 'msg_2')
  expect(await verify(renamed)).toBe(false)
})

test.each([-301_000, 301_000])('one that is %d ms off is an old one, sent again', async (off) => {
  expect(await verify(signed({ at: NOW + off }))).toBe(false)
})

test.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('without %s it is nobody’s', async (name) => {
  const headers = signed()
  headers.delete(name)
  expect(await verify(headers)).toBe(false)
})
