import { expect, test } from 'vitest'
import { serveFile, type FileAccess, type ServedFile } from './serve.ts'
import { readRange } from './serve-range.ts'

const NOW = Date.UTC(2026, 0, 15, 12)
const bytes = Uint8Array.from({ length: 1_000 }, (_, at) => at & 255)

/** Like R2: a range of what is there, and the size of the whole. */
function createBucket() {
  const asked: (R2Range | undefined)[] = []
  const bucket = {
    async get(key: string, { range }: { range?: { offset: number; length: number } } = {}) {
      asked.push(range)
      if (key !== 'there') return null
      const part = range ? bytes.slice(range.offset, range.offset + range.length) : bytes
      return { size: bytes.length, body: new Blob([part as Uint8Array<ArrayBuffer>]).stream() }
    },
  }
  return { asked, bucket: bucket as unknown as Pick<R2Bucket, 'get'> }
}

const file: ServedFile = { key: 'there', mediaType: 'image/png', title: 'قطة على سطح', version: 'abc-original' }
const own: FileAccess = { by: 'principal' }
const byAddress: FileAccess = { by: 'address', expiresAt: NOW + 90_000, now: NOW }

interface Asked {
  headers?: Record<string, string>
  method?: string
  change?: Partial<ServedFile>
  access?: FileAccess
  download?: boolean
}

async function serve({ headers = {}, method = 'GET', change = {}, access = own, download = false }: Asked = {}) {
  const { asked, bucket } = createBucket()
  const request = new Request('https://riwaq.example/file', { method, headers })
  const response = await serveFile({ request, bucket, file: { ...file, ...change }, access, download })
  if (!response) throw new Error('nothing is served')
  return { response, asked, body: new Uint8Array(await response.arrayBuffer()) }
}

test('a picture is served as what it is, and may do nothing as a page', async () => {
  const { response, body } = await serve()
  expect(response.status).toBe(200)
  expect(body).toEqual(bytes)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'image/png',
    'content-length': '1000',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'accept-ranges': 'bytes',
    etag: '"abc-original"',
  })
})

test.each(['image/svg+xml', 'text/html', 'application/javascript', 'image/gif', ''])(
  'whatever else is kept (%s) is only handed out to be saved',
  async (mediaType) => {
    const { response } = await serve({ change: { mediaType } })
    expect(response.headers.get('content-type')).toBe('application/octet-stream')
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/)
  },
)

test('a file is saved under its own name, in Arabic too, and in plain letters for whoever reads no more', async () => {
  const shown = await serve()
  expect(shown.response.headers.get('content-disposition')).toBe(
    `inline; filename="riwaq.png"; filename*=UTF-8''${encodeURIComponent('قطة على سطح.png')}`,
  )
  const saved = await serve({
    download: true,
    change: { title: 'A cat’s (best) "roof"\r\nset-cookie: a=b', mediaType: 'image/jpeg' },
  })
  expect(saved.response.headers.get('content-disposition')).toBe(
    `attachment; filename="A cats best roof set-cookie ab.jpg"; filename*=UTF-8''A%20cat%E2%80%99s%20%28best%29%20roof%20set-cookie%20a%3Db.jpg`,
  )
  expect(saved.response.headers.has('set-cookie')).toBe(false)
  const odd = await serve({ change: { title: `../../etc/${'\u202E'}passwd\uD800` } })
  expect(odd.response.headers.get('content-disposition')).toContain(`filename*=UTF-8''etc%20passwd%EF%BF%BD.png`)
})

test('one’s own pictures stay in one’s own browser; a signed address keeps them until it ends', async () => {
  const mine = await serve()
  expect(mine.response.headers.get('cache-control')).toBe('private, max-age=31536000, immutable')
  expect(mine.response.headers.get('vary')).toBe('cookie, authorization, x-api-key')
  const signed = await serve({ access: byAddress })
  expect(signed.response.headers.get('cache-control')).toBe('private, max-age=90')
  expect(signed.response.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
  const long = await serve({ access: { by: 'address', expiresAt: NOW + 10 ** 12, now: NOW } })
  expect(long.response.headers.get('cache-control')).toBe('private, max-age=86400')
  const over = await serve({ access: { by: 'address', expiresAt: NOW - 5, now: NOW } })
  expect(over.response.headers.get('cache-control')).toBe('private, max-age=0')
})

test('who has it already is told so without a look into the bucket', async () => {
  for (const tag of ['"abc-original"', 'W/"abc-original"', '"other", "abc-original"', '*']) {
    const { response, asked } = await serve({ headers: { 'if-none-match': tag } })
    expect([response.status, asked.length]).toEqual([304, 0])
    expect(response.headers.get('etag')).toBe('"abc-original"')
  }
  expect((await serve({ headers: { 'if-none-match': '"abc-thumbnail"' } })).response.status).toBe(200)
})

test.each([
  ['bytes=0-99', 'bytes 0-99/1000', 0, 100],
  ['bytes=990-', 'bytes 990-999/1000', 990, 10],
  ['bytes=-5', 'bytes 995-999/1000', 995, 5],
  ['bytes=900-5000', 'bytes 900-999/1000', 900, 100],
])('a range is answered as one: %s', async (range, contentRange, from, length) => {
  const { response, body, asked } = await serve({ headers: { range } })
  expect(response.status).toBe(206)
  expect(response.headers.get('content-range')).toBe(contentRange)
  expect(response.headers.get('content-length')).toBe(String(length))
  expect(body).toEqual(bytes.slice(from, from + length))
  expect(asked.at(-1)).toEqual({ offset: from, length })
})

test('a range behind the end cannot be had, and is told how long the whole is', async () => {
  for (const range of ['bytes=1000-', 'bytes=5000-6000', 'bytes=-0']) {
    const { response, body } = await serve({ headers: { range } })
    expect([response.status, response.headers.get('content-range'), body.length]).toEqual([416, 'bytes */1000', 0])
    expect(response.headers.get('cache-control')).toBe('no-store')
  }
})

test('a range that need not be understood gets the whole', async () => {
  for (const range of [
    'bytes=0-1,5-6',
    'lines=1-2',
    'bytes=9-3',
    'bytes=-',
    'bytes=1e3-',
    'bytes=99999999999999999999-',
  ]) {
    expect(readRange(range, 1_000)).toBeNull()
    expect((await serve({ headers: { range } })).response.status).toBe(200)
  }
})

test('a range of another version gets the whole of this one', async () => {
  const range = 'bytes=0-9'
  expect((await serve({ headers: { range, 'if-range': '"old"' } })).response.status).toBe(200)
  expect((await serve({ headers: { range, 'if-range': '"abc-original"' } })).response.status).toBe(206)
})

test('HEAD tells everything and gives nothing', async () => {
  const { response, body } = await serve({ method: 'HEAD' })
  expect([response.status, response.headers.get('content-length'), body.length]).toEqual([200, '1000', 0])
  const range = await serve({ method: 'HEAD', headers: { range: 'bytes=0-9' } })
  expect([range.response.status, range.response.headers.get('content-length')]).toEqual([206, '10'])
})

test('what is not in the bucket is not served, however it is asked for', async () => {
  const { bucket } = createBucket()
  for (const init of [{}, { method: 'HEAD' }, { headers: { range: 'bytes=0-1' } }]) {
    const request = new Request('https://riwaq.example/file', init)
    expect(
      await serveFile({ request, bucket, file: { ...file, key: 'gone' }, access: own, download: false }),
    ).toBeNull()
  }
})
