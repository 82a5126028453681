import { expect, test } from 'vitest'
import { runCall } from './run-call.ts'
import type { Run } from './run-call.ts'
import type { Call } from './to-call.ts'

const call: Call = {
  api: 'chat',
  path: '/v1/chat/completions',
  headers: { 'x-riwaq-cache': 'use' },
  body: { model: 'riwaq/sandbox-guide', messages: [] },
}
const chunk = (content: string) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`

/** Each look at the clock is ten milliseconds later. */
function ticking() {
  let ms = -10
  return () => (ms += 10)
}

async function run(answer: () => Response | Promise<Response>, signal = new AbortController().signal) {
  const seen: Run[] = []
  const sent: { path: string; init: RequestInit }[] = []
  const last = await runCall({
    call,
    now: ticking(),
    signal,
    onChange: (state) => seen.push(state),
    send: async (path, init) => {
      sent.push({ path, init })
      return answer()
    },
  })
  expect(seen.at(-1)).toEqual(last)
  return { seen, sent, last }
}

const streamOf = (pieces: string[]) =>
  new Response(
    new ReadableStream({
      pull(controller) {
        const piece = pieces.shift()
        if (piece === undefined) controller.close()
        else controller.enqueue(new TextEncoder().encode(piece))
      },
    }),
    { headers: { 'content-type': 'text/event-stream', 'x-request-id': 'req_1' } },
  )

test('a stream grows word by word, and says when its first word came', async () => {
  const { seen, sent, last } = await run(() => streamOf([': hello\n\n', chunk('Hel'), chunk('lo'), 'data: [DONE]\n\n']))
  expect(seen.map(({ phase, answer }) => `${phase} ${answer.text}`)).toEqual(
    expect.arrayContaining(['sending ', 'answering ', 'answering Hel', 'answering Hello', 'done Hello']),
  )
  expect(last).toMatchObject({ status: 200, events: 3, headers: { 'x-request-id': 'req_1' }, firstWordMs: 10 })
  expect(last.totalMs).toBeGreaterThan(last.firstWordMs!)
  expect(last.raw).toContain('data: [DONE]')
  expect(sent[0]).toMatchObject({ path: call.path, init: { method: 'POST', headers: { 'x-riwaq-cache': 'use' } } })
  expect(JSON.parse(String(sent[0]!.init.body))).toEqual(call.body)
})

test('a letter that is cut between two pieces stays whole', async () => {
  const bytes = new TextEncoder().encode(chunk('مرحبا'))
  const body = new ReadableStream({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
      controller.close()
    },
  })
  const { last } = await run(() => new Response(body, { headers: { 'content-type': 'text/event-stream' } }))
  expect(last.answer.text).toBe('مرحبا')
})

test('an answer in one piece is laid out to be read', async () => {
  const { last } = await run(() => Response.json({ choices: [{ message: { content: 'Hi' } }] }))
  expect(last).toMatchObject({ phase: 'done', answer: { text: 'Hi' }, firstWordMs: null })
  expect(last.raw).toContain('\n  "choices"')
})

test('a refusal is a problem with its code, its words and its parameter', async () => {
  const error = { code: 'unsupported_parameter', message: 'No tools.', param: 'tools' }
  const { last } = await run(() => Response.json({ error }, { status: 400 }))
  expect(last).toMatchObject({ phase: 'failed', status: 400, problem: error })
})

test('a stream that breaks off keeps what came, and is not done', async () => {
  const error = { error: { code: 'provider_error', message: 'Gone.' } }
  const { last } = await run(() => streamOf([chunk('Hel'), `data: ${JSON.stringify(error)}\n\n`]))
  expect(last).toMatchObject({ phase: 'failed', answer: { text: 'Hel' }, problem: { code: 'provider_error' } })
})

test('whoever stops keeps what came', async () => {
  const stop = new AbortController()
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(chunk('Hel')))
      stop.signal.addEventListener('abort', () => controller.error(stop.signal.reason))
    },
  })
  const seen: string[] = []
  const last = await runCall({
    call,
    now: ticking(),
    signal: stop.signal,
    onChange: ({ answer }) => {
      seen.push(answer.text)
      if (answer.text) stop.abort()
    },
    send: async () => new Response(body, { headers: { 'content-type': 'text/event-stream' } }),
  })
  expect(last).toMatchObject({ phase: 'stopped', answer: { text: 'Hel' }, problem: null })
})

test('no answer at all is told as that', async () => {
  const { last } = await run(() => {
    throw new TypeError('Failed to fetch')
  })
  expect(last).toMatchObject({ phase: 'failed', status: null, problem: { code: 'network' } })
})

test('of a very long answer the page keeps what it can show, and says so', async () => {
  const { last } = await run(() => streamOf([chunk('x'.repeat(150_000)), chunk('y'.repeat(150_000))]))
  expect(last.raw).toHaveLength(200_000)
  expect(last.rawIsCut).toBe(true)
  expect(last.answer.text).toHaveLength(300_000)
})
