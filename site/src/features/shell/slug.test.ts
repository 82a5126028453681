import { expect, test } from 'vitest'
import { slugFor } from './slug.ts'

test('a name becomes an address', () => {
  expect(slugFor('Café  Amina & Sons', 'x1y2')).toBe('cafe-amina-sons-x1y2')
})

test('a name in Arabic still gets an address', () => {
  expect(slugFor('دار الحكمة', 'x1y2')).toBe('org-x1y2')
})
