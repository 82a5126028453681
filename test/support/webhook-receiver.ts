// A server of somebody's own: it keeps what it was sent and answers as it is told.
import { createServer } from 'node:http'

export interface Received {
  path: string
  headers: Record<string, string>
  body: string
  /** What it was answered. */
  status: number
}

export interface WebhookReceiver {
  received: Received[]
  close(): Promise<void>
}

export function startWebhookReceiver({
  port,
  answer,
}: {
  port: number
  /** The status for a request, knowing those that came before it. */
  answer: (request: Omit<Received, 'status'>, before: Received[]) => number
}): Promise<WebhookReceiver> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const),
      )
      const asked = { path: request.url ?? '', headers, body }
      const status = answer(asked, received)
      received.push({ ...asked, status })
      response.statusCode = status
      response.end(status < 300 ? '' : 'not now')
    })
  })
  return new Promise((done) => {
    server.listen(port, '127.0.0.1', () =>
      done({
        received,
        close: () =>
          new Promise<void>((closed) => {
            server.closeAllConnections()
            server.close(() => closed())
          }),
      }),
    )
  })
}
