import { expect, test } from 'vitest'
import { columnsOf, stepInGrid } from './grid-keys.ts'

const step = (key: string, from: number, rtl = false) => stepInGrid({ key, from, count: 8, columns: 3, rtl })

test('arrows move as the eye does, also where lines run from right to left', () => {
  expect(step('ArrowRight', 1)).toBe(2)
  expect(step('ArrowLeft', 1)).toBe(0)
  expect(step('ArrowRight', 1, true)).toBe(0)
  expect(step('ArrowLeft', 1, true)).toBe(2)
  expect(step('ArrowDown', 1)).toBe(4)
  expect(step('ArrowUp', 4)).toBe(1)
})

test('a row that is not full is reached from above it', () => {
  expect(step('ArrowDown', 5)).toBe(7)
  expect(step('ArrowDown', 7)).toBeNull()
})

test('nothing is beyond the first and the last', () => {
  expect(step('ArrowUp', 1)).toBeNull()
  expect(step('ArrowLeft', 0)).toBeNull()
  expect(step('ArrowRight', 7)).toBeNull()
  expect(step('Home', 5)).toBe(0)
  expect(step('End', 0)).toBe(7)
  expect(step('a', 0)).toBeNull()
})

test('columns are counted from where the pictures stand', () => {
  expect(columnsOf([10, 10, 10, 200, 200])).toBe(3)
  expect(columnsOf([10, 10])).toBe(2)
  expect(columnsOf([])).toBe(1)
})
