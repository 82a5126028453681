// Two hundred streams at once. No word is lost, none overtakes another, and none waits in a buffer: every word leaves
// the vendor only when the caller has seen those a few before it, or the vendor says how far the caller has fallen
// behind. Provider and callers live in this process, so that the order of events needs no clock.
import { createServer, request as send, Agent, type Server, type ServerResponse } from 'node:http'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { entriesOf, balanceOf, type Entry } from './audit/books.ts'
import { eventually } from './support/eventually.ts'
import { createKey, signUp, signUpOperator, type Person } from './support/person.ts'

const url = inject('platformUrl')
const STREAMS = 200
const TOKENS = 100
const PACE_MS = 30
const PROMPT_TOKENS = 10

/** One stream, as both of its ends see it. */
interface Watched {
  said: number
  heard: number[]
  /** How many words the caller had not seen when the vendor said the next one, for each word. */
  behind: number[]
  requestId: string
  ended: boolean
}

const watched: Watched[] = Array.from({ length: STREAMS }, () => ({
  said: 0,
  heard: [],
  behind: [],
  requestId: '',
  ended: false,
}))

const event = (change: object): string =>
  `data: ${JSON.stringify({ id: 'chatcmpl-streams', object: 'chat.completion.chunk', created: 1, model: 'counting', ...change })}\n\n`

function finish(response: ServerResponse): void {
  const usage = { prompt_tokens: PROMPT_TOKENS, completion_tokens: TOKENS, total_tokens: PROMPT_TOKENS + TOKENS }
  response.write(event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }))
  response.write(event({ choices: [], usage }))
  response.end('data: [DONE]\n\n')
}

function speak(stream: Watched, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const next = () => {
    if (response.destroyed) return
    if (stream.said === TOKENS) return finish(response)
    stream.behind.push(stream.said - stream.heard.length)
    response.write(event({ choices: [{ index: 0, delta: { content: `${stream.said} ` }, finish_reason: null }] }))
    stream.said += 1
    setTimeout(next, PACE_MS)
  }
  next()
}

/** A vendor that says numbers, to whichever stream the prompt names. */
function startVendor(port: number): Promise<Server> {
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (part: string) => (text += part))
    request.on('end', () => {
      const [, at] = /stream number (\d+)/.exec(text) ?? []
      speak(watched[Number(at)]!, response)
    })
  })
  return new Promise((done) => server.listen(port, '127.0.0.1', () => done(server)))
}

const agent = new Agent({ keepAlive: true, maxSockets: STREAMS })

function listen(at: number, key: string): Promise<void> {
  const stream = watched[at]!
  const body = JSON.stringify({
    model: 'compatible/counting',
    stream: true,
    max_tokens: TOKENS,
    messages: [{ role: 'user', content: `stream number ${at}` }],
  })
  return new Promise((done, fail) => {
    const outgoing = send(`${url}/v1/chat/completions`, {
      method: 'POST',
      agent,
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      },
    })
    let rest = ''
    outgoing.on('error', fail)
    outgoing.on('response', (response) => {
      stream.requestId = String(response.headers['x-request-id'])
      response.setEncoding('utf8')
      response.on('error', fail)
      response.on('data', (part: string) => {
        const events = (rest + part).split('\n\n')
        rest = events.pop()!
        for (const each of events) {
          if (each === 'data: [DONE]') stream.ended = true
          const [, word] = /"content":"(\d+) "/.exec(each) ?? []
          if (word !== undefined) stream.heard.push(Number(word))
        }
      })
      response.on('end', done)
    })
    outgoing.end(body)
  })
}

let vendor: Server
let person: Person
let key: string
beforeAll(async () => {
  vendor = await startVendor(inject('countingPort'))
  const operator = await signUpOperator(url)
  person = await signUp(url)
  await operator.json(`/api/admin/organizations/${person.organizationId}/grant`, {
    method: 'POST',
    body: JSON.stringify({ id: 'streams', amount_micros: 10_000_000 }),
  })
  key = (await createKey(person, { rate_limit_rpm: 10_000 })).key
})
afterAll(
  () =>
    new Promise<void>((closed) => {
      vendor.closeAllConnections()
      vendor.close(() => closed())
    }),
)

const inOrder = Array.from({ length: TOKENS }, (_, at) => at)
const share = (values: number[], of: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * of))]!

test('every word of every stream arrives once and in its place, and the streams end as they should', async () => {
  await Promise.all(watched.map((_, at) => listen(at, key)))
  for (const { heard, ended } of watched) {
    expect(heard).toEqual(inOrder)
    expect(ended).toBe(true)
  }
}, 180_000)

test('words are passed on as they come: the caller has seen word k before the vendor says word k and a few', () => {
  // What waits in a buffer is behind for a whole buffer, in every stream; a busy machine is now and then, in some.
  const behind = watched.flatMap((stream) => stream.behind.slice(1))
  const kept = watched.map((stream) => share(stream.behind.slice(1), 0.5))
  expect(share(behind, 0.5)).toBeLessThanOrEqual(6)
  expect(share(kept, 0.9)).toBeLessThanOrEqual(15)
  // Of none is the end of the answer what it was waiting for.
  expect(Math.max(...watched.map((stream) => Math.min(...stream.behind.slice(1))))).toBeLessThan(TOKENS / 2)
})

test('each of them is charged for exactly what it said, and nothing stays held', async () => {
  const { balance_micros } = await eventually(
    () => balanceOf(person),
    ({ held_micros }) => held_micros === 0,
  )
  const entries = await entriesOf(person)
  const charges = new Map(entries.flatMap((each) => (each.kind === 'charge' ? [[each.request_id, each] as const] : [])))
  expect(charges.size).toBe(STREAMS)
  const price = { input: 1, output: 2 }
  for (const { requestId } of watched) {
    const charge = charges.get(requestId) as Entry
    expect(charge.amount_micros).toBe(-(PROMPT_TOKENS * price.input + TOKENS * price.output))
    expect(charge.estimated).toBe(false)
    expect(charge.usage).toMatchObject({ input_tokens: PROMPT_TOKENS, output_tokens: TOKENS })
  }
  expect(entries.reduce((sum, { amount_micros }) => sum + amount_micros, 0)).toBe(balance_micros)
})
