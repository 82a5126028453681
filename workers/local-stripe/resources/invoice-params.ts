import {
  address,
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
} from '../params.ts'
import { discountParams, itemParams, nowOrTime, timing } from './subscription-params.ts'

const automaticTax = object({ enabled: required(boolean()), liability: object({ type: string(), account: string() }) })

const period = object({ start: required(integer()), end: required(integer()) })

const oneOffPriceData = object({
  currency: required(string()),
  product: required(string()),
  tax_behavior: oneOf('inclusive', 'exclusive', 'unspecified'),
  unit_amount: integer(),
  unit_amount_decimal: decimal(),
})

export const invoiceWritable = {
  account_tax_ids: emptyable(list(string())),
  auto_advance: boolean(),
  automatic_tax: automaticTax,
  automatically_finalizes_at: integer(),
  collection_method: oneOf('charge_automatically', 'send_invoice'),
  custom_fields: emptyable(list(object({ name: required(string()), value: required(string()) }))),
  days_until_due: integer({ min: 0 }),
  default_payment_method: string(),
  description: emptyable(string()),
  discounts: discountParams(),
  due_date: integer(),
  footer: emptyable(string()),
  metadata: metadata(),
  number: string(),
  payment_settings: object({ payment_method_types: emptyable(list(string())) }),
  statement_descriptor: string(),
}

export const invoiceCreate = {
  ...invoiceWritable,
  currency: string(),
  customer: string(),
  pending_invoice_items_behavior: oneOf('exclude', 'include'),
  subscription: string(),
}

export const invoiceItemWritable = {
  amount: integer(),
  description: string(),
  discountable: boolean(),
  metadata: metadata(),
  period,
  price_data: oneOffPriceData,
  pricing: object({ price: string() }),
  quantity: integer({ min: 0 }),
  quantity_decimal: decimal(),
  tax_behavior: oneOf('inclusive', 'exclusive', 'unspecified'),
  tax_code: emptyable(string()),
  unit_amount_decimal: decimal(),
}

export const invoiceItemCreate = {
  ...invoiceItemWritable,
  currency: string(),
  customer: string(),
  invoice: string(),
  subscription: string(),
}

const previewItem = object({
  amount: integer(),
  currency: string(),
  description: string(),
  discountable: boolean(),
  invoiceitem: string(),
  metadata: metadata(),
  period,
  price: string(),
  price_data: oneOffPriceData,
  quantity: integer({ min: 0 }),
  tax_behavior: oneOf('inclusive', 'exclusive', 'unspecified'),
  unit_amount: integer(),
  unit_amount_decimal: decimal(),
})

const phase = {
  billing_cycle_anchor: oneOf('automatic', 'phase_start'),
  collection_method: oneOf('charge_automatically', 'send_invoice'),
  currency: string(),
  default_payment_method: string(),
  description: emptyable(string()),
  discounts: discountParams(),
  duration: object({ interval: required(oneOf('day', 'week', 'month', 'year')), interval_count: integer({ min: 1 }) }),
  end_date: nowOrTime(),
  items: required(
    list(object({ metadata: metadata(), plan: string(), price: string(), quantity: integer({ min: 0 }) })),
  ),
  metadata: metadata(),
  proration_behavior: oneOf('none', 'create_prorations', 'always_invoice'),
  start_date: nowOrTime(),
  trial: boolean(),
  trial_end: nowOrTime(),
}

export const phaseParams = object(phase)

/** Periods were counted before a duration said how long. */
export const legacyPhaseParams = object({ ...phase, iterations: integer({ min: 1 }) })

export const previewParams = {
  automatic_tax: automaticTax,
  currency: string(),
  customer: string(),
  customer_details: object({
    address: emptyable(address()),
    tax_exempt: emptyable(oneOf('exempt', 'none', 'reverse')),
    tax_ids: list(object({ type: required(string()), value: required(string()) })),
    tax: object({ ip_address: emptyable(string()) }),
  }),
  discounts: discountParams(),
  invoice_items: list(previewItem),
  preview_mode: oneOf('next', 'recurring'),
  schedule: string(),
  schedule_details: object({
    end_behavior: oneOf('cancel', 'release'),
    phases: list(phaseParams),
    proration_behavior: oneOf('none', 'create_prorations', 'always_invoice'),
  }),
  subscription: string(),
  subscription_details: object({
    ...timing,
    billing_cycle_anchor: oneOf('now', 'unchanged'),
    cancel_at: emptyable(integer()),
    cancel_at_period_end: boolean(),
    cancel_now: boolean(),
    items: list(object(itemParams)),
    metadata: metadata(),
    start_date: integer(),
    trial_end: nowOrTime(),
  }),
}
