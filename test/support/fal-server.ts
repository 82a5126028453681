// fal's queue on this machine: orders, looks, results behind links, signed messages, and everything that can go wrong.
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { plainPng } from './plain-png.ts'
import {
  goodConduct,
  json,
  lookAt,
  startVendorServer,
  tell,
  type VendorCall,
  type VendorConduct,
  type VendorOrder,
} from './vendor-server.ts'

export interface FalServer {
  /** For FAL_BASE_URL. */
  url: string
  /** For FAL_JWKS_URL. */
  jwksUrl: string
  orders: VendorOrder[]
  /** For the orders to come. */
  behave(conduct: Partial<VendorConduct>): void
  /** Says that an order is done, as its conduct tells it to. */
  announce(order: VendorOrder): Promise<void>
  close(): Promise<void>
}

interface Options {
  key?: string
  port?: number
  /** Of each picture that is made. */
  picture?: () => Buffer
}

const STALE_SECONDS = 3_600

export async function startFalServer({ key = 'fal-key', port, picture = plainPng }: Options = {}): Promise<FalServer> {
  const orders: VendorOrder[] = []
  const [own, foreign] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')]
  let conduct: VendorConduct = goodConduct
  let origin = ''

  const addressesOf = ({ id, path }: VendorOrder) => {
    const app = `${origin}/${path.split('/').slice(0, 2).join('/')}/requests/${id}`
    return { request_id: id, status_url: `${app}/status`, response_url: app, cancel_url: `${app}/cancel` }
  }

  const resultOf = ({ id, input, conduct: { fault } }: VendorOrder): Response => {
    if (fault === 'failed')
      return json({ detail: [{ loc: ['body'], msg: 'it broke', type: 'internal_server_error' }] }, 500)
    if (fault === 'refused')
      return json({ detail: [{ loc: ['body', 'prompt'], msg: 'not allowed', type: 'content_policy_violation' }] }, 422)
    const asked = Number(input['num_images'] ?? 1)
    const many = fault === 'no-image' ? 0 : fault === 'wrong-count' ? asked + 1 : asked
    const ending = fault === 'vanished' ? 'gone' : fault === 'not-an-image' ? 'html' : 'png'
    const images = Array.from({ length: many }, (_, index) => ({
      url: `${origin}/files/${id}-${index}.${ending}`,
      content_type: 'image/png',
    }))
    const seed = Number(input['seed'] ?? 4_711)
    return json({ images, seed, has_nsfw_concepts: images.map(() => fault === 'nsfw'), prompt: input['prompt'] })
  }

  const signed = (body: string, how: VendorConduct['webhook']): Record<string, string> => {
    const timestamp = String(Math.floor(Date.now() / 1_000) - (how === 'stale' ? STALE_SECONDS : 0))
    const [requestId, userId] = [randomUUID(), 'user_1']
    const digest = createHash('sha256').update(body).digest('hex')
    const message = Buffer.from([requestId, userId, timestamp, digest].join('\n'))
    return {
      'x-fal-webhook-request-id': requestId,
      'x-fal-webhook-user-id': userId,
      'x-fal-webhook-timestamp': timestamp,
      'x-fal-webhook-signature': sign(null, message, (how === 'forged' ? foreign : own).privateKey).toString('hex'),
    }
  }

  const announce = (order: VendorOrder): Promise<void> => {
    const body = JSON.stringify({ request_id: order.id, status: 'OK', payload: null })
    return tell(order, body, (how) => signed(body, how))
  }

  const take = ({ url, body }: VendorCall): Response => {
    if (conduct.fault === 'rate-limited') return json({ detail: 'Too many requests' }, 429, { 'retry-after': '1' })
    if (conduct.fault === 'down') return json({ detail: 'Service unavailable' }, 503)
    const order: VendorOrder = {
      id: randomUUID(),
      path: url.pathname.slice(1),
      input: JSON.parse(body.toString()) as Record<string, unknown>,
      webhook: url.searchParams.get('fal_webhook'),
      looks: 0,
      cancelled: false,
      conduct,
      told: [],
    }
    orders.push(order)
    return json({ ...addressesOf(order), status: 'IN_QUEUE', queue_position: 0 })
  }

  const show = (order: VendorOrder): Response => {
    const seen = lookAt(order)
    if (seen === 'waiting') return json({ status: 'IN_QUEUE', queue_position: 1, ...addressesOf(order) })
    if (seen === 'done') return json({ status: 'COMPLETED', ...addressesOf(order) })
    const message = `${Math.min(95, order.looks * 20)}%|####      |`
    return json({ status: 'IN_PROGRESS', logs: [{ message, level: 'INFO' }], ...addressesOf(order) })
  }

  const server = await startVendorServer((call) => {
    const { method, url, headers } = call
    if (url.pathname === '/.well-known/jwks.json') return json({ keys: [own.publicKey.export({ format: 'jwk' })] })
    if (url.pathname.startsWith('/files/')) {
      if (url.pathname.endsWith('.gone')) return new Response('gone', { status: 404 })
      if (url.pathname.endsWith('.html'))
        return new Response('<html></html>', { headers: { 'content-type': 'image/png' } })
      return new Response(new Uint8Array(picture()), { headers: { 'content-type': 'image/png' } })
    }
    if (headers.get('authorization') !== `Key ${key}`) return json({ detail: 'Authentication is required' }, 401)
    const [, id, what] = /\/requests\/([\w-]+)(?:\/(\w+))?$/.exec(url.pathname) ?? []
    if (id === undefined) return take(call)
    const order = orders.find((candidate) => candidate.id === id)
    if (!order) return json({ detail: 'Request not found' }, 404)
    if (what === 'status') return show(order)
    if (what === 'cancel' && method === 'PUT') {
      order.cancelled = true
      return json({ status: 'CANCELLATION_REQUESTED' }, 202)
    }
    return resultOf(order)
  }, port)
  origin = server.url
  return {
    url: origin,
    jwksUrl: `${origin}/.well-known/jwks.json`,
    orders,
    behave: (next) => void (conduct = { ...goodConduct, ...next }),
    announce,
    close: server.close,
  }
}
