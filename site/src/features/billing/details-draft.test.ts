import type { BillingDetails } from '#shared/contracts/billing'
import { expect, test } from 'vitest'
import { detailsDraftOf, readDetailsDraft } from './details-draft.ts'

const nobody: BillingDetails = { name: null, email: null, locale: 'ar', address: null, tax_id: null }
const company: BillingDetails = {
  name: 'دار الحكمة',
  email: 'accounts@hikma.example',
  locale: 'ar',
  address: { line1: 'شارع العليا', line2: null, city: 'الرياض', state: null, postal_code: '12211', country: 'SA' },
  tax_id: { type: 'sa_vat', value: '300123456700003' },
}

test('what is known can be sent back unchanged', () => {
  expect(readDetailsDraft(detailsDraftOf(company))).toEqual({ ok: true, body: company })
  expect(readDetailsDraft(detailsDraftOf(nobody))).toEqual({ ok: true, body: nobody })
})

test('a street without a country is no address yet', () => {
  const draft = { ...detailsDraftOf(nobody), city: 'Muscat' }
  expect(readDetailsDraft(draft)).toEqual({ ok: false, faults: { country: 'country-missing' } })
})

test('an address and a tax id that cannot be right are both told', () => {
  const draft = { ...detailsDraftOf(company), email: 'accounts', taxId: '12' }
  expect(readDetailsDraft(draft)).toEqual({ ok: false, faults: { email: 'email-invalid', taxId: 'tax-id-invalid' } })
})

test('who moves to a country without tax ids leaves theirs behind', () => {
  const reading = readDetailsDraft({ ...detailsDraftOf(company), country: 'KW' })
  expect(reading.ok && reading.body.tax_id).toBeNull()
})

test('an emptied field is nothing, not an empty text', () => {
  const reading = readDetailsDraft({ ...detailsDraftOf(company), name: '  ', taxId: ' ' })
  expect(reading.ok && [reading.body.name, reading.body.tax_id]).toEqual([null, null])
})
