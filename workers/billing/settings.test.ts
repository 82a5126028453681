import { expect, test } from 'vitest'
import { billingSettings } from './settings.ts'

test('without a key for Stripe the operator grants credit, with one Stripe sells', () => {
  expect(billingSettings({}).mode).toBe('granted')
  expect(billingSettings({ STRIPE_SECRET_KEY: ' ' }).mode).toBe('granted')
  expect(billingSettings({ STRIPE_SECRET_KEY: 'sk_live_1' })).toMatchObject({ mode: 'stripe', testPayments: false })
})

test('one variable decides the mode, whatever keys there are', () => {
  const settings = billingSettings({ BILLING_MODE: 'Unlimited', STRIPE_SECRET_KEY: 'sk_live_1' })
  expect(settings).toMatchObject({ mode: 'unlimited', stripe: null })
  expect(() => billingSettings({ BILLING_MODE: 'free' })).toThrow('BILLING_MODE')
  expect(() => billingSettings({ BILLING_MODE: 'stripe' })).toThrow('STRIPE_SECRET_KEY')
})

test.each([
  ['sk_test_1', true],
  ['rk_test_1', true],
  ['sk_test_local_1', true],
  ['rk_live_1', false],
])('with the key %s it is said whether money moves', (STRIPE_SECRET_KEY, testPayments) => {
  expect(billingSettings({ STRIPE_SECRET_KEY }).testPayments).toBe(testPayments)
})

test('the days of grace are seven unless something else is said, and may be none', () => {
  const days = (setting?: string) => billingSettings({ BILLING_GRACE_DAYS: setting }).graceMs / 86_400_000
  expect([days(), days('0'), days('30')]).toEqual([7, 0, 30])
  for (const wrong of ['-1', 'seven', '1.5', '400']) expect(() => days(wrong), wrong).toThrow('BILLING_GRACE_DAYS')
})

test('who sells stands on receipts line by line', () => {
  expect(
    billingSettings({ SELLER_NAME: 'Rihla LLC', SELLER_ADDRESS: 'Street 1| Riyadh ', SELLER_TAX_IDS: 'VAT 3000' })
      .seller,
  ).toEqual({ name: 'Rihla LLC', address: ['Street 1', 'Riyadh'], taxIds: ['VAT 3000'] })
})

test('plans by contract are talked about by mail or on a page, and nowhere else', () => {
  const contact = (SALES_CONTACT?: string) => billingSettings({ SALES_CONTACT }).salesContact
  expect([contact(), contact('sales@example.com'), contact('https://example.com/talk')]).toEqual([
    null,
    'mailto:sales@example.com',
    'https://example.com/talk',
  ])
  for (const wrong of ['javascript:alert(1)', 'http://example.com', 'sales'])
    expect(() => contact(wrong), wrong).toThrow('SALES_CONTACT')
})

test('a currency is three letters, and the site’s address has no slash at its end', () => {
  expect(billingSettings({ DEFAULT_CURRENCY: 'SAR' }).defaultCurrency).toBe('sar')
  expect(() => billingSettings({ DEFAULT_CURRENCY: 'riyal' })).toThrow('DEFAULT_CURRENCY')
  expect(billingSettings({ PUBLIC_URL: 'https://riwaq.example/' }).siteUrl).toBe('https://riwaq.example')
  expect(billingSettings({ LOCAL_URL: 'http://localhost:9000' }).siteUrl).toBe('http://localhost:9000')
})
