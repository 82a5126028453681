import { expect, test } from 'vitest'
import { brushAfter, BRUSH_SIZES, emptyMask, redo, undo, visibleSteps, withStep } from './mask-history.ts'
import type { Stroke } from './mask-history.ts'
import { paintedShare, toMaskPixels } from './mask-pixels.ts'

const stroke = (size: number): Stroke => ({ kind: 'brush', size, points: [{ x: 1, y: 1 }] })

test('what was painted becomes transparent, everything else stays opaque', () => {
  const painted = new Uint8ClampedArray([14, 95, 89, 255, 0, 0, 0, 0, 14, 95, 89, 51, 0, 0, 0, 0])
  const mask = toMaskPixels(painted)
  expect([mask[3], mask[7], mask[11], mask[15]]).toEqual([0, 255, 204, 255])
  expect([mask[0], mask[1], mask[2]]).toEqual([0, 0, 0])
  expect(paintedShare(painted)).toBeCloseTo(0.3)
})

test('steps are taken back and done again, until something new is painted', () => {
  const two = withStep(withStep(emptyMask, stroke(1)), stroke(2))
  const back = undo(two)
  expect(back.done).toEqual([stroke(1)])
  expect(redo(back)).toEqual(two)
  expect(redo(withStep(back, stroke(3))).done).toEqual([stroke(1), stroke(3)])
  expect(undo(emptyMask)).toBe(emptyMask)
})

test('clearing can be taken back as well', () => {
  const cleared = withStep(withStep(emptyMask, stroke(1)), { kind: 'clear' })
  expect(visibleSteps(cleared)).toEqual([])
  expect(visibleSteps(undo(cleared))).toEqual([stroke(1)])
  expect(visibleSteps(withStep(cleared, { kind: 'invert' }))).toEqual([{ kind: 'invert' }])
})

test('the brush grows and shrinks by keys, within reason', () => {
  expect(brushAfter(40, 1)).toBe(50)
  expect(brushAfter(40, -1)).toBe(32)
  expect(brushAfter(BRUSH_SIZES.min, -1)).toBe(BRUSH_SIZES.min)
  expect(brushAfter(BRUSH_SIZES.max, 1)).toBe(BRUSH_SIZES.max)
})
