import { expect, test } from 'vitest'
import { postEvent, type PostTools } from './post-event.ts'

const event = { url: 'https://hooks.example/riwaq', body: '{"type":"key.created"}', headers: { 'webhook-id': 'evt_1' } }

function createTools(answer: (request: Request) => Response | Promise<Response>, change: Partial<PostTools> = {}) {
  const requests: Request[] = []
  let now = 1_000
  const controller = new AbortController()
  const tools: PostTools = {
    fetch: (async (input: string, init: RequestInit) => {
      const request = new Request(input, init)
      requests.push(request)
      now += 40
      return answer(request)
    }) as typeof fetch,
    now: () => now,
    timeout: () => controller.signal,
    local: false,
    ...change,
  }
  return { tools, requests, runOut: () => controller.abort(new DOMException('too slow', 'TimeoutError')) }
}

test('an event is posted as JSON with its headers, and what was answered is kept', async () => {
  const { tools, requests } = createTools(() => new Response('thanks', { status: 202 }))
  expect(await postEvent(event, tools)).toEqual({ status: 202, body: 'thanks', error: null, durationMs: 40 })
  const [request] = requests
  expect(request).toMatchObject({ method: 'POST', url: event.url, redirect: 'manual' })
  expect(await request!.text()).toBe(event.body)
  expect(Object.fromEntries(request!.headers)).toMatchObject({
    'content-type': 'application/json',
    'user-agent': 'Riwaq-Webhooks',
    'webhook-id': 'evt_1',
  })
})

test('an answer without a body is an answer', async () => {
  const { tools } = createTools(() => new Response(null, { status: 204 }))
  expect(await postEvent(event, tools)).toMatchObject({ status: 204, body: null, error: null })
})

test.each([
  [500, 'refused'],
  [400, 'refused'],
  [410, 'refused'],
])('%i is a refusal, with what it said', async (status, error) => {
  const { tools } = createTools(() => new Response('no', { status }))
  expect(await postEvent(event, tools)).toMatchObject({ status, body: 'no', error })
})

test('a redirect is not followed', async () => {
  const { tools, requests } = createTools(
    () => new Response(null, { status: 302, headers: { location: 'http://169.254.169.254/' } }),
  )
  expect(await postEvent(event, tools)).toMatchObject({ status: 302, error: 'redirected' })
  expect(requests).toHaveLength(1)
})

test.each([
  'http://hooks.example/',
  'https://10.0.0.1/',
  'https://localhost/',
  'https://[::ffff:127.0.0.1]/',
  'nonsense',
])('%s is not even asked', async (url) => {
  const { tools, requests } = createTools(() => new Response())
  expect(await postEvent({ ...event, url }, tools)).toMatchObject({ status: null, error: 'address_refused' })
  expect(requests).toEqual([])
})

test('a platform on somebody’s machine may tell that machine', async () => {
  const { tools } = createTools(() => new Response(), { local: true })
  expect(await postEvent({ ...event, url: 'http://localhost:3000/' }, tools)).toMatchObject({ error: null })
})

test('a server that cannot be reached is an outcome', async () => {
  const { tools } = createTools(() => Promise.reject(new TypeError('connection refused')))
  expect(await postEvent(event, tools)).toMatchObject({ status: null, body: null, error: 'unreachable' })
})

test('a server that says nothing is left after a while, even where the connection does not notice', async () => {
  const { tools, runOut } = createTools(() => new Promise<Response>(() => undefined))
  const posting = postEvent(event, tools)
  runOut()
  expect(await posting).toMatchObject({ status: null, error: 'timeout' })
})

/** Says `chunk` for ever, or falls silent after `silentAfter` of them. */
function endless(chunk: string, silentAfter = Number.POSITIVE_INFINITY) {
  const state = { chunks: 0, canceled: false }
  const body = new ReadableStream({
    pull(controller) {
      if (state.chunks >= silentAfter) return new Promise<void>(() => undefined)
      state.chunks += 1
      controller.enqueue(new TextEncoder().encode(chunk))
      return undefined
    },
    cancel: () => void (state.canceled = true),
  })
  return { body, state }
}

test('of a long answer only the beginning is read', async () => {
  const { body, state } = endless('a'.repeat(300))
  const { tools } = createTools(() => new Response(body))
  expect((await postEvent(event, tools)).body).toBe('a'.repeat(1_024))
  expect(state.canceled).toBe(true)
  expect(state.chunks).toBeLessThan(10)
})

test('that a body never ends does not undo that the event arrived', async () => {
  const { body } = endless('so far', 1)
  const { tools, runOut } = createTools(() => new Response(body))
  const posting = postEvent(event, tools)
  // The headers and the first piece are read by the time that nothing is left to do.
  await new Promise((done) => setImmediate(done))
  runOut()
  expect(await posting).toMatchObject({ status: 200, body: 'so far', error: null })
})

test('bytes that are no text do not break the log', async () => {
  const { tools } = createTools(() => new Response(new Uint8Array([0, 255, 254, 65, 10, 27, 66])))
  expect((await postEvent(event, tools)).body).toBe('\uFFFD\uFFFDA\nB')
})
