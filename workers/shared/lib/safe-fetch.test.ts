import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { createTestTimers } from '../metering/testing.ts'
import { createTestClock } from './clock.ts'
import { safeFetch, type SafeFetchInput } from './safe-fetch.ts'

const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
const limits = { maxBytes: 1_000, timeoutMs: 5_000, accept: ['image/png', 'image/jpeg'] } as const

/** Answers of an internet that there is not: address → answer. What was asked is kept. */
function internet(pages: Record<string, () => Response>) {
  const asked: { url: string; init: RequestInit }[] = []
  const fetch = (async (url: string, init: RequestInit) => {
    asked.push({ url, init })
    const page = pages[url]
    if (!page) throw new TypeError('fetch failed')
    return page()
  }) as typeof globalThis.fetch
  return { asked, fetch }
}

const redirect =
  (to: string, status = 302) =>
  () =>
    new Response('moved', { status, headers: { location: to } })
const bring = (pages: Record<string, () => Response>, input: Partial<SafeFetchInput> = {}) =>
  safeFetch({ ...limits, url: 'https://pictures.example/a.png', fetch: internet(pages).fetch, ...input })

describe('what is fetched', () => {
  test('a picture is its bytes and what they are', async () => {
    const outcome = await bring({ 'https://pictures.example/a.png': () => new Response(png) })
    expect(outcome).toEqual({ ok: true, bytes: png, mediaType: 'image/png' })
  })

  test('bytes that come in pieces are put together in order', async () => {
    const pieces = new ReadableStream({
      start(controller) {
        for (const byte of png) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      },
    })
    const outcome = await bring({ 'https://pictures.example/a.png': () => new Response(pieces) })
    expect(outcome).toMatchObject({ ok: true, bytes: png })
  })

  test('the server learns nothing of who asks, and packs nothing', async () => {
    const web = internet({ 'https://pictures.example/a.png': () => new Response(png) })
    await safeFetch({ ...limits, url: 'https://pictures.example/a.png', fetch: web.fetch })
    expect(web.asked[0]!.init).toMatchObject({
      redirect: 'manual',
      headers: { accept: 'image/png, image/jpeg', 'accept-encoding': 'identity', 'user-agent': 'Riwaq' },
    })
  })

  test('what it is called does not matter, what it is does', async () => {
    const headers = { 'content-type': 'text/html' }
    const outcome = await bring({ 'https://pictures.example/a.png': () => new Response(png, { headers }) })
    expect(outcome).toMatchObject({ ok: true, mediaType: 'image/png' })
  })

  test.each([
    ['a page that calls itself a picture', new TextEncoder().encode('<!doctype html><title>secret</title>')],
    ['a drawing that could carry scripts', new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a kind that was not asked for', new TextEncoder().encode('GIF89a and more')],
    ['nothing at all', new Uint8Array()],
    ['the beginning of a picture, cut short', png.slice(0, 4)],
  ])('%s is refused', async (_name, body) => {
    const headers = { 'content-type': 'image/png' }
    const outcome = await bring({ 'https://pictures.example/a.png': () => new Response(body, { headers }) })
    expect(outcome).toEqual({ ok: false, fault: 'wrong-type' })
  })

  test('an empty answer without a body is refused', async () => {
    const outcome = await bring({ 'https://pictures.example/a.png': () => new Response(null, { status: 204 }) })
    expect(outcome).toEqual({ ok: false, fault: 'wrong-type' })
  })

  test.each([401, 404, 500])('a refusal (%i) is one, whatever its body is', async (status) => {
    const outcome = await bring({ 'https://pictures.example/a.png': () => new Response(png, { status }) })
    expect(outcome).toEqual({ ok: false, fault: 'refused', status })
  })

  test('a server that is not there is unreachable', async () => {
    expect(await bring({})).toEqual({ ok: false, fault: 'unreachable' })
  })

  test('a body that breaks off is unreachable', async () => {
    const broken = new ReadableStream({
      start: (controller) => controller.enqueue(png),
      pull: (controller) => controller.error(new Error('connection reset')),
    })
    const outcome = await bring({ 'https://pictures.example/a.png': () => new Response(broken) })
    expect(outcome).toEqual({ ok: false, fault: 'unreachable' })
  })
})

describe('where it is fetched from', () => {
  test.each([
    'http://pictures.example/a.png',
    'https://localhost/a.png',
    'https://127.0.0.1/a.png',
    'https://169.254.169.254/latest/meta-data/',
    'https://[::1]/a.png',
    'https://[::ffff:10.0.0.1]/a.png',
    'https://user:password@pictures.example/a.png',
    'file:///etc/passwd',
    'data:image/png;base64,iVBORw0KGgo=',
    'not an address',
    '',
  ])('%s is never asked', async (url) => {
    const web = internet({})
    expect(await safeFetch({ ...limits, url, fetch: web.fetch })).toEqual({ ok: false, fault: 'not-public' })
    expect(web.asked).toEqual([])
  })

  test('a redirect is followed, also one that is told from here', async () => {
    const outcome = await bring({
      'https://pictures.example/a.png': redirect('/b.png'),
      'https://pictures.example/b.png': redirect('https://cdn.example/c.png', 308),
      'https://cdn.example/c.png': () => new Response(png),
    })
    expect(outcome).toMatchObject({ ok: true })
  })

  test.each([
    'http://127.0.0.1:8787/api/admin',
    'https://127.0.0.1/',
    'https://10.0.0.8/',
    'http://169.254.169.254/latest/meta-data/iam/',
    'https://metadata.google.internal/',
    '//192.168.1.1/',
    'http://pictures.example/a.png',
    'file:///etc/passwd',
    'https://',
  ])('a redirect to %s is not followed', async (to) => {
    const web = internet({ 'https://pictures.example/a.png': redirect(to) })
    const outcome = await safeFetch({ ...limits, url: 'https://pictures.example/a.png', fetch: web.fetch })
    expect(outcome).toEqual({ ok: false, fault: 'not-public' })
    expect(web.asked).toHaveLength(1)
  })

  test('the last of the redirects is looked at as the first is', async () => {
    const web = internet({
      'https://pictures.example/a.png': redirect('https://one.example/'),
      'https://one.example/': redirect('https://two.example/'),
      'https://two.example/': redirect('https://[fd00::1]/'),
    })
    const outcome = await safeFetch({ ...limits, url: 'https://pictures.example/a.png', fetch: web.fetch })
    expect(outcome).toEqual({ ok: false, fault: 'not-public' })
    expect(web.asked).toHaveLength(3)
  })

  test('three redirects are followed and a fourth is not', async () => {
    const hops = (count: number) => {
      const pages: Record<string, () => Response> = { [`https://h${count}.example/`]: () => new Response(png) }
      for (let at = 0; at < count; at++) pages[`https://h${at}.example/`] = redirect(`https://h${at + 1}.example/`)
      return pages
    }
    expect(await bring(hops(3), { url: 'https://h0.example/' })).toMatchObject({ ok: true })
    expect(await bring(hops(4), { url: 'https://h0.example/' })).toEqual({ ok: false, fault: 'too-many-redirects' })
  })

  test('an address that redirects to itself ends', async () => {
    const pages = { 'https://pictures.example/a.png': redirect('https://pictures.example/a.png') }
    expect(await bring(pages)).toEqual({ ok: false, fault: 'too-many-redirects' })
  })

  test('a redirect to nowhere is a refusal', async () => {
    const outcome = await bring({ 'https://pictures.example/a.png': () => new Response(null, { status: 302 }) })
    expect(outcome).toEqual({ ok: false, fault: 'refused', status: 302 })
  })

  test('a platform on one’s own machine may fetch from that machine, and only from there', async () => {
    const pages = { 'http://127.0.0.1:9000/a.png': () => new Response(png) }
    expect(await bring(pages, { url: 'http://127.0.0.1:9000/a.png', local: true })).toMatchObject({ ok: true })
    expect(await bring(pages, { url: 'http://192.168.1.1/a.png', local: true })).toEqual({
      ok: false,
      fault: 'not-public',
    })
  })
})

describe('how much is taken and how long it may take', () => {
  const servers: Server[] = []
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    }
  })

  async function serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener)
    servers.push(server)
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.png`
  }

  test('as much as may be is taken, and not one byte more', async () => {
    const body = new Uint8Array(1_000)
    body.set(png)
    const exact = await bring({ 'https://pictures.example/a.png': () => new Response(body) })
    expect(exact).toMatchObject({ ok: true, bytes: { length: 1_000 } })
    const over = await bring({ 'https://pictures.example/a.png': () => new Response(body) }, { maxBytes: 999 })
    expect(over).toEqual({ ok: false, fault: 'too-large' })
  })

  test('a body that says that it is too large is not begun', async () => {
    let read = false
    const body = new ReadableStream({ pull: () => void (read = true) }, { highWaterMark: 0 })
    const headers = { 'content-length': '1001' }
    const outcome = await bring({ 'https://pictures.example/a.png': () => new Response(body, { headers }) })
    expect(outcome).toEqual({ ok: false, fault: 'too-large' })
    expect(read).toBe(false)
  })

  test('a body that is longer than it says is cut where the limit is', async () => {
    const body = new Uint8Array(5_000)
    const headers = { 'content-length': '11' }
    const outcome = await bring({ 'https://pictures.example/a.png': () => new Response(body, { headers }) })
    expect(outcome).toEqual({ ok: false, fault: 'too-large' })
  })

  test('a body without an end is left, and its server notices', async () => {
    const left = Promise.withResolvers<void>()
    const url = await serve((_request, response) => {
      const pour = () => {
        while (response.write(Buffer.alloc(64)));
      }
      response.write(png)
      response.on('drain', pour).on('close', left.resolve)
      pour()
    })
    expect(await safeFetch({ ...limits, url, local: true })).toEqual({ ok: false, fault: 'too-large' })
    await left.promise
  })

  test('a bomb is counted as it is unpacked', async () => {
    const bomb = gzipSync(Buffer.concat([png, Buffer.alloc(50_000_000)]))
    expect(bomb.length).toBeLessThan(limits.maxBytes * 100)
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': bomb.length })
      response.end(bomb)
    })
    const outcome = await safeFetch({ ...limits, maxBytes: 100_000, url, local: true })
    expect(outcome).toEqual({ ok: false, fault: 'too-large' })
  })

  test('a body that stops coming is given up when its time is over', async () => {
    const timers = createTestTimers(createTestClock())
    const begun = Promise.withResolvers<void>()
    const stalled = new ReadableStream({
      start: (controller) => controller.enqueue(png),
      pull: () => {
        begun.resolve()
        return new Promise(() => {})
      },
    })
    const running = bring({ 'https://pictures.example/a.png': () => new Response(stalled) }, { timers })
    await begun.promise
    await timers.pass(4_999)
    await timers.pass(1)
    expect(await running).toEqual({ ok: false, fault: 'too-slow' })
  })

  test('a server that never answers is given up as well, and the time is for all the redirects together', async () => {
    const timers = createTestTimers(createTestClock())
    const asked = Promise.withResolvers<void>()
    const fetch = (async (url: string) => {
      if (url === 'https://pictures.example/a.png') {
        await timers.pass(3_000)
        return redirect('https://cdn.example/')()
      }
      asked.resolve()
      return new Promise<Response>(() => {})
    }) as typeof globalThis.fetch
    const running = safeFetch({ ...limits, url: 'https://pictures.example/a.png', fetch, timers })
    await asked.promise
    await timers.pass(2_000)
    expect(await running).toEqual({ ok: false, fault: 'too-slow' })
  })

  test('a caller who leaves ends it, and no timer is left', async () => {
    const timers = createTestTimers(createTestClock())
    const controller = new AbortController()
    const seen = Promise.withResolvers<AbortSignal>()
    const fetch = ((_url: string, init: RequestInit) => {
      seen.resolve(init.signal!)
      return new Promise<Response>(() => {})
    }) as typeof globalThis.fetch
    const url = 'https://pictures.example/a.png'
    const running = safeFetch({ ...limits, url, fetch, timers, signal: controller.signal })
    const signal = await seen.promise
    controller.abort(new Error('the caller left'))
    await expect(running).rejects.toThrow('the caller left')
    expect(signal.aborted).toBe(true)
    expect(timers.pending()).toBe(0)
  })
})
