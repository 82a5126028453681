import { expect, test } from 'vitest'
import { cleanTaxId, readTaxId, taxIdKindOf } from './tax-ids.ts'

test('the tax ids of the Gulf are read as Stripe names them', () => {
  expect(readTaxId('300123456700003', 'SA')).toEqual({ type: 'sa_vat', value: '300123456700003' })
  expect(readTaxId('100123456700003', 'AE')).toEqual({ type: 'ae_trn', value: '100123456700003' })
  expect(readTaxId('123456789012345', 'BH')).toEqual({ type: 'bh_vat', value: '123456789012345' })
  expect(readTaxId('OM1234567890', 'OM')).toEqual({ type: 'om_vat', value: 'OM1234567890' })
})

test('Arabic digits, groups and small letters are understood', () => {
  expect(readTaxId('٣٠٠ ١٢٣ ٤٥٦ ٧٠٠ ٠٠٣', 'SA')?.value).toBe('300123456700003')
  expect(readTaxId('de 123 456 789', 'DE')).toEqual({ type: 'eu_vat', value: 'DE123456789' })
  expect(readTaxId('CHE-123.456.789 MWST', 'CH')?.value).toBe('CHE123456789MWST')
  expect(cleanTaxId(' om-1234.567890 ')).toBe('OM1234567890')
})

test('a number that cannot be one is not sent', () => {
  expect(readTaxId('400123456700003', 'SA')).toBeNull()
  expect(readTaxId('1234', 'AE')).toBeNull()
  expect(readTaxId('FR12345678901', 'DE')).toBeNull()
})

test('Greece writes its own letters', () => {
  expect(readTaxId('EL123456789', 'GR')?.type).toBe('eu_vat')
  expect(readTaxId('GR123456789', 'GR')).toBeNull()
})

test('the stroke of an American number is put where Stripe wants it', () => {
  expect(readTaxId('123456789', 'US')).toEqual({ type: 'us_ein', value: '12-3456789' })
})

test('where a country has none, none is asked for', () => {
  expect(['KW', 'QA', 'AQ', null].map(taxIdKindOf)).toEqual([null, null, null, null])
  expect(readTaxId('123', 'KW')).toBeNull()
})

test('every example is one that is accepted', () => {
  const countries = 'SA AE BH OM EG MA TR GB CH NO US CA IN AU NZ SG JP ZA DE'.split(' ')
  const refused = countries.filter((country) => readTaxId(taxIdKindOf(country)!.example, country) === null)
  expect(refused).toEqual([])
})
