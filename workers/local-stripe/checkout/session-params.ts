import {
  boolean,
  decimal,
  emptyable,
  integer,
  list,
  metadata,
  object,
  oneOf,
  required,
  string,
  type Values,
} from '../params.ts'
import { recurring, taxBehaviour } from '../resources/price-build.ts'

const productData = object({
  description: string(),
  images: list(string()),
  metadata: metadata(),
  name: required(string()),
  tax_code: string(),
  unit_label: string(),
})

const lineItem = object({
  adjustable_quantity: object({ enabled: required(boolean()), maximum: integer(), minimum: integer() }),
  metadata: metadata(),
  price: string(),
  price_data: object({
    currency: required(string()),
    product: string(),
    product_data: productData,
    recurring: recurring(),
    tax_behavior: taxBehaviour(),
    unit_amount: integer(),
    unit_amount_decimal: decimal(),
  }),
  quantity: integer({ min: 0 }),
  tax_rates: list(string()),
})

const invoiceData = object({
  account_tax_ids: emptyable(list(string())),
  custom_fields: emptyable(list(object({ name: required(string()), value: required(string()) }))),
  description: string(),
  footer: string(),
  metadata: metadata(),
  rendering_options: emptyable(object({ amount_tax_display: emptyable(string()), template: string() })),
})

const shipping = object({
  name: required(string()),
  address: required(
    object({
      line1: required(string()),
      line2: string(),
      city: string(),
      state: string(),
      postal_code: string(),
      country: string(),
    }),
  ),
  phone: string(),
})

export const sessionParams = {
  allow_promotion_codes: boolean(),
  allowed_payment_method_types: list(oneOf('card', 'sepa_debit')),
  automatic_tax: object({ enabled: required(boolean()), liability: object({ type: required(oneOf('self')) }) }),
  billing_address_collection: oneOf('auto', 'required'),
  cancel_url: string(),
  client_reference_id: string(),
  currency: string(),
  customer: string(),
  customer_creation: oneOf('always', 'if_required'),
  customer_email: string(),
  customer_update: object({
    address: oneOf('auto', 'never'),
    name: oneOf('auto', 'never'),
    shipping: oneOf('auto', 'never'),
  }),
  discounts: list(object({ coupon: string(), promotion_code: string() })),
  expires_at: integer(),
  invoice_creation: object({ enabled: required(boolean()), invoice_data: invoiceData }),
  line_items: list(lineItem),
  locale: string(),
  metadata: metadata(),
  mode: oneOf('payment', 'setup', 'subscription'),
  payment_intent_data: object({
    capture_method: oneOf('automatic', 'automatic_async', 'manual'),
    description: string(),
    metadata: metadata(),
    receipt_email: string(),
    setup_future_usage: oneOf('off_session', 'on_session'),
    shipping,
    statement_descriptor: string(),
  }),
  payment_method_collection: oneOf('always', 'if_required'),
  saved_payment_method_options: object({
    allow_redisplay_filters: list(oneOf('always', 'limited', 'unspecified')),
    payment_method_remove: oneOf('disabled', 'enabled'),
    payment_method_save: oneOf('disabled', 'enabled'),
  }),
  setup_intent_data: object({ description: string(), metadata: metadata() }),
  submit_type: oneOf('auto', 'book', 'donate', 'pay', 'subscribe'),
  subscription_data: object({
    billing_cycle_anchor: integer(),
    description: string(),
    metadata: metadata(),
    proration_behavior: oneOf('create_prorations', 'none'),
    trial_end: integer(),
    trial_period_days: integer({ min: 1, max: 730 }),
    trial_settings: object({
      end_behavior: required(object({ missing_payment_method: required(oneOf('cancel', 'create_invoice', 'pause')) })),
    }),
  }),
  success_url: string(),
  tax_id_collection: object({ enabled: required(boolean()), required: oneOf('if_supported', 'never') }),
  ui_mode: oneOf('hosted_page'),
}

/** Before they were a filter of what the account offers, they were the offer itself. */
export const legacySessionParams = { payment_method_types: list(oneOf('card', 'sepa_debit')) }

export type SessionGiven = Values<typeof sessionParams>
