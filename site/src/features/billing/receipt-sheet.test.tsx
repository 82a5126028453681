import type { InvoiceDetails } from '#shared/contracts/billing'
import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { localeTags } from '../../i18n/locales.ts'
import { translator } from '../../i18n/translate.ts'
import { island } from '../../ui/locale-context.tsx'
import { ReceiptSheet } from './receipt-sheet.tsx'

const NOW = Date.UTC(2026, 10, 22)
const invoice: InvoiceDetails = {
  id: 'in_1',
  number: 'RIWAQ-0007',
  status: 'paid',
  purpose: 'subscription',
  currency: 'kwd',
  subtotal_minor: 12_300,
  discount_minor: 1_230,
  tax_minor: 0,
  total_minor: 11_070,
  paid_minor: 11_070,
  refunded_minor: 0,
  created_at: NOW,
  paid_at: NOW,
  period_start: NOW,
  period_end: NOW,
  credit_micros: 30_000_000,
  hosted_url: null,
  pdf_url: null,
  seller: { name: 'Riwaq Cloud LLC', address: ['King Fahd Road 1', 'Riyadh'], tax_ids: ['310000000000003'] },
  customer: {
    name: 'دار الحكمة <b>',
    email: 'accounts@hikma.example',
    locale: 'ar',
    address: { line1: 'شارع العليا', line2: null, city: 'الرياض', state: null, postal_code: '12211', country: 'SA' },
    tax_id: { type: 'sa_vat', value: '300123456700003' },
  },
  reverse_charge: false,
  lines: [
    {
      description: 'Pro',
      subject: null,
      proration: false,
      quantity: 2,
      amount_minor: 12_300,
      period_start: NOW,
      period_end: NOW + 86_400_000,
    },
  ],
  taxes: [],
  payment_method: { type: 'card', brand: 'visa', last4: '4242', exp_month: 3, exp_year: 2030 },
}
const Page = island(ReceiptSheet)
const sheet = (locale: string, part: Partial<InvoiceDetails> = {}, isTest = false) =>
  renderToString(<Page locale={locale} invoice={{ ...invoice, ...part }} test={isTest} />)
    .replace(/[\u200e\u200f\u061c]/g, '')
    .replace(/\u00a0/g, ' ')

test.each(localeTags)(
  'in %s it names both sides with their tax numbers, and escapes what they call themselves',
  (locale) => {
    const html = sheet(locale)
    for (const text of ['Riwaq Cloud LLC', '310000000000003', 'دار الحكمة &lt;b>', '300123456700003', 'RIWAQ-0007'])
      expect(html).toContain(text)
    expect(html).toContain('•••• 4242')
    expect(html).not.toMatch(/receipt\.|billing\.|{{/)
  },
)

test('a dinar has three decimals on paper, in both languages', () => {
  expect(sheet('en')).toContain('KWD 11.070')
  expect(sheet('ar')).toContain('11.070 د.ك.')
})

test('what was taken off and given back is negative', () => {
  const html = sheet('en', { refunded_minor: 3_070 })
  expect(html).toContain('-KWD 1.230')
  expect(html).toContain('-KWD 3.070')
})

test('tax stands line by line, with its share', () => {
  const taxes = [{ name: 'VAT', percent: 15, amount_minor: 1_660 }]
  expect(sheet('en', { taxes, tax_minor: 1_660 })).toMatch(/VAT 15%.*KWD 1\.660/s)
  expect(sheet('en', { tax_minor: 1_660 })).toContain('KWD 1.660')
})

test('reverse charge is said in the language of the receipt', () => {
  for (const locale of localeTags)
    expect(sheet(locale, { reverse_charge: true })).toContain(translator(locale)('receipt.reverse-charge'))
  expect(sheet('en')).not.toContain(translator('en')('receipt.reverse-charge'))
})

test('an open invoice is no receipt, and says what is still to pay', () => {
  const html = sheet('en', { status: 'open', paid_minor: 0, paid_at: null, payment_method: null })
  expect(html).toContain('>Invoice<')
  expect(html).toMatch(/Still to pay.*KWD 11\.070/s)
})

test('a test payment cannot be taken for a tax invoice', () => {
  expect(sheet('ar', {}, true)).toContain(translator('ar')('receipt.test'))
})
