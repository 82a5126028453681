import { expect, test } from 'vitest'
import { placePopover } from './place-popover.ts'

const screen = { inlineSize: 360, blockSize: 640 }
const popover = { inlineSize: 200, blockSize: 120 }

test('a menu opens under its button, along its start or its end', () => {
  const anchor = { inlineStart: 20, inlineEnd: 60, blockStart: 10, blockEnd: 50 }
  expect(placePopover({ anchor, popover, screen, align: 'start' })).toEqual({ inlineStart: 20, blockStart: 56 })
  const far = { ...anchor, inlineStart: 300, inlineEnd: 340 }
  expect(placePopover({ anchor: far, popover, screen, align: 'end' })).toEqual({ inlineStart: 140, blockStart: 56 })
})

test('near the foot of the screen it opens upwards', () => {
  const anchor = { inlineStart: 20, inlineEnd: 60, blockStart: 590, blockEnd: 630 }
  expect(placePopover({ anchor, popover, screen, align: 'start' }).blockStart).toBe(464)
})

test('it never leaves the screen', () => {
  const anchor = { inlineStart: 330, inlineEnd: 350, blockStart: 10, blockEnd: 50 }
  expect(placePopover({ anchor, popover, screen, align: 'start' }).inlineStart).toBe(152)
  expect(placePopover({ anchor, popover: { inlineSize: 900, blockSize: 900 }, screen, align: 'end' })).toEqual({
    inlineStart: 8,
    blockStart: 8,
  })
})
