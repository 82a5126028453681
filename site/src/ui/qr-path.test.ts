import { expect, test } from 'vitest'
import { qrPath } from './qr-path.ts'

test('neighbouring modules are drawn as one run', () => {
  expect(qrPath([[true, true, false, true]])).toBe('M0 0h2v1h-2zM3 0h1v1h-1z')
})

test('every dark module is drawn once, and no light one', () => {
  const modules = [
    [false, true],
    [true, false],
    [false, false],
  ]
  expect(qrPath(modules)).toBe('M1 0h1v1h-1zM0 1h1v1h-1z')
})
