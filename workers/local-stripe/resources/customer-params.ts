import { address, boolean, emptyable, integer, list, metadata, object, oneOf, string, type Values } from '../params.ts'

const text = () => emptyable(string())

export const customerUpdate = {
  address: emptyable(address()),
  balance: integer(),
  business_name: text(),
  cash_balance: object({
    settings: object({ reconciliation_mode: oneOf('automatic', 'manual', 'merchant_default') }),
  }),
  description: text(),
  email: text(),
  individual_name: text(),
  invoice_prefix: string(),
  invoice_settings: object({
    custom_fields: emptyable(list(object({ name: string(), value: string() }))),
    default_payment_method: text(),
    footer: text(),
    rendering_options: emptyable(object({ amount_tax_display: text(), template: string() })),
  }),
  metadata: metadata(),
  name: text(),
  next_invoice_sequence: integer({ min: 1 }),
  phone: text(),
  preferred_locales: emptyable(list(string())),
  shipping: emptyable(object({ address: address(), name: string(), phone: text() })),
  source: string(),
  tax: object({ ip_address: text(), validate_location: oneOf('deferred', 'immediately', 'auto') }),
  tax_exempt: emptyable(oneOf('exempt', 'none', 'reverse')),
  validate: boolean(),
}

export const customerCreate = {
  ...customerUpdate,
  payment_method: string(),
  tax_id_data: list(object({ type: string(), value: string() })),
  test_clock: string(),
}

/** Coupons went from customers to what they are billed for. */
export const customerLegacy = { coupon: emptyable(string()) }

export type CustomerGiven = Values<typeof customerCreate>
