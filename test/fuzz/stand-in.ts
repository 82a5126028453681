// A vendor of everything, which never fails unless it is asked to: by the last words of a prompt, as JSON
// ({"tokens": 3}, {"fail": 500}, {"fail": "cut"}). It also takes events as a customer's server would.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { plainPng } from '../support/plain-png.ts'
import type { Json } from './description.ts'

export interface Order {
  tokens: number
  fail: number | 'cut' | 'nonsense' | 'empty' | null
}

const MARK = /\{\\*"order\\*":(\d+),\\*"fail\\*":(\d+)\}/g
const failures: Order['fail'][] = [null, 429, 500, 503, 'cut', 'nonsense', 'empty']

/** Words for a prompt: what its answer shall be. */
export const orderText = (tokens: number, failure: number): string => `{"order":${tokens},"fail":${failure}}`
export const failureCount = failures.length

const orderOf = (text: string): Order => {
  const [, tokens, failure] = [...text.matchAll(MARK)].at(-1) ?? []
  return { tokens: Number(tokens ?? 4), fail: failures[Number(failure ?? 0)] ?? null }
}

export const asksToFail = (text: string): boolean => orderOf(text).fail !== null

const words = (count: number) => Array.from({ length: count }, (_, at) => `w${at} `)

async function read(request: IncomingMessage): Promise<{ text: string; body: Json }> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  try {
    return { text, body: JSON.parse(text) as Json }
  } catch {
    return { text, body: {} }
  }
}

function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(value))
}

const usage = (tokens: number) => ({ prompt_tokens: 9, completion_tokens: tokens, total_tokens: 9 + tokens })
const chat = (model: unknown, object: string) => ({ id: 'chatcmpl-fuzz', object, created: 1, model })

function sendChat(response: ServerResponse, { body, order }: { body: Json; order: Order }): void {
  const choices = Array.from({ length: Math.min(Number(body['n'] ?? 1) || 1, 8) }, (_, index) => index)
  if (body['stream'] !== true)
    return json(response, {
      ...chat(body['model'], 'chat.completion'),
      choices: choices.map((index) => ({
        index,
        message: { role: 'assistant', content: words(order.tokens).join('') },
        finish_reason: 'stop',
      })),
      usage: usage(order.tokens * choices.length),
    })
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const say = (change: object) =>
    response.write(`data: ${JSON.stringify({ ...chat(body['model'], 'chat.completion.chunk'), ...change })}\n\n`)
  for (const content of words(order.tokens))
    for (const index of choices) say({ choices: [{ index, delta: { content }, finish_reason: null }] })
  if (order.fail === 'cut') return void setTimeout(() => response.destroy(), 1)
  for (const index of choices) say({ choices: [{ index, delta: {}, finish_reason: 'stop' }] })
  say({ choices: [], usage: usage(order.tokens * choices.length) })
  response.end('data: [DONE]\n\n')
}

function sendEmbeddings(response: ServerResponse, { body }: { body: Json }): void {
  const input = body['input']
  const many = Array.isArray(input) && typeof input[0] !== 'number' ? input.length : 1
  const size = Number(body['dimensions'] ?? 8)
  const vector = Array.from({ length: size }, (_, at) => at / 10)
  const packed = Buffer.from(new Float32Array(vector).buffer).toString('base64')
  json(response, {
    object: 'list',
    model: body['model'],
    data: Array.from({ length: many }, (_, index) => ({
      object: 'embedding',
      index,
      embedding: body['encoding_format'] === 'base64' ? packed : vector,
    })),
    usage: { prompt_tokens: 5 * many, total_tokens: 5 * many },
  })
}

function sendModeration(response: ServerResponse, { body }: { body: Json }): void {
  const input = body['input']
  const many = Array.isArray(input) && typeof input[0] === 'string' ? input.length : 1
  const verdict = { flagged: false, categories: {}, category_scores: {} }
  json(response, { id: 'modr-fuzz', model: body['model'], results: Array.from({ length: many }, () => verdict) })
}

const PICTURE = plainPng().toString('base64')

function sendImages(response: ServerResponse, { body }: { body: Json }): void {
  const many = Math.min(Number(body['n'] ?? 1) || 1, 10)
  json(response, {
    created: 1,
    data: Array.from({ length: many }, () => ({ b64_json: PICTURE })),
    usage: { input_tokens: 9, output_tokens: 100 * many, total_tokens: 9 + 100 * many },
  })
}

type Send = (response: ServerResponse, asked: { body: Json; order: Order }) => void
const endings: [string, Send][] = [
  ['/chat/completions', sendChat],
  ['/embeddings', sendEmbeddings],
  ['/moderations', sendModeration],
  ['/images/generations', sendImages],
  ['/models', (response) => json(response, { object: 'list', data: [{ id: 'counting', object: 'model' }] })],
]

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { text, body } = await read(request)
  if (request.url?.startsWith('/hook')) return void response.writeHead(204).end()
  const order = orderOf(text)
  if (typeof order.fail === 'number')
    return json(response, { error: { message: 'no', type: 'server_error', code: 'no' } }, order.fail)
  if (order.fail === 'nonsense') return void response.end('<html>not an answer</html>')
  if (order.fail === 'empty') return void response.end()
  const send = endings.find(([ending]) => request.url?.endsWith(ending))?.[1]
  if (send) send(response, { body, order })
  else json(response, { error: { message: 'not here', type: 'invalid_request_error', code: 'none' } }, 404)
}

export interface StandIn {
  close(): Promise<void>
}

export function startStandIn(port: number): Promise<StandIn> {
  const server = createServer((request, response) => void answer(request, response))
  return new Promise((done) => {
    server.listen(port, '127.0.0.1', () =>
      done({
        close: () =>
          new Promise<void>((closed) => {
            server.closeAllConnections()
            server.close(() => closed())
          }),
      }),
    )
  })
}
