// An OpenAI-compatible provider that keeps its own count: what it was asked, what it delivered and when its
// client hung up. Each request's behaviour is chosen by the last user message, as JSON.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export interface Behaviour {
  /** Tokens to answer with. */
  tokens?: number
  promptTokens?: number
  cachedTokens?: number
  /** Milliseconds before the first byte. */
  delayMs?: number
  /** Milliseconds between tokens of a stream. */
  paceMs?: number
  /** Answer with this status and no model's words. */
  status?: number
  /** Close the connection after so many tokens, without a finish. */
  cutAfter?: number
  /** Leave usage out. */
  noUsage?: boolean
  /** Answer 200 with a body that is not an answer. */
  nonsense?: boolean
  empty?: boolean
}

export interface Delivery {
  behaviour: Behaviour
  model: string
  body: Record<string, unknown>
  /** The key that it was asked with. */
  key: string
  startedAt: number
  delivered: number
  finished: boolean
  closedAt: number | null
}

export interface CountingProvider {
  deliveries: Delivery[]
  close(): Promise<void>
}

const word = (at: number) => `w${at} `

function behaviourOf(body: { messages?: { role: string; content: unknown }[] }): Behaviour {
  const last = body.messages?.findLast((message) => message.role === 'user')?.content
  const text =
    typeof last === 'string'
      ? last
      : Array.isArray(last)
        ? ((last.find((part) => part.type === 'text') as { text?: string })?.text ?? '')
        : ''
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed ? (parsed as Behaviour) : {}
  } catch {
    return {}
  }
}

const usageOf = (behaviour: Behaviour, delivered: number) => ({
  prompt_tokens: behaviour.promptTokens ?? 10,
  completion_tokens: delivered,
  total_tokens: (behaviour.promptTokens ?? 10) + delivered,
  prompt_tokens_details: { cached_tokens: behaviour.cachedTokens ?? 0 },
})

const base = (delivery: Delivery, object: string) => ({
  id: 'chatcmpl-counting',
  object,
  created: 1,
  model: delivery.model,
})

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return JSON.parse(text) as Record<string, unknown>
}

function answerWhole(delivery: Delivery, response: ServerResponse) {
  const { behaviour } = delivery
  delivery.delivered = behaviour.tokens ?? 5
  delivery.finished = true
  const content = Array.from({ length: delivery.delivered }, (_, at) => word(at)).join('')
  response.setHeader('content-type', 'application/json')
  response.end(
    JSON.stringify({
      ...base(delivery, 'chat.completion'),
      choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
      ...(!behaviour.noUsage && { usage: usageOf(behaviour, delivery.delivered) }),
    }),
  )
}

function answerStream(delivery: Delivery, response: ServerResponse) {
  const { behaviour } = delivery
  const total = behaviour.tokens ?? 5
  response.setHeader('content-type', 'text/event-stream')
  response.flushHeaders()
  const say = (chunk: unknown) =>
    response.write(`data: ${typeof chunk === 'string' ? chunk : JSON.stringify(chunk)}\n\n`)
  const next = () => {
    if (response.destroyed) return
    if (behaviour.cutAfter !== undefined && delivery.delivered >= behaviour.cutAfter) return void response.destroy()
    if (delivery.delivered < total) {
      say({
        ...base(delivery, 'chat.completion.chunk'),
        choices: [{ index: 0, delta: { content: word(delivery.delivered) }, finish_reason: null }],
      })
      delivery.delivered += 1
      if (behaviour.paceMs) setTimeout(next, behaviour.paceMs)
      else setImmediate(next)
      return
    }
    say({ ...base(delivery, 'chat.completion.chunk'), choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })
    const wantsUsage = (delivery.body.stream_options as { include_usage?: boolean } | undefined)?.include_usage
    if (wantsUsage && !behaviour.noUsage)
      say({ ...base(delivery, 'chat.completion.chunk'), choices: [], usage: usageOf(behaviour, delivery.delivered) })
    say('[DONE]')
    delivery.finished = true
    response.end()
  }
  next()
}

function listModels(response: ServerResponse) {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ object: 'list', data: [{ id: 'counting', object: 'model' }] }))
}

export function startCountingProvider({ port }: { port: number }): Promise<CountingProvider> {
  const deliveries: Delivery[] = []
  async function answer(request: IncomingMessage, response: ServerResponse) {
    if (request.method === 'GET') return listModels(response)
    const body = await readBody(request)
    const behaviour = behaviourOf(body as Parameters<typeof behaviourOf>[0])
    const delivery: Delivery = {
      behaviour,
      model: String(body.model),
      body,
      key: (request.headers.authorization ?? '').replace(/^Bearer /, ''),
      startedAt: Date.now(),
      delivered: 0,
      finished: false,
      closedAt: null,
    }
    deliveries.push(delivery)
    response.on('close', () => (delivery.closedAt = Date.now()))
    if (behaviour.delayMs) await new Promise((resolve) => setTimeout(resolve, behaviour.delayMs))
    if (behaviour.status) {
      response.statusCode = behaviour.status
      response.setHeader('content-type', 'application/json')
      return void response.end(
        JSON.stringify({ error: { message: 'provider says no', type: 'server_error', code: 'no' } }),
      )
    }
    if (behaviour.nonsense) return void response.end('<html>not an answer</html>')
    if (behaviour.empty) return void response.end()
    if (body.stream) answerStream(delivery, response)
    else answerWhole(delivery, response)
  }
  const server = createServer((request, response) => void answer(request, response))
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
