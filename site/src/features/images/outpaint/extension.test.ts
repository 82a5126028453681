import { expect, test } from 'vitest'
import { noExtension } from '../state/draft.ts'
import { clampSide, extensionFor, grownSize, keyStep, pulled, withEdge } from './extension.ts'

test('an edge follows the pointer outwards, and its left is the left in every language', () => {
  const move = { dx: 50, dy: 0, share: 0.5 }
  expect(pulled('right', move)).toBe(100)
  expect(pulled('left', move)).toBe(-100)
  expect(pulled('top', { dx: 0, dy: -20, share: 0.5 })).toBe(40)
})

test('the arrow that points outwards makes an edge grow', () => {
  expect(keyStep('right', { key: 'ArrowRight', large: false })).toBe(32)
  expect(keyStep('left', { key: 'ArrowLeft', large: true })).toBe(128)
  expect(keyStep('left', { key: 'ArrowRight', large: false })).toBe(-32)
  expect(keyStep('top', { key: 'ArrowUp', large: false })).toBe(32)
  expect(keyStep('top', { key: 'Enter', large: false })).toBeNull()
})

test('a side never shrinks the picture and grows in steps', () => {
  expect([clampSide(-9), clampSide(13), clampSide(9_999)]).toEqual([0, 16, 4_096])
  expect(withEdge(noExtension, 'right', 100).right).toBe(104)
})

test('a shape is reached with as little as can be', () => {
  const square = { width: 1024, height: 1024 }
  const wide = extensionFor(square, 16 / 9)
  expect(wide).toEqual({ top: 0, bottom: 0, left: 400, right: 400 })
  expect(grownSize(square, wide)).toEqual({ width: 1824, height: 1024 })
  expect(extensionFor(square, 9 / 16)).toMatchObject({ left: 0, right: 0, top: 400 })
  expect(extensionFor(square, 1)).toEqual(noExtension)
})
