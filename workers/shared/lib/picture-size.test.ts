import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { pictureSize } from './picture-size.ts'

const bytesOf = (...parts: (string | number[])[]): Uint8Array =>
  new Uint8Array([...Buffer.concat(parts.map((part) => Buffer.from(part as string, 'latin1'))), ...Array(40).fill(0)])

test.each([
  ['a PNG', bytesOf('\x89PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', [0, 0, 4, 0, 0, 0, 2, 0]), 1024, 512],
  ['a JPEG', bytesOf([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc0, 0, 17, 8, 2, 0, 4, 0]), 1024, 512],
  [
    'a progressive JPEG after a table',
    bytesOf([0xff, 0xd8, 0xff, 0xc4, 0, 3, 9, 0xff, 0xff, 0xc2, 0, 17, 8, 2, 0, 4, 0]),
    1024,
    512,
  ],
  ['an extended WebP', bytesOf('RIFF____WEBPVP8X', [10, 0, 0, 0, 0, 0, 0, 0, 0xff, 3, 0, 0xff, 1, 0]), 1024, 512],
  ['a lossless WebP', bytesOf('RIFF____WEBPVP8L', [10, 0, 0, 0, 0x2f, 0xff, 0xc3, 0x7f, 0]), 1024, 512],
  ['a plain WebP', bytesOf('RIFF____WEBPVP8 ', [10, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 0, 4, 0, 2]), 1024, 512],
])('the size of %s is in its first bytes', (_, bytes, width, height) => {
  expect(pictureSize(bytes)).toEqual({ width, height })
})

test('a real picture of ours is as large as it says', () => {
  expect(pictureSize(readFileSync('docs/images/chat.png'))?.width).toBeGreaterThan(600)
})

test.each([
  ['nothing', new Uint8Array()],
  ['a text', bytesOf('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['a JPEG that ends in its first segment', bytesOf([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff])],
])('%s has none', (_, bytes) => {
  expect(pictureSize(bytes)).toBeNull()
})
