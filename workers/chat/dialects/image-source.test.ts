import { expect, test } from 'vitest'
import { toImageSource } from './image-source.ts'

const source = (url: string) => toImageSource(url, 'messages[0].content[0].image_url.url')

test('a public address and a picture in the request are taken as they are', () => {
  expect(source('https://pictures.example/cat.png?size=2')).toEqual({
    kind: 'url',
    url: 'https://pictures.example/cat.png?size=2',
  })
  expect(source('data:image/png;base64,AAAA')).toEqual({ kind: 'base64', mediaType: 'image/png', data: 'AAAA' })
})

test.each([
  'http://pictures.example/cat.png',
  'file:///etc/passwd',
  'https://localhost/cat.png',
  'https://vllm/cat.png',
  'https://metadata.google.internal/computeMetadata/v1/',
  'https://router.lan./cat.png',
  'https://127.0.0.1/cat.png',
  'https://2130706433/cat.png',
  'https://0x7f.1/cat.png',
  'https://10.1.2.3/cat.png',
  'https://172.16.0.1/cat.png',
  'https://192.168.1.1/cat.png',
  'https://169.254.169.254/latest/meta-data/',
  'https://100.64.0.1/cat.png',
  'https://[::1]/cat.png',
  'https://[::ffff:10.0.0.1]/cat.png',
  'https://user@pictures.example/cat.png',
  'data:text/html;base64,AAAA',
  'data:image/svg+xml;base64,AAAA',
  'cat.png',
])('no vendor is made to read %s', (url) => {
  expect(() => source(url)).toThrow(/image (in the request )?must be/i)
})
