import { expect, test } from 'vitest'
import { secretOf } from './totp-uri.ts'

test('the key can be typed in groups of four', () => {
  expect(secretOf('otpauth://totp/Riwaq:layla@example.com?secret=JBSWY3DPEHPK3PXP2&issuer=Riwaq')).toBe(
    'JBSW Y3DP EHPK 3PXP 2',
  )
})

test('an address without a key shows nothing', () => {
  expect(secretOf('otpauth://totp/Riwaq')).toBe('')
})
