import fc from 'fast-check'
import { expect, test } from 'vitest'
import { safeNextPath, signInPath } from './next-path.ts'

test('a path on this site is kept with its query', () => {
  expect(safeNextPath('/ar/keys?new=1#top', '/ar/chat')).toBe('/ar/keys?new=1#top')
})

const evil = [
  '//evil.example',
  '/\\evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '/\t/evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  'evil',
  '',
  null,
  undefined,
]

test.each(evil)('%j leads nowhere else', (value) => {
  expect(safeNextPath(value, '/en/chat')).toBe('/en/chat')
})

test('whatever is given, the browser stays on this site', () => {
  const site = 'https://here.example'
  const hostile = fc
    .array(fc.constantFrom('/', '\\', '.', ':', '@', '\t', '%2f', 'evil.example', 'https:', '?', '#'))
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), hostile),
      (value) => new URL(safeNextPath(value, '/en/chat'), site).origin === site,
    ),
  )
})

test('signing in leads back', () => {
  const path = signInPath('en', '/en/chat?c=conv_1')
  expect(safeNextPath(new URLSearchParams(path.split('?')[1]).get('next'), '/')).toBe('/en/chat?c=conv_1')
})
