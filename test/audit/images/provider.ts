// A server that makes pictures, speaks OpenAI's protocol, keeps its own account, and often does not do what it was asked.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { plainPng } from '../../support/plain-png.ts'
import { faultOf } from './plan.ts'

const SIDE = 96
const SLOW_MS = 1_500

export interface PictureDelivery {
  index: number
  attempt: number
  /** Null: what was asked for was sent. */
  fault: string | null
  count: number
}

/** Of a colour that no other job has. */
const pictureOf = (index: number, at: number): Buffer =>
  plainPng({ width: SIDE, height: SIDE, colour: [index & 255, (index >> 8) & 255, at * 60] })

async function read(request: IncomingMessage): Promise<{ prompt: string; n?: number }> {
  let text = ''
  for await (const part of request) text += String(part)
  return JSON.parse(text) as { prompt: string; n?: number }
}

const answer = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

const failing = (code: string, message: string) => ({ error: { code, message, type: 'error', param: null } })

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

export function startPictureProvider({ port, seed }: { port: number; seed: number }) {
  const deliveries: PictureDelivery[] = []
  const attempts = new Map<number, number>()
  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.destroy())
  })

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { prompt, n = 1 } = await read(request)
    const index = Number(/\d+/.exec(prompt)?.[0] ?? 0)
    const attempt = (attempts.get(index) ?? 0) + 1
    attempts.set(index, attempt)
    const fault = faultOf({ seed, index, attempt })
    deliveries.push({ index, attempt, fault, count: n })
    const pictures = Array.from({ length: n }, (_, at) => ({ b64_json: pictureOf(index, at).toString('base64') }))
    switch (fault) {
      case 'fails':
        return answer(response, 500, failing('server_error', 'boom'))
      case 'limits':
        return answer(response, 429, failing('rate_limit_exceeded', 'slow down'), { 'retry-after': '1' })
      case 'refuses':
        return answer(response, 400, failing('moderation_blocked', 'rejected by the safety system'))
      case 'cut':
        response.writeHead(200, { 'content-type': 'application/json' })
        response.write('{"created":1,"data":[{"b64_json":"iVBORw0K')
        await pause(50)
        return void response.destroy()
      case 'no-image':
        return answer(response, 200, { created: 1, data: [] })
      case 'wrong-count':
        return answer(response, 200, { created: 1, data: [...pictures, pictures[0]] })
      case 'not-base64':
        return answer(response, 200, { created: 1, data: pictures.map(() => ({ b64_json: '***' })) })
      case 'no-picture':
        return answer(response, 200, { created: 1, data: pictures.map(() => ({ b64_json: btoa('<svg/>') })) })
      case 'slow':
        await pause(SLOW_MS)
        return answer(response, 200, { created: 1, data: pictures })
      default:
        await pause(30)
        return answer(response, 200, { created: 1, data: pictures })
    }
  }

  return new Promise<{ deliveries: PictureDelivery[]; close(): Promise<void> }>((done) => {
    server.listen(port, '127.0.0.1', () =>
      done({
        deliveries,
        close: () =>
          new Promise((closed) => {
            server.closeAllConnections()
            server.close(() => closed())
          }),
      }),
    )
  })
}
