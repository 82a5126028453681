import { expect, test } from 'vitest'
import { taxDecision } from './tax.ts'

const customer = { country: 'SA', exempt: 'none', taxIds: [] }
const decide = (changes: object, sellerCountry = 'SA') =>
  taxDecision({ customer: { ...customer, ...changes }, sellerCountry })

test.each([
  ['SA', 1500],
  ['AE', 500],
  ['BH', 1000],
  ['OM', 500],
  ['DE', 1900],
  ['FI', 2550],
  ['GB', 2000],
])('a person in %s pays the standard rate', (country, rate) => {
  expect(decide({ country })).toEqual({ status: 'complete', country, rate, reason: 'standard_rated' })
})

test.each(['KW', 'QA'])('%s has no value-added tax', (country) => {
  expect(decide({ country })).toMatchObject({ rate: 0, reason: 'not_subject_to_tax' })
})

test('where the seller is not registered nothing is collected', () => {
  expect(decide({ country: 'US' })).toMatchObject({ status: 'complete', rate: 0, reason: 'not_collecting' })
})

test('without an address the tax cannot be known', () => {
  expect(decide({ country: null }).status).toBe('requires_location_inputs')
})

const business = (type: string, value: string, verification: string | null = 'verified') => ({
  taxIds: [{ type, value, verification }],
})

test('a business of another country accounts for the tax itself', () => {
  expect(decide({ country: 'DE', ...business('eu_vat', 'DE123456789') })).toMatchObject({
    rate: 0,
    reason: 'reverse_charge',
  })
  expect(decide({ country: 'GR', ...business('eu_vat', 'EL123456789') }).reason).toBe('reverse_charge')
  expect(decide({ country: 'AE', ...business('ae_trn', '100123456700003') }).reason).toBe('reverse_charge')
})

test('a business of the own country pays the tax, and so does one whose number belongs to another country', () => {
  expect(decide(business('sa_vat', '300123456700003'))).toMatchObject({ rate: 1500, reason: 'standard_rated' })
  expect(decide({ country: 'DE', ...business('eu_vat', 'FR12345678901') }).rate).toBe(1900)
})

test('a number that was found to be wrong frees nobody', () => {
  expect(decide({ country: 'DE', ...business('eu_vat', 'DE000000000', 'unverified') }).rate).toBe(1900)
})

test('the record of the customer goes before the table', () => {
  expect(decide({ exempt: 'exempt' })).toMatchObject({ rate: 0, reason: 'customer_exempt' })
  expect(decide({ exempt: 'reverse' })).toMatchObject({ rate: 0, reason: 'reverse_charge' })
})
