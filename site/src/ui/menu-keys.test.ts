import { expect, test } from 'vitest'
import { stepFor } from './menu-keys.ts'

const menu = { count: 3, axis: 'block', rtl: false } as const
const tabs = { count: 3, axis: 'inline' } as const

test('arrows go round a menu', () => {
  expect(stepFor({ ...menu, key: 'ArrowDown', from: 2 })).toBe(0)
  expect(stepFor({ ...menu, key: 'ArrowUp', from: 0 })).toBe(2)
  expect(stepFor({ ...menu, key: 'ArrowDown', from: -1 })).toBe(0)
})

test('in Arabic the next tab lies to the left', () => {
  expect(stepFor({ ...tabs, rtl: true, key: 'ArrowLeft', from: 0 })).toBe(1)
  expect(stepFor({ ...tabs, rtl: false, key: 'ArrowRight', from: 0 })).toBe(1)
  expect(stepFor({ ...tabs, rtl: true, key: 'ArrowRight', from: 0 })).toBe(2)
})

test('Home and End lead to the ends; other keys mean nothing', () => {
  expect(stepFor({ ...menu, key: 'End', from: 0 })).toBe(2)
  expect(stepFor({ ...menu, key: 'Home', from: 2 })).toBe(0)
  expect(stepFor({ ...menu, key: 'a', from: 0 })).toBeNull()
  expect(stepFor({ ...menu, count: 0, key: 'End', from: 0 })).toBeNull()
})
