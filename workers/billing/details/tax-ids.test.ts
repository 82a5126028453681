import { expect, test } from 'vitest'
import { faultOfTaxId, plainTaxId } from './tax-ids.ts'

test.each([
  ['sa_vat', '300000000000003'],
  ['sa_vat', '3101 2233 4455 663'],
  ['ae_trn', '100-1234-5678-9012'],
  ['bh_vat', '123456789012345'],
  ['om_vat', 'om1234567890'],
  ['eu_vat', 'DE123456789'],
  ['eu_vat', 'ATU12345678'],
  ['eu_vat', 'NL123456789B12'],
  ['gb_vat', 'GB 123 4567 89'],
  ['jp_trn', 'whatever Stripe thinks of it'],
])('%s: %s may be right', (type, value) => {
  expect(faultOfTaxId({ type, value })).toBeNull()
})

test.each([
  ['sa_vat', '100000000000003', 'looks like 300000000000003'],
  ['sa_vat', '30000000000003', 'looks like'],
  ['ae_trn', '12345678901234', 'looks like'],
  ['bh_vat', '12345678901234A', 'looks like'],
  ['om_vat', '1234567890', 'looks like OM1234567890'],
  ['kw_vat', '123456789', 'Kuwait has no tax'],
  ['qa_vat', '123456789', 'Qatar has no tax'],
  ['eu_vat', '123456789', 'begins with the letters of a country'],
  ['eu_vat', 'US123456789', 'begins with the letters of a country'],
  ['eu_vat', 'DE12345678', 'looks like DE123456789'],
])('%s: %s is wrong, and it is said how it would be right', (type, value, words) => {
  expect(faultOfTaxId({ type, value })).toContain(words)
})

test('what people put between the figures is nobody’s fault', () => {
  expect(plainTaxId(' om-12.34 5678/90')).toBe('OM1234567890')
  expect(plainTaxId('٣٠٠٠٠٠٠٠٠٠٠٠٠٠٣')).toBe('300000000000003')
  expect(plainTaxId('۳۰۰۰ ۰۰۰۰ ۰۰۰۰ ۰۰۳')).toBe('300000000000003')
})
