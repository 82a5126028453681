import { expect, test } from 'vitest'
import { gather } from './language-model-conformance.ts'
import { readSse, type ServerSentEvent } from './read-sse.ts'

const encoder = new TextEncoder()

function bodyOf(...chunks: (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk)
      controller.close()
    },
  })
}

const read = (...chunks: (string | Uint8Array)[]): Promise<ServerSentEvent[]> =>
  gather(readSse(bodyOf(...chunks), new AbortController().signal))
const dataOf = async (...chunks: (string | Uint8Array)[]) => (await read(...chunks)).map(({ data }) => data)

test('an event is what an empty line ends', async () => {
  expect(await read('event: ping\ndata: 1\n\ndata: 2\n\n')).toEqual([
    { event: 'ping', data: '1' },
    { event: 'message', data: '2' },
  ])
})

test('lines of data are one text; only the first space after the colon is not part of it', async () => {
  expect(await dataOf('data: a\ndata:b\ndata:  c\n\n')).toEqual(['a\nb\n c'])
})

test.each([['\r\n'], ['\r'], ['\n']])('lines may end with %j', async (end) => {
  expect(
    await dataOf(`data: a${end}${end}data: b${end}${end}`.replace(/\r$/, '\r') + (end === '\r' ? 'x' : '')),
  ).toEqual(['a', 'b'])
})

test('a line end that is torn between CR and LF is one line end', async () => {
  expect(await dataOf('data: a\r', '\n', 'data: b\r\n\r', '\n')).toEqual(['a\nb'])
})

test('comments and fields that nobody knows are passed over, and so is an event without data', async () => {
  expect(await dataOf(': keep-alive\n\n', 'id: 7\nretry: 10\ndata\nnonsense\n\n', 'event: empty\n\n')).toEqual([''])
})

test('a letter torn between two reads is that letter', async () => {
  const bytes = encoder.encode('data: رواق🌙\n\n')
  const singles = Array.from(bytes, (byte) => new Uint8Array([byte]))
  expect(await dataOf(...singles)).toEqual(['رواق🌙'])
})

test('what the end of the body leaves unfinished is not an event', async () => {
  expect(await dataOf('data: whole\n\ndata: half')).toEqual(['whole'])
  expect(await dataOf('data: whole\n\ndata: no empty line\n')).toEqual(['whole'])
})

test('a line that never ends is refused before it fills the memory', async () => {
  const megabyte = `data: ${'x'.repeat(1024 * 1024)}`
  await expect(dataOf(...Array.from({ length: 18 }, () => megabyte))).rejects.toThrow('16 MB')
})

test('a failing body fails the reading', async () => {
  const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error('reset')) })
  await expect(gather(readSse(broken, new AbortController().signal))).rejects.toThrow('reset')
})
