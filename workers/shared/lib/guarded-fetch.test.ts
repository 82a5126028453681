import { expect, test } from 'vitest'
import { createGuardedFetch } from './guarded-fetch.ts'

const url = 'https://models.example/v1/chat/completions'

function guarded(answer: () => Response, { local = false } = {}) {
  const asked: { url: string; init: RequestInit | undefined }[] = []
  const send = createGuardedFetch({
    local,
    fetch: (async (input: string, init?: RequestInit) => {
      asked.push({ url: input, init })
      return answer()
    }) as typeof fetch,
  })
  return { asked, send }
}

test('a public server is called with what was to be sent, and its answer comes as it is', async () => {
  const { asked, send } = guarded(() => new Response('words', { status: 201, headers: { 'x-own': 'yes' } }))
  const response = await send(url, { method: 'POST', body: '{}' })
  expect(asked).toEqual([{ url, init: { method: 'POST', body: '{}', redirect: 'manual' } }])
  expect([response.status, response.headers.get('x-own'), await response.text()]).toEqual([201, 'yes', 'words'])
})

test.each([
  'http://models.example/v1',
  'https://10.0.0.1/v1',
  'https://metadata.google.internal/',
  'https://localhost',
])('%s is never called', async (address) => {
  const { asked, send } = guarded(() => new Response('secret'))
  await expect(send(address)).rejects.toThrow('not a public https address')
  await expect(send(new URL(address))).rejects.toThrow('not a public https address')
  await expect(send(new Request(address))).rejects.toThrow('not a public https address')
  expect(asked).toEqual([])
})

test('on somebody’s own machine its own servers may be called, and no others inside its network', async () => {
  const { send } = guarded(() => new Response('words'), { local: true })
  expect(await (await send('http://127.0.0.1:11434/v1')).text()).toBe('words')
  await expect(send('http://192.168.1.1/v1')).rejects.toThrow('not a public https address')
})

test.each([301, 302, 303, 307, 308])('a redirect (%i) is not followed: the key would go along', async (status) => {
  const { asked, send } = guarded(() => new Response(null, { status, headers: { location: 'http://10.0.0.1/' } }))
  await expect(send(url)).rejects.toThrow('redirects')
  expect(asked).toHaveLength(1)
})

const endless = () =>
  new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(65_536)) })

test('an answer without an end is cut off', async () => {
  const { send } = guarded(() => new Response(endless()))
  await expect((await send(url)).arrayBuffer()).rejects.toThrow('too large')
})

test('an error without an end is cut off much sooner', async () => {
  let pieces = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      pieces++
      controller.enqueue(new Uint8Array(1_024))
    },
  })
  const { send } = guarded(() => new Response(body, { status: 500 }))
  await expect((await send(url)).text()).rejects.toThrow('too large')
  expect(pieces).toBeLessThan(80)
})

test('an answer without a body stays one', async () => {
  const { send } = guarded(() => new Response(null, { status: 204 }))
  expect((await send(url)).body).toBeNull()
})
