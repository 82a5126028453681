import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitInto, fitted, settle, zoomAt } from './zoom.ts'

const frame = { width: 800, height: 600 }

test('a picture fits into its frame and keeps its shape', () => {
  expect(fitInto({ width: 1024, height: 1024 }, frame)).toEqual({ width: 600, height: 600 })
  expect(fitInto({ width: 1600, height: 100 }, frame)).toEqual({ width: 800, height: 50 })
})

test('what is under the pointer stays there while zooming', () => {
  const point = { x: 120, y: -80 }
  const before = { scale: 1.5, x: 30, y: 10 }
  const after = zoomAt(before, { point, factor: 2 })
  const onPicture = (view: typeof before) => [(point.x - view.x) / view.scale, (point.y - view.y) / view.scale]
  expect(onPicture(after)).toEqual(onPicture(before))
})

test('a picture cannot be lost: it is never smaller than its frame nor pushed out of it', () => {
  const drawn = fitInto({ width: 1024, height: 1024 }, frame)
  const number = fc.double({ min: -5_000, max: 5_000, noNaN: true })
  fc.assert(
    fc.property(number, number, fc.double({ min: 0.01, max: 50, noNaN: true }), (x, y, scale) => {
      const view = settle({ x, y, scale }, { drawn, frame })
      const over = Math.max(0, (drawn.width * view.scale - frame.width) / 2)
      return view.scale >= 1 && view.scale <= 8 && Math.abs(view.x) <= over + 1e-6
    }),
  )
  expect(settle({ scale: 1, x: 90, y: 90 }, { drawn, frame })).toEqual(fitted)
})
