import { expect, test } from 'vitest'
import { decodePicture, MAX_PICTURE_BYTES, requireCount, requirePicture } from './decode-picture.ts'
import { onePixel } from './image-samples.ts'
import { readLargeEvents } from './read-large-events.ts'
import { readLargeJson } from './read-large-json.ts'

const vendor = 'A vendor'
const { signal } = new AbortController()
const MEGABYTE = 1_048_576

/** So many megabytes, made as they are read; `taken` says how many were. */
function endless(megabytes: number, first = '') {
  const piece = new Uint8Array(MEGABYTE).fill(97)
  const state = { taken: 0, cancelled: false }
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(new TextEncoder().encode(first)),
      pull(controller) {
        if (state.taken++ >= megabytes) return controller.close()
        controller.enqueue(piece)
      },
      cancel: () => void (state.cancelled = true),
    },
    { highWaterMark: 0 },
  )
  return { response: new Response(body), state }
}

test('an answer that is larger than a Worker can hold is not read to its end', async () => {
  const { response, state } = endless(200, '{"data":"')
  await expect(readLargeJson({ response, signal, vendor })).rejects.toMatchObject({ code: 'provider_error' })
  expect(state.taken).toBeLessThan(60)
  expect(state.cancelled).toBe(true)
})

test('nor is an event', async () => {
  const { response, state } = endless(200, 'data: ')
  await expect(readLargeEvents({ response, signal, vendor }).next()).rejects.toMatchObject({ code: 'provider_error' })
  expect(state.taken).toBeLessThan(60)
  expect(state.cancelled).toBe(true)
})

test('whoever leaves in the middle of an answer stops it', async () => {
  const stop = new AbortController()
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(new Uint8Array([32]))
      queueMicrotask(() => stop.abort(new Error('left')))
    },
  })
  await expect(readLargeJson({ response: new Response(body), signal: stop.signal, vendor })).rejects.toThrow('left')
})

test('a stream that breaks off is the vendor’s failure', async () => {
  const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.error(new TypeError('reset')) })
  const reading = readLargeJson({ response: new Response(body), signal, vendor })
  await expect(reading).rejects.toMatchObject({
    code: 'provider_error',
    details: { internal: expect.stringContaining('reset') },
  })
})

test('events are told apart wherever they are torn, and what is unfinished is none', async () => {
  const text = ': comment\r\nevent: x\r\ndata: {"a":\r\ndata: 1}\r\n\r\ndata: [DONE]\n\ndata: {"b":2}\n\ndata: {"c":3}'
  for (const size of [1, 3, 1_000]) {
    const bytes = new TextEncoder().encode(text)
    let at = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at >= bytes.length) return controller.close()
        controller.enqueue(bytes.slice(at, (at += size)))
      },
    })
    const events = await Array.fromAsync(readLargeEvents({ response: new Response(body), signal, vendor }))
    expect(events).toEqual([{ a: 1 }, { b: 2 }])
  }
})

test('a picture of more bytes than are taken is none, before it is decoded', () => {
  const vast = 'A'.repeat(Math.ceil((MAX_PICTURE_BYTES / 3) * 4) + 4)
  expect(() => decodePicture(vast, vendor)).toThrow(expect.objectContaining({ code: 'provider_bad_image' }))
  const bytes = new Uint8Array(MAX_PICTURE_BYTES + 1)
  bytes.set(onePixel)
  expect(() => requirePicture(bytes, vendor)).toThrow(expect.objectContaining({ code: 'provider_bad_image' }))
})

test('a picture may come with or without the name of its type', () => {
  const base64 = Buffer.from(onePixel).toString('base64')
  expect(decodePicture(base64, vendor)).toEqual(onePixel)
  expect(decodePicture(`data:image/png;base64,${base64}`, vendor)).toEqual(onePixel)
})

test.each([
  [0, 'provider_no_image'],
  [1, 'provider_wrong_count'],
  [3, 'provider_wrong_count'],
])('%i pictures where two were asked for', (count, code) => {
  const call = () => requireCount(Array.from({ length: count }), { count: 2, vendor })
  expect(call).toThrow(expect.objectContaining({ code }))
})
