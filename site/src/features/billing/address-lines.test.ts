import { expect, test } from 'vitest'
import { addressLines } from './address-lines.ts'

const address = {
  line1: 'شارع العليا',
  line2: null,
  city: 'الرياض',
  state: 'منطقة الرياض',
  postal_code: '12211',
  country: 'SA',
}

test('an address ends with its country, in the language of the paper', () => {
  expect(addressLines(address, 'ar')).toEqual(['شارع العليا', '12211 الرياض، منطقة الرياض', 'المملكة العربية السعودية'])
  expect(addressLines(address, 'en').at(-1)).toBe('Saudi Arabia')
})

test('lines that are not known leave no gap', () => {
  expect(
    addressLines({ line1: null, line2: null, city: null, state: null, postal_code: null, country: 'OM' }, 'en'),
  ).toEqual(['Oman'])
  expect(addressLines(null, 'en')).toEqual([])
})
