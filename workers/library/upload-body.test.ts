import { expect, test } from 'vitest'
import { readUpload } from './upload-body.ts'
import { titleOfFile } from './upload-title.ts'

const URL = 'https://riwaq.example/api/library/uploads'
const bytes = Uint8Array.from({ length: 3_000 }, (_, at) => (at * 7) & 255)
const post = (body: BodyInit, headers: Record<string, string> = {}, search = '') =>
  new Request(`${URL}${search}`, { method: 'POST', body, headers })

function form(fields: Record<string, string | File>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.append(name, value)
  return data
}
const file = (name: string, content: Uint8Array | string = bytes) =>
  new File([typeof content === 'string' ? content : content.slice()], name, { type: 'text/html' })

test('a form is read as a browser writes it: the file, its name, a title and a collection', async () => {
  const sent = post(form({ title: 'سطح', file: file('قطة على سطح.PNG'), collection_id: 'col_1' }))
  expect(await readUpload(sent)).toEqual({ bytes, title: 'سطح', collectionId: 'col_1' })
  expect(await readUpload(post(form({ file: file('قطة على سطح.PNG') })))).toEqual({
    bytes,
    title: 'قطة على سطح',
    collectionId: null,
  })
})

test('a file whose own bytes look like the end of a part is read whole', async () => {
  const tricky = new TextEncoder().encode('\r\n--boundary\r\n\r\n--boundary--\r\n----\r\n')
  expect((await readUpload(post(form({ file: file('a.png', tricky) })))).bytes).toEqual(tricky)
})

test('nothing but bytes is a file too, with its title in the address', async () => {
  const sent = post(bytes, { 'content-type': 'image/png' }, '?title=%D9%82%D8%B7%D8%A9.png&collection_id=col_1')
  expect(await readUpload(sent)).toEqual({ bytes, title: 'قطة', collectionId: 'col_1' })
  expect((await readUpload(post(bytes))).title).toBe('')
})

test.each([
  ['a form without a file', post(form({ title: 'a' }))],
  ['a file that is a field', post(form({ file: 'text' }))],
  ['an empty file', post(form({ file: file('a.png', '') }))],
  ['nothing', post('', { 'content-type': 'image/png' })],
])('%s is refused by naming the file', async (_what, request) => {
  await expect(readUpload(request)).rejects.toMatchObject({ code: 'invalid_request', details: { param: 'file' } })
})

test.each([
  ['no boundary', 'multipart/form-data', 'anything'],
  ['another boundary', 'multipart/form-data; boundary=b', '--c\r\n\r\n\r\n--c--'],
  [
    'no end',
    'multipart/form-data; boundary=b',
    '--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nabc',
  ],
  ['no names', 'multipart/form-data; boundary=b', '--b\r\nx: y\r\n\r\nabc\r\n--b--'],
  ['a head without end', 'multipart/form-data; boundary=b', `--b\r\n${'x'.repeat(9_000)}\r\n\r\nabc\r\n--b--`],
  [
    'too many parts',
    'multipart/form-data; boundary=b',
    `${'--b\r\ncontent-disposition: form-data; name="a"\r\n\r\n\r\n'.repeat(40)}--b--`,
  ],
])('a form with %s is refused', async (_what, type, body) => {
  await expect(readUpload(post(body, { 'content-type': type }))).rejects.toMatchObject({ code: 'invalid_request' })
})

test('what is text is not taken for a picture', async () => {
  for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain;charset=UTF-8']) {
    await expect(readUpload(post('{}', { 'content-type': type }))).rejects.toMatchObject({
      code: 'unsupported_media_type',
    })
  }
})

test('a body is counted while it is read: nothing is believed of what it says of its length', async () => {
  let pulled = 0
  const endless = new ReadableStream({
    pull(controller) {
      pulled += 1
      controller.enqueue(new Uint8Array(65_536))
    },
  })
  const request = new Request(URL, { method: 'POST', body: endless, duplex: 'half' } as RequestInit)
  await expect(readUpload(request, 1_000_000)).rejects.toMatchObject({
    code: 'image_too_large',
    details: { facts: { max_bytes: 1_000_000 } },
  })
  expect(pulled).toBeLessThan(25)
  await expect(readUpload(post(bytes, { 'content-length': '999999999' }), 100)).rejects.toMatchObject({
    code: 'image_too_large',
  })
  await expect(readUpload(post(bytes), 2_999)).rejects.toMatchObject({ code: 'image_too_large' })
  await expect(readUpload(post(form({ file: file('a.png') })), 2_999)).rejects.toMatchObject({
    code: 'image_too_large',
  })
  expect((await readUpload(post(form({ file: file('a.png') })), 3_000)).bytes.length).toBe(3_000)
})

test.each([
  ['../../etc/passwd.png', 'passwd'],
  ['C:\\Users\\Salma\\قطة.jpeg', 'قطة'],
  ['photo\u202Egnp.exe', 'photognp.exe'],
  ['a\u0000b\nc\u200B.webp', 'abc'],
  ['IMG_2031 (1).JPG', 'IMG 2031 (1)'],
  ['…....png', '…'],
  ['.png', ''],
  ['<b>"x"|y?.png', 'b x y'],
  ['نمونه\u200Cها.png', 'نمونه\u200Cها'],
  ['ملف\u0640 ١٢٣.png', 'ملف\u0640 ١٢٣'],
  ['\u{1F985}'.repeat(300), '\u{1F985}'.repeat(200)],
])('a file called %j is titled %j', (name, title) => {
  expect(titleOfFile(name)).toBe(title)
})
