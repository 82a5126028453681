import { expect, test } from 'vitest'
import { readText } from './validate.ts'

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  new Request('https://riwaq.example/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit)

const inPieces = (count: number) =>
  new ReadableStream<Uint8Array>({
    pull(controller) {
      if (count-- > 0) controller.enqueue(new TextEncoder().encode('ب'.repeat(5)))
      else controller.close()
    },
  })

test('a body is read whole, whether or not its length was said', async () => {
  expect(await readText(post('مرحبا', { 'content-length': '10' }), 10)).toBe('مرحبا')
  expect(await readText(post(inPieces(2)), 20)).toBe('ب'.repeat(10))
})

test.each([
  ['says so', post('x', { 'content-length': '11' })],
  ['says nothing', post(inPieces(3))],
  ['says that it is short', post('x'.repeat(11), { 'content-length': '5' })],
])('a body that is too large is refused where it %s', async (_, request) => {
  await expect(readText(request, 10)).rejects.toMatchObject({ code: 'payload_too_large' })
})
