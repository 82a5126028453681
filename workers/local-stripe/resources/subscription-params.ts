// What can be said of a subscription when it is made, changed or previewed.
import {
  boolean,
  decimal,
  either,
  emptyable,
  integer,
  list,
  metadata,
  number,
  object,
  oneOf,
  required,
  string,
} from '../params.ts'

const prorationBehavior = () => oneOf('none', 'create_prorations', 'always_invoice')

export const paymentBehavior = () =>
  oneOf('allow_incomplete', 'default_incomplete', 'error_if_incomplete', 'pending_if_incomplete')

export const discountParams = () =>
  emptyable(list(object({ coupon: string(), discount: string(), promotion_code: string() })))

const isWord = (value: unknown) => typeof value === 'string' && !/^\d+$/.test(value)

/** `now`, or a time. */
export const nowOrTime = () => either(oneOf('now'), integer(), isWord)

export const timing = { proration_behavior: prorationBehavior(), proration_date: integer() }

const priceData = () =>
  object({
    currency: required(string()),
    product: required(string()),
    recurring: required(
      object({ interval: required(oneOf('day', 'week', 'month', 'year')), interval_count: integer({ min: 1 }) }),
    ),
    tax_behavior: oneOf('inclusive', 'exclusive', 'unspecified'),
    unit_amount: integer(),
    unit_amount_decimal: decimal(),
  })

export const newItemParams = {
  metadata: metadata(),
  price: string(),
  plan: string(),
  price_data: priceData(),
  quantity: integer({ min: 0 }),
}

export const itemParams = {
  ...newItemParams,
  id: string(),
  deleted: boolean(),
  clear_usage: boolean(),
}

const cancelAt = () =>
  emptyable(either(oneOf('min_period_end', 'max_period_end', 'max_billed_until'), integer(), isWord))

const settings = {
  automatic_tax: object({ enabled: required(boolean()), liability: object({ type: string(), account: string() }) }),
  cancel_at: cancelAt(),
  cancel_at_period_end: boolean(),
  collection_method: oneOf('charge_automatically', 'send_invoice'),
  days_until_due: integer({ min: 0 }),
  default_payment_method: emptyable(string()),
  description: emptyable(string()),
  discounts: discountParams(),
  invoice_settings: object({
    account_tax_ids: emptyable(list(string())),
    custom_fields: emptyable(list(object({ name: required(string()), value: required(string()) }))),
    description: string(),
    footer: string(),
    issuer: object({ type: string(), account: string() }),
  }),
  metadata: metadata(),
  off_session: boolean(),
  payment_behavior: paymentBehavior(),
  payment_settings: object({
    payment_method_options: object({ card: object({ request_three_d_secure: string(), network: string() }) }),
    payment_method_types: emptyable(list(string())),
    save_default_payment_method: oneOf('off', 'on_subscription'),
  }),
  proration_behavior: prorationBehavior(),
  trial_end: nowOrTime(),
  trial_from_plan: boolean(),
  trial_settings: object({
    end_behavior: required(
      object({
        billing_cycle_anchor: oneOf('now', 'unchanged'),
        missing_payment_method: required(oneOf('cancel', 'create_invoice', 'pause')),
      }),
    ),
  }),
}

const extraItem = object({
  discountable: boolean(),
  metadata: metadata(),
  price: string(),
  price_data: object({
    currency: required(string()),
    product: required(string()),
    tax_behavior: oneOf('inclusive', 'exclusive', 'unspecified'),
    unit_amount: integer(),
    unit_amount_decimal: decimal(),
  }),
  quantity: integer({ min: 0 }),
})

export const createParams = {
  ...settings,
  add_invoice_items: list(extraItem),
  application_fee_percent: number(),
  billing_cycle_anchor: integer(),
  billing_mode: object({
    type: required(oneOf('classic', 'flexible')),
    flexible: object({ proration_discounts: oneOf('included', 'itemized') }),
  }),
  currency: string(),
  customer: required(string()),
  items: list(object(newItemParams)),
  trial_period_days: integer({ min: 0, max: 730 }),
}

export const cancellationDetails = object({
  comment: emptyable(string()),
  feedback: emptyable(
    oneOf(
      'customer_service',
      'low_quality',
      'missing_features',
      'other',
      'switched_service',
      'too_complex',
      'too_expensive',
      'unused',
    ),
  ),
  feedback_option: string(),
})

export const updateParams = {
  ...settings,
  add_invoice_items: list(extraItem),
  billing_cycle_anchor: oneOf('now', 'unchanged'),
  cancellation_details: cancellationDetails,
  items: list(object(itemParams)),
  pause_collection: emptyable(
    object({ behavior: required(oneOf('keep_as_draft', 'mark_uncollectible', 'void')), resumes_at: integer() }),
  ),
  proration_date: integer(),
}
