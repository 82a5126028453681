// What servers that stand in for a vendor of pictures have in common: real HTTP, and what is wrong with them today.
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the next orders meet. */
export interface VendorConduct {
  /** Looks that find an order at work before it is done. */
  looks: number
  fault:
    | null
    /** It is never done. */
    | 'slow'
    | 'failed'
    /** By its policy. */
    | 'refused'
    | 'vanished'
    | 'wrong-count'
    | 'no-image'
    | 'not-an-image'
    | 'rate-limited'
    | 'down'
    | 'nsfw'
  /** How it tells that an order is done, as soon as that has been found out by a look or `finish`. */
  webhook: 'signed' | 'twice' | 'forged' | 'stale' | 'none'
}

export const goodConduct: VendorConduct = { looks: 1, fault: null, webhook: 'none' }

export interface VendorCall {
  method: string
  url: URL
  headers: Headers
  body: Buffer
}

export interface VendorOrder {
  id: string
  /** As it was asked, path and all. */
  path: string
  input: Record<string, unknown>
  webhook: string | null
  looks: number
  cancelled: boolean
  conduct: VendorConduct
  /** How many messages were sent, and what was answered to each. */
  told: number[]
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const part of request) chunks.push(Buffer.from(part as Uint8Array))
  return Buffer.concat(chunks)
}

export interface VendorServer {
  url: string
  close(): Promise<void>
}

export async function startVendorServer(
  answer: (call: VendorCall) => Response | Promise<Response>,
  port = 0,
): Promise<VendorServer> {
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`)
      const headers = new Headers(request.headers as Record<string, string>)
      const given = await answer({ method: request.method ?? 'GET', url, headers, body: await readAll(request) })
      response.writeHead(given.status, Object.fromEntries(given.headers))
      response.end(Buffer.from(await given.arrayBuffer()))
    })().catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  Response.json(body, { status, headers })

/** What is seen when an order is looked at: it moves on by being looked at, so that no test has to wait. */
export function lookAt(order: VendorOrder): 'waiting' | 'working' | 'done' {
  order.looks++
  if (order.conduct.fault === 'slow' || order.looks <= order.conduct.looks)
    return order.looks === 1 ? 'waiting' : 'working'
  return 'done'
}

/** Sends what a vendor sends, as often as it is told to. */
export async function tell(
  order: VendorOrder,
  body: string,
  sign: (conduct: VendorConduct['webhook']) => Record<string, string>,
): Promise<void> {
  const { webhook: how } = order.conduct
  if (order.webhook === null || how === 'none') return
  for (let time = 0; time < (how === 'twice' ? 2 : 1); time++) {
    const headers = { 'content-type': 'application/json', ...sign(how) }
    const answer = await fetch(order.webhook, { method: 'POST', headers, body }).catch(() => null)
    order.told.push(answer?.status ?? 0)
  }
}
