// Checked by the package that receivers use, and which knows nothing of this code.
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { createSigningSecret, signatureHeaders } from './signature.ts'

const body = JSON.stringify({ type: 'key.created', data: { name: 'مفتاح' } })
const now = () => Date.now()

test('a receiver with the secret accepts what was signed', async () => {
  const secret = createSigningSecret()
  const headers = await signatureHeaders({ eventId: 'evt_1', at: now(), body, secrets: [secret] })
  expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body))
})

test('a secret has its prefix and enough bytes, and no two are alike', () => {
  const secret = createSigningSecret()
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect(createSigningSecret()).not.toBe(secret)
})

test('while a secret is replaced, receivers with either one accept', async () => {
  const [next, previous] = [createSigningSecret(), createSigningSecret()]
  const headers = await signatureHeaders({ eventId: 'evt_1', at: now(), body, secrets: [next, previous] })
  expect(headers['webhook-signature']?.split(' ')).toHaveLength(2)
  for (const secret of [next, previous]) expect(() => new Webhook(secret).verify(body, headers)).not.toThrow()
})

test('another secret, another body, another id or an old time is refused', async () => {
  const secret = createSigningSecret()
  const headers = await signatureHeaders({ eventId: 'evt_1', at: now(), body, secrets: [secret] })
  const receiver = new Webhook(secret)
  expect(() => new Webhook(createSigningSecret()).verify(body, headers)).toThrow()
  expect(() => receiver.verify(`${body} `, headers)).toThrow()
  expect(() => receiver.verify(body, { ...headers, 'webhook-id': 'evt_2' })).toThrow()
  const old = await signatureHeaders({ eventId: 'evt_1', at: now() - 600_000, body, secrets: [secret] })
  expect(() => receiver.verify(body, old)).toThrow()
})

test('the signature is the one of the specification’s own example', async () => {
  const headers = await signatureHeaders({
    eventId: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    at: 1_614_265_330_000,
    body: '{"test": 2432232314}',
    secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
  })
  expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})
