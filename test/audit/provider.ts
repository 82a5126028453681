// The provider of the audit: it does as each prompt says, and keeps its own account of what it delivered for which
// request. Nothing of the platform is used here, so that the two counts can only agree by being right.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** What a prompt asks of it, as JSON. */
export interface Order {
  /** Names the caller's request. */
  tag: string
  promptTokens: number
  tokens: number
  paceMs?: number
  /** Waits before it answers at all. */
  delayMs?: number
  /** Breaks off after so many tokens. */
  cutAfter?: number
  noUsage?: boolean
  /** Answers so many times with a 500 before it does its work. */
  failTimes?: number
  /** Always fails where it is called by this model's name. */
  failModel?: string
  nonsense?: boolean
}

export interface Delivery {
  tag: string
  model: string
  order: Order
  /** Tokens that were written to the connection. */
  tokens: number
  /** Their text. */
  text: string
  outcome: 'running' | 'complete' | 'cut' | 'refused' | 'nonsense' | 'left'
  usageTold: boolean
}

export interface AuditProvider {
  deliveries: Delivery[]
  close(): Promise<void>
}

const WORDS = ['كتاب ', 'word ', 'شمس ', 'river ', 'بيت ', 'stone ']
const wordAt = (at: number): string => WORDS[at % WORDS.length]!

async function read(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = ''
  for await (const part of request) text += String(part)
  return JSON.parse(text) as Record<string, unknown>
}

const orderOf = (body: Record<string, unknown>): Order =>
  JSON.parse((body['messages'] as { content: string }[]).at(-1)!.content) as Order

const usageOf = ({ order, tokens }: Delivery) => ({
  prompt_tokens: order.promptTokens,
  completion_tokens: tokens,
  total_tokens: order.promptTokens + tokens,
})

function add(delivery: Delivery): string {
  const word = wordAt(delivery.tokens)
  delivery.tokens += 1
  delivery.text += word
  return word
}

const shape = ({ model }: Delivery, object: string) => ({ id: 'chatcmpl-audit', object, created: 1, model })

function answerWhole(delivery: Delivery, response: ServerResponse): void {
  const { order } = delivery
  const content = Array.from({ length: order.tokens }, () => add(delivery)).join('')
  delivery.usageTold = !order.noUsage
  response.setHeader('content-type', 'application/json')
  response.end(
    JSON.stringify({
      ...shape(delivery, 'chat.completion'),
      choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
      ...(delivery.usageTold && { usage: usageOf(delivery) }),
    }),
  )
}

function answerStream(delivery: Delivery, response: ServerResponse): void {
  const { order } = delivery
  const say = (event: object) => response.write(`data: ${JSON.stringify(event)}\n\n`)
  const choice = (delta: object, reason: string | null = null) =>
    say({ ...shape(delivery, 'chat.completion.chunk'), choices: [{ index: 0, delta, finish_reason: reason }] })
  response.setHeader('content-type', 'text/event-stream')
  response.flushHeaders()
  function next(): void {
    if (response.destroyed) return
    if (order.cutAfter !== undefined && delivery.tokens >= order.cutAfter) {
      delivery.outcome = 'cut'
      response.destroy()
      return
    }
    if (delivery.tokens < order.tokens) {
      choice({ content: add(delivery) })
      if (order.paceMs) setTimeout(next, order.paceMs)
      else setImmediate(next)
      return
    }
    choice({}, 'stop')
    if (!order.noUsage) {
      delivery.usageTold = true
      say({ ...shape(delivery, 'chat.completion.chunk'), choices: [], usage: usageOf(delivery) })
    }
    response.end('data: [DONE]\n\n')
  }
  next()
}

export function startAuditProvider(port: number): Promise<AuditProvider> {
  const deliveries: Delivery[] = []
  const tries = new Map<string, number>()

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') return void response.end('{"object":"list","data":[]}')
    const body = await read(request)
    const order = orderOf(body)
    const model = String(body['model'])
    const delivery: Delivery = {
      tag: order.tag,
      model,
      order,
      tokens: 0,
      text: '',
      outcome: 'running',
      usageTold: false,
    }
    deliveries.push(delivery)
    response.on('close', () => {
      if (delivery.outcome === 'running') delivery.outcome = response.writableFinished ? 'complete' : 'left'
    })
    if (order.delayMs) await new Promise((done) => setTimeout(done, order.delayMs))
    if (response.destroyed) return
    const tried = tries.get(order.tag) ?? 0
    tries.set(order.tag, tried + 1)
    if (tried < (order.failTimes ?? 0) || order.failModel === model) {
      delivery.outcome = 'refused'
      response.statusCode = 500
      response.setHeader('content-type', 'application/json')
      return void response.end('{"error":{"message":"the provider is not well","type":"server_error"}}')
    }
    if (order.nonsense) {
      delivery.outcome = 'nonsense'
      return void response.end('<html>not an answer</html>')
    }
    if (body['stream'] === true) answerStream(delivery, response)
    else answerWhole(delivery, response)
  }

  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()))
  // Its callers keep their connections for longer than a default server does.
  server.keepAliveTimeout = 120_000
  return new Promise((done) => {
    server.listen(port, '127.0.0.1', () =>
      done({
        deliveries,
        close: () =>
          new Promise<void>((closed) => {
            server.closeAllConnections()
            server.close(() => closed())
          }),
      }),
    )
  })
}
