// Two hundred streams at once. No word is lost, none overtakes another, and none waits in a buffer: the vendor says a
// word only when the caller has heard all but the last few, so that a buffer which waits for more would wait for ever.
// Vendor and callers live in this process: what came before what needs no clock.
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

/** How many words may be on their way. */
const AHEAD = 4

/** One stream, as both of its ends see it. */
interface Watched {
  tokens: number
  paceMs: number
  /** How many words the vendor may have said that the caller has not heard. */
  ahead: number
  said: number
  heard: number[]
  requestId: string
  ended: boolean
  /** When a word was said, and when it was heard. */
  saidAt: number[]
  heardAt: number[]
  /** The vendor, waiting for the caller. */
  resume: (() => void) | null
}

const watch = (settings: Pick<Watched, 'tokens' | 'paceMs' | 'ahead'>): Watched => ({
  ...settings,
  said: 0,
  heard: [],
  requestId: '',
  ended: false,
  saidAt: [],
  heardAt: [],
  resume: null,
})

const together = Array.from({ length: STREAMS }, () => watch({ tokens: TOKENS, paceMs: PACE_MS, ahead: AHEAD }))
const alone = watch({ tokens: TOKENS, paceMs: 0, ahead: 0 })
const watched = [...together, alone]

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
    stream.resume = null
    if (response.destroyed) return
    if (stream.said - stream.heard.length > stream.ahead) {
      stream.resume = next
      return
    }
    if (stream.said === stream.tokens) return finish(response)
    stream.saidAt.push(performance.now())
    response.write(event({ choices: [{ index: 0, delta: { content: `${stream.said} ` }, finish_reason: null }] }))
    stream.said += 1
    setTimeout(next, stream.paceMs)
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
          if (word === undefined) continue
          stream.heard.push(Number(word))
          stream.heardAt.push(performance.now())
        }
        stream.resume?.()
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

function expectWhole({ heard, ended }: Watched): void {
  expect(heard).toEqual(inOrder)
  expect(ended).toBe(true)
}

test('every word of every stream arrives once, in its place, and before the vendor has said many more', async () => {
  await Promise.all(together.map((_, at) => listen(at, key)))
  for (const stream of together) expectWhole(stream)
}, 180_000)

test('a word waits for no other, and for no clock', async () => {
  await listen(watched.indexOf(alone), key)
  expectWhole(alone)
  // What is passed on every so often makes all words wait; a busy machine only some.
  const waited = alone.heardAt.map((at, word) => at - alone.saidAt[word]!).toSorted((a, b) => a - b)
  expect(waited[TOKENS / 4]).toBeLessThan(50)
}, 60_000)

test('each of them is charged for exactly what it said, and nothing stays held', async () => {
  const { balance_micros } = await eventually(
    () => balanceOf(person),
    ({ held_micros }) => held_micros === 0,
  )
  const entries = await entriesOf(person)
  const charges = new Map(entries.flatMap((each) => (each.kind === 'charge' ? [[each.request_id, each] as const] : [])))
  expect(charges.size).toBe(watched.length)
  const price = { input: 1, output: 2 }
  for (const { requestId } of watched) {
    const charge = charges.get(requestId) as Entry
    expect(charge.amount_micros).toBe(-(PROMPT_TOKENS * price.input + TOKENS * price.output))
    expect(charge.estimated).toBe(false)
    expect(charge.usage).toMatchObject({ input_tokens: PROMPT_TOKENS, output_tokens: TOKENS })
  }
  expect(entries.reduce((sum, { amount_micros }) => sum + amount_micros, 0)).toBe(balance_micros)
})
