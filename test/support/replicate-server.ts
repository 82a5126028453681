// Replicate's predictions on this machine: orders, looks, results behind links, signed messages, and what can go wrong.
import { createHmac, randomUUID } from 'node:crypto'
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

export interface ReplicateServer {
  /** For REPLICATE_BASE_URL. */
  url: string
  /** For REPLICATE_WEBHOOK_SECRET. */
  secret: string
  orders: VendorOrder[]
  /** Files that were sent before an order, in bytes. */
  uploads: number[]
  /** For the orders to come. */
  behave(conduct: Partial<VendorConduct>): void
  /** Says that an order is done, as its conduct tells it to. */
  announce(order: VendorOrder): Promise<void>
  close(): Promise<void>
}

interface Options {
  key?: string
  port?: number
  picture?: () => Buffer
}

const STALE_SECONDS = 3_600
const secretOf = (words: string): string => `whsec_${Buffer.from(words.padEnd(32, '.')).toString('base64')}`

/** For the settings of a platform that is there before the server. */
export const replicateSecret = secretOf('a secret of this server alone')

export async function startReplicateServer({
  key = 'replicate-key',
  port,
  picture = plainPng,
}: Options = {}): Promise<ReplicateServer> {
  const orders: VendorOrder[] = []
  const uploads: number[] = []
  const secret = replicateSecret
  let conduct: VendorConduct = goodConduct
  let origin = ''

  const outputOf = ({ id, input, conduct: { fault } }: VendorOrder): string[] | string => {
    const asked = Number(input['num_outputs'] ?? 1)
    const many = fault === 'no-image' ? 0 : fault === 'wrong-count' ? asked + 1 : asked
    const ending = fault === 'vanished' ? 'gone' : fault === 'not-an-image' ? 'html' : 'png'
    const links = Array.from({ length: many }, (_, index) => `${origin}/files/${id}-${index}.${ending}`)
    return links.length === 1 ? links[0]! : links
  }

  const errors: Partial<Record<NonNullable<VendorConduct['fault']>, string>> = {
    failed: 'CUDA out of memory',
    refused: 'The input or output was flagged as sensitive. Please try again with different inputs. (E005)',
    nsfw: 'NSFW content detected. Try running it again, or try a different prompt.',
  }

  const prediction = (order: VendorOrder, status: string) => ({
    id: order.id,
    status,
    input: order.input,
    output: status === 'succeeded' ? outputOf(order) : null,
    error: status === 'failed' ? errors[order.conduct.fault ?? 'failed'] : null,
    logs: status === 'processing' ? `seed 1\n ${Math.min(95, order.looks * 20)}%|##        |` : '',
    urls: { get: `${origin}/v1/predictions/${order.id}`, cancel: `${origin}/v1/predictions/${order.id}/cancel` },
  })

  const show = (order: VendorOrder) => {
    if (order.cancelled) return prediction(order, 'canceled')
    const seen = lookAt(order)
    if (seen !== 'done') return prediction(order, seen === 'waiting' ? 'starting' : 'processing')
    return prediction(order, order.conduct.fault !== null && order.conduct.fault in errors ? 'failed' : 'succeeded')
  }

  const signed = (body: string, how: VendorConduct['webhook']): Record<string, string> => {
    const timestamp = String(Math.floor(Date.now() / 1_000) - (how === 'stale' ? STALE_SECONDS : 0))
    const id = `msg_${randomUUID()}`
    const used = Buffer.from((how === 'forged' ? secretOf('another') : secret).slice('whsec_'.length), 'base64')
    const signature = createHmac('sha256', used).update(`${id}.${timestamp}.${body}`).digest('base64')
    return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
  }

  const announce = (order: VendorOrder): Promise<void> => {
    const body = JSON.stringify(prediction(order, 'succeeded'))
    return tell(order, body, (how) => signed(body, how))
  }

  const take = ({ url, body }: VendorCall): Response => {
    if (conduct.fault === 'rate-limited')
      return json({ detail: 'Request was throttled.', status: 429 }, 429, { 'retry-after': '1' })
    if (conduct.fault === 'down') return json({ detail: 'Internal server error' }, 503)
    const asked = JSON.parse(body.toString()) as { input: Record<string, unknown>; webhook?: string }
    const order: VendorOrder = {
      id: randomUUID().replaceAll('-', ''),
      path: url.pathname,
      input: asked.input,
      webhook: asked.webhook ?? null,
      looks: 0,
      cancelled: false,
      conduct,
      told: [],
    }
    orders.push(order)
    return json(prediction(order, 'starting'), 201)
  }

  const server = await startVendorServer((call) => {
    const { method, url, headers, body } = call
    if (url.pathname.startsWith('/files/')) {
      if (url.pathname.endsWith('.gone')) return new Response('gone', { status: 404 })
      if (url.pathname.endsWith('.html'))
        return new Response('<html></html>', { headers: { 'content-type': 'image/png' } })
      return new Response(new Uint8Array(picture()), { headers: { 'content-type': 'image/png' } })
    }
    if (headers.get('authorization') !== `Bearer ${key}`)
      return json({ title: 'Unauthenticated', detail: 'You did not pass a valid token', status: 401 }, 401)
    if (url.pathname === '/v1/files') {
      uploads.push(body.length)
      return json({ id: 'file', urls: { get: `${origin}/v1/files/${uploads.length}` } }, 201)
    }
    const [, id, what] = /^\/v1\/predictions\/(\w+)(?:\/(\w+))?$/.exec(url.pathname) ?? []
    if (id === undefined) return method === 'POST' ? take(call) : json({ detail: 'Not found' }, 404)
    const order = orders.find((candidate) => candidate.id === id)
    if (!order) return json({ detail: 'Not found', status: 404 }, 404)
    if (what === 'cancel') order.cancelled = true
    return json(what === 'cancel' ? prediction(order, 'canceled') : show(order))
  }, port)
  origin = server.url
  return {
    url: origin,
    secret,
    orders,
    uploads,
    behave: (next) => void (conduct = { ...goodConduct, ...next }),
    announce,
    close: server.close,
  }
}
