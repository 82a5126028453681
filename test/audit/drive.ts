// The callers: each sends its request over a connection that it may drop, and notes what it was given and when.
import { Agent, request as send, type ClientRequest, type IncomingMessage } from 'node:http'
import type { Asked } from './plan.ts'

export interface Outcome {
  asked: Asked
  organizationId: string
  startedAt: number
  endedAt: number
  /** Null where no answer began. */
  status: number | null
  requestId: string | null
  code: string | null
  facts: Record<string, unknown>
  /** What of the answer's text arrived. */
  text: string
  /** complete: as the provider meant it. left: the client went. cut: an error event or a status said so. lost: the connection broke. */
  ended: 'complete' | 'left' | 'cut' | 'refused' | 'lost'
  costMicros: number | null
  /** Whether the platform was killed while it ran. */
  killed: boolean
}

export interface Caller {
  organizationId: string
  key: string
}

const agent = new Agent({ keepAlive: true, maxSockets: 2_000 })

const bodyOf = ({ models, stream, maxTokens, order }: Asked): string =>
  JSON.stringify({
    model: models[0],
    ...(models.length > 1 && { models: models.slice(1) }),
    stream,
    max_tokens: maxTokens,
    messages: [{ role: 'user', content: JSON.stringify(order) }],
  })

interface Reading {
  text: string
  done: boolean
  failed: boolean
}

/** The words of an event stream as far as it came. */
function readStream(raw: string): Reading {
  const reading: Reading = { text: '', done: false, failed: false }
  for (const event of raw.split('\n\n').slice(0, -1)) {
    const data = event.startsWith('data: ') ? event.slice(6) : ''
    if (data === '[DONE]') reading.done = true
    else if (data) {
      const value = JSON.parse(data) as { error?: unknown; choices?: { delta?: { content?: string } }[] }
      if (value.error) reading.failed = true
      reading.text += value.choices?.[0]?.delta?.content ?? ''
    }
  }
  return reading
}

interface Whole {
  choices?: { message: { content: string } }[]
  error?: { code?: string; facts?: Record<string, unknown> }
}

const parse = (raw: string): Whole => {
  try {
    return JSON.parse(raw) as Whole
  } catch {
    return {}
  }
}

function outcomeOf(asked: Asked, { raw, response, broken, left }: Seen): Partial<Outcome> {
  const status = response?.statusCode ?? null
  if (left) return { status, ended: 'left', text: asked.stream ? readStream(raw).text : '' }
  if (status === null || broken) return { status, ended: 'lost', text: asked.stream ? readStream(raw).text : '' }
  if (status !== 200) {
    const { error } = parse(raw)
    return { status, ended: 'refused', code: error?.code ?? null, facts: error?.facts ?? {} }
  }
  if (!asked.stream) return { status, ended: 'complete', text: parse(raw).choices?.[0]?.message.content ?? '' }
  const { text, done, failed } = readStream(raw)
  return { status, text, ended: done && !failed ? 'complete' : 'cut' }
}

interface Seen {
  raw: string
  response: IncomingMessage | null
  broken: boolean
  left: boolean
}

function converse(outgoing: ClientRequest, asked: Asked, seen: Seen): Promise<void> {
  return new Promise((done) => {
    function leave(): void {
      seen.left = true
      outgoing.destroy()
      done()
    }
    const timer = asked.leaveAfterMs === undefined ? undefined : setTimeout(leave, asked.leaveAfterMs)
    const finish = (broken: boolean): void => {
      clearTimeout(timer)
      seen.broken ||= broken && !seen.left
      done()
    }
    outgoing.on('error', () => finish(true))
    outgoing.on('response', (response) => {
      seen.response = response
      response.setEncoding('utf8')
      response.on('data', (part: string) => {
        seen.raw += part
        if (asked.leaveAfterWords !== undefined && seen.raw.split('"content":').length > asked.leaveAfterWords) leave()
      })
      response.on('error', () => finish(true))
      response.on('end', () => finish(!response.complete))
      response.on('close', () => finish(!response.complete))
    })
  })
}

export async function ask(asked: Asked, { url, caller }: { url: string; caller: Caller }): Promise<Outcome> {
  const { hostname, port } = new URL(url)
  const body = bodyOf(asked)
  const startedAt = Date.now()
  const outgoing = send({
    hostname,
    port,
    path: '/v1/chat/completions',
    method: 'POST',
    // A connection that is dropped is nobody else's.
    agent: asked.leaveAfterMs === undefined && asked.leaveAfterWords === undefined ? agent : false,
    headers: {
      authorization: `Bearer ${caller.key}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...(asked.idempotencyKey && { 'idempotency-key': asked.idempotencyKey }),
    },
  })
  const seen: Seen = { raw: '', response: null, broken: false, left: false }
  const over = converse(outgoing, asked, seen)
  outgoing.end(body)
  await over
  const header = (name: string) => seen.response?.headers[name]?.toString() ?? null
  return {
    asked,
    organizationId: caller.organizationId,
    startedAt,
    endedAt: Date.now(),
    status: null,
    code: null,
    facts: {},
    text: '',
    ended: 'lost',
    requestId: header('x-riwaq-replayed-request-id') ?? header('x-request-id'),
    costMicros: header('x-riwaq-cost-micros') === null ? null : Number(header('x-riwaq-cost-micros')),
    killed: false,
    ...outcomeOf(asked, seen),
  }
}
