import { expect, test } from 'vitest'
import { noExtension } from '../state/draft.ts'
import { clampSide, extensionFor, grownSize, keyStep, pulled, withEdge } from './extension.ts'

test('the end of the line is on the right in English and on the left in Arabic', () => {
  const move = { dx: 50, dy: 0, share: 0.5 }
  expect(pulled('end', { ...move, rtl: false })).toBe(100)
  expect(pulled('end', { ...move, rtl: true })).toBe(-100)
  expect(pulled('start', { ...move, rtl: true })).toBe(100)
  expect(pulled('top', { dx: 0, dy: -20, share: 0.5, rtl: true })).toBe(40)
})

test('the arrow that points outwards makes an edge grow', () => {
  expect(keyStep('end', { key: 'ArrowRight', rtl: false, large: false })).toBe(32)
  expect(keyStep('end', { key: 'ArrowLeft', rtl: true, large: true })).toBe(128)
  expect(keyStep('end', { key: 'ArrowRight', rtl: true, large: false })).toBe(-32)
  expect(keyStep('top', { key: 'ArrowUp', rtl: false, large: false })).toBe(32)
  expect(keyStep('top', { key: 'Enter', rtl: false, large: false })).toBeNull()
})

test('a side never shrinks the picture and grows in steps', () => {
  expect([clampSide(-9), clampSide(13), clampSide(9_999)]).toEqual([0, 16, 4_096])
  expect(withEdge(noExtension, 'end', 100).end).toBe(104)
})

test('a shape is reached with as little as can be', () => {
  const square = { width: 1024, height: 1024 }
  const wide = extensionFor(square, 16 / 9)
  expect(wide).toEqual({ top: 0, bottom: 0, start: 400, end: 400 })
  expect(grownSize(square, wide)).toEqual({ width: 1824, height: 1024 })
  expect(extensionFor(square, 9 / 16)).toMatchObject({ start: 0, end: 0, top: 400 })
  expect(extensionFor(square, 1)).toEqual(noExtension)
})
