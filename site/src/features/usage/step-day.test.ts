import { expect, test } from 'vitest'
import { stepDay } from './step-day.ts'

test('the right arrow goes to the next day in English and to the day before in Arabic', () => {
  expect(stepDay({ key: 'ArrowRight', from: 3, count: 7, direction: 'ltr' })).toBe(4)
  expect(stepDay({ key: 'ArrowRight', from: 3, count: 7, direction: 'rtl' })).toBe(2)
  expect(stepDay({ key: 'ArrowLeft', from: 3, count: 7, direction: 'rtl' })).toBe(4)
})

test('no key leaves the period, and pages are weeks', () => {
  expect(stepDay({ key: 'ArrowRight', from: 6, count: 7, direction: 'ltr' })).toBe(6)
  expect(stepDay({ key: 'PageDown', from: 10, count: 30, direction: 'ltr' })).toBe(3)
  expect(stepDay({ key: 'Home', from: 10, count: 30, direction: 'rtl' })).toBe(0)
  expect(stepDay({ key: 'End', from: 10, count: 30, direction: 'ltr' })).toBe(29)
})

test('other keys are left to the page', () => {
  expect(stepDay({ key: 'Tab', from: 1, count: 7, direction: 'ltr' })).toBeNull()
})
