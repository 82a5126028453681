import { expect, test } from 'vitest'
import { sniffMediaType } from './sniff-media-type.ts'

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? Array.from(part, (letter) => letter.charCodeAt(0)) : part)),
  )

test.each([
  ['image/png', bytes([0x89], 'PNG\r\n', [0x1a, 0x0a], 'rest')],
  ['image/jpeg', bytes([0xff, 0xd8, 0xff, 0xe0])],
  ['image/gif', bytes('GIF87a')],
  ['image/gif', bytes('GIF89a…')],
  ['image/webp', bytes('RIFF', [9, 8, 7, 6], 'WEBPVP8 ')],
  ['application/pdf', bytes('%PDF-1.7')],
  ['audio/wav', bytes('RIFF', [9, 8, 7, 6], 'WAVEfmt ')],
  ['audio/mpeg', bytes('ID3', [4])],
  ['audio/mpeg', bytes([0xff, 0xfb, 0x90])],
  ['audio/flac', bytes('fLaC')],
  ['audio/ogg', bytes('OggS')],
])('%s is known by its first bytes', (mediaType, file) => {
  expect(sniffMediaType(file)).toBe(mediaType)
})

test.each([
  ['nothing', bytes()],
  ['a page', bytes('<html>')],
  ['a drawing with scripts', bytes('<svg ')],
  ['a program', bytes([0x7f], 'ELF')],
  ['half a signature', bytes('RIFF', [1, 2, 3, 4], 'WE')],
  ['another kind of RIFF', bytes('RIFF', [1, 2, 3, 4], 'AVI ')],
  ['a signature that comes later', bytes(' ', [0xff, 0xd8, 0xff])],
])('%s is nothing that a model takes', (_name, file) => {
  expect(sniffMediaType(file)).toBeNull()
})
