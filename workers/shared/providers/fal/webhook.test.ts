import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { expect, test } from 'vitest'
import { createFalWebhook } from './webhook.ts'

const NOW = Date.UTC(2026, 10, 22)
const body = Buffer.from(JSON.stringify({ request_id: 'r', status: 'OK', payload: { text: 'مرحبا' } }))
const own = generateKeyPairSync('ed25519')
const other = generateKeyPairSync('ed25519')

function signed({ key = own.privateKey, at = NOW, over = body }: { key?: KeyObject; at?: number; over?: Buffer } = {}) {
  const [requestId, userId, timestamp] = ['request', 'user', String(Math.floor(at / 1_000))]
  const digest = createHash('sha256').update(over).digest('hex')
  const message = Buffer.from(`${requestId}\n${userId}\n${timestamp}\n${digest}`)
  return new Headers({
    'x-fal-webhook-request-id': requestId,
    'x-fal-webhook-user-id': userId,
    'x-fal-webhook-timestamp': timestamp,
    'x-fal-webhook-signature': sign(null, message, key).toString('hex'),
  })
}

function createWorld(keys: KeyObject[] = [own.publicKey]) {
  const world = { asked: 0, keys, answer: null as Response | null }
  const check = createFalWebhook({
    fetch: async () => {
      world.asked++
      return world.answer?.clone() ?? Response.json({ keys: world.keys.map((key) => key.export({ format: 'jwk' })) })
    },
  })
  const verify = (headers: Headers, { now = NOW, bytes = body }: { now?: number; bytes?: Uint8Array } = {}) =>
    check.verify({ headers, body: bytes, url: 'https://riwaq.example/', now, signal: new AbortController().signal })
  return { world, verify }
}

test('a message that fal has signed is believed, and its keys are read once', async () => {
  const { world, verify } = createWorld()
  expect(await verify(signed())).toBe(true)
  expect(await verify(signed())).toBe(true)
  expect(world.asked).toBe(1)
})

test('any of its keys will do', async () => {
  const { verify } = createWorld([other.publicKey, own.publicKey])
  expect(await verify(signed())).toBe(true)
})

test('somebody else’s signature, or another body, is not', async () => {
  const { verify } = createWorld()
  expect(await verify(signed({ key: other.privateKey }))).toBe(false)
  expect(await verify(signed(), { bytes: Buffer.from('{}') })).toBe(false)
})

test.each([-301_000, 301_000])('a message that is %d ms off is an old one, sent again', async (off) => {
  const { world, verify } = createWorld()
  expect(await verify(signed({ at: NOW + off }))).toBe(false)
  expect(world.asked).toBe(0)
})

test.each(['request-id', 'user-id', 'timestamp', 'signature'])('without its %s it is nobody’s', async (name) => {
  const { verify } = createWorld()
  const headers = signed()
  headers.delete(`x-fal-webhook-${name}`)
  expect(await verify(headers)).toBe(false)
})

test.each(['', 'zz', 'ab'.repeat(63), 'ab'.repeat(65), 'ab'.repeat(64)])('%j is no signature', async (signature) => {
  const { verify } = createWorld()
  const headers = signed()
  headers.set('x-fal-webhook-signature', signature)
  expect(await verify(headers)).toBe(false)
})

test('a key that fal has changed is learnt, but strangers cannot make us ask without end', async () => {
  const { world, verify } = createWorld([other.publicKey])
  expect(await verify(signed())).toBe(false)
  world.keys = [own.publicKey]
  for (let time = 0; time < 5; time++) expect(await verify(signed())).toBe(false)
  expect(world.asked).toBe(1)
  const later = NOW + 61_000
  expect(await verify(signed({ at: later }), { now: later })).toBe(true)
  expect(world.asked).toBe(2)
})

test.each([
  ['is down', new Response('no', { status: 500 })],
  ['talks nonsense', new Response('<html>')],
  ['has no keys', Response.json({ keys: [] })],
])('where fal’s list of keys %s nothing is believed', async (_what, answer) => {
  const { world, verify } = createWorld()
  world.answer = answer
  expect(await verify(signed())).toBe(false)
})
