import { expect, test } from 'vitest'
import { findNext } from './next-address.ts'

const origin = 'https://riwaq.example'

test('the address says where one was going', () => {
  expect(findNext({ search: '?next=%2Far%2Fkeys', origin, referrer: '' })).toBe('/ar/keys')
})

test('so does the page of signing in that one came from', () => {
  expect(findNext({ search: '', origin, referrer: `${origin}/ar/sign-in?next=%2Far%2Fkeys` })).toBe('/ar/keys')
})

test('what another site or another page says is not heard', () => {
  expect(findNext({ search: '', origin, referrer: 'https://evil.example/en/sign-in?next=%2Fx' })).toBeNull()
  expect(findNext({ search: '', origin, referrer: `${origin}/en/chat?next=%2Fx` })).toBeNull()
  expect(findNext({ search: '', origin, referrer: 'not an address' })).toBeNull()
})
