import fc from 'fast-check'
import { expect, test } from 'vitest'
import { barAt, chartGeometry, labelledDays, niceScale, piecesOf } from './chart-geometry.ts'

const values = [10, 0, 40, 25]
const draw = (direction: 'ltr' | 'rtl', width = 464) => chartGeometry({ values, width, height: 240, direction })

test('in English the newest day is on the right, in Arabic on the left', () => {
  const english = draw('ltr')
  const arabic = draw('rtl')
  expect(english.bars[3]!.x).toBeGreaterThan(english.bars[0]!.x)
  expect(arabic.bars[3]!.x).toBeLessThan(arabic.bars[0]!.x)
})

test('the Arabic chart is the English one in a mirror', () => {
  const english = draw('ltr')
  const arabic = draw('rtl')
  english.bars.forEach((bar, index) => {
    expect(arabic.bars[index]!.x).toBeCloseTo(464 - bar.x - bar.width)
    expect(arabic.bars[index]!.height).toBe(bar.height)
  })
})

test('a day without charges has no bar and a tiny charge is still seen', () => {
  const { bars } = chartGeometry({ values: [0, 1, 1_000_000], width: 464, height: 240, direction: 'ltr' })
  expect(bars[0]!.height).toBe(0)
  expect(bars[1]!.height).toBe(2)
})

test('no bar leaves the plot, whatever was spent', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 10 ** 12 }), { minLength: 1, maxLength: 92 }),
      fc.integer({ min: 240, max: 1600 }),
      fc.constantFrom('ltr' as const, 'rtl' as const),
      (spent, width, direction) => {
        const { bars, plot } = chartGeometry({ values: spent, width, height: 240, direction })
        for (const bar of bars) {
          expect(bar.x).toBeGreaterThanOrEqual(plot.x - 0.001)
          expect(bar.x + bar.width).toBeLessThanOrEqual(plot.x + plot.width + 0.001)
          expect(bar.y).toBeGreaterThanOrEqual(plot.y - 0.001)
        }
      },
    ),
  )
})

test('the amounts at the side are round and reach above the greatest', () => {
  expect(niceScale(40)).toEqual({ top: 40, ticks: [0, 10, 20, 30, 40] })
  expect(niceScale(0)).toEqual({ top: 1, ticks: [0] })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 ** 14 }), (greatest) => {
      const { top, ticks } = niceScale(greatest)
      expect(top).toBeGreaterThanOrEqual(greatest)
      expect(ticks.length).toBeLessThanOrEqual(6)
      expect(ticks.every(Number.isInteger)).toBe(true)
    }),
  )
})

test('a pointer finds the day whose strip it is in, gaps included', () => {
  const geometry = draw('ltr')
  const { slot } = geometry.bars[2]!
  expect(barAt(geometry, slot.x)).toBe(2)
  expect(barAt(geometry, slot.x + slot.width - 0.01)).toBe(2)
  expect(barAt(geometry, 3)).toBeNull()
})

test('as many days are named as fit, and today always is', () => {
  expect(labelledDays({ count: 7, width: 700 })).toEqual([0, 1, 2, 3, 4, 5, 6])
  const few = labelledDays({ count: 90, width: 300 })
  expect(few.at(-1)).toBe(89)
  expect(few.length).toBeLessThanOrEqual(5)
  expect(labelledDays({ count: 0, width: 300 })).toEqual([])
})

test('a bar is stacked from the bottom up, and its pieces fill it', () => {
  const bar = { x: 0, y: 20, width: 10, height: 100, slot: { x: 0, width: 10 } }
  expect(piecesOf(bar, [50, 0, 30, 20])).toEqual([
    { y: 70, height: 50 },
    { y: 70, height: 0 },
    { y: 40, height: 30 },
    { y: 20, height: 20 },
  ])
  expect(piecesOf(bar, [10, -5])).toEqual([
    { y: 20, height: 100 },
    { y: 20, height: 0 },
  ])
  expect(piecesOf({ ...bar, height: 0 }, [0])).toEqual([{ y: 20, height: 0 }])
})
