import type { Engine } from '../engine.ts'
import type { Customer, Discount, Invoice, Subscription } from '../tables.ts'
import { toLine, type LineDraft } from './invoice-lines.ts'
import { taxedCustomer, withInvoiceTotals } from './invoice-totals.ts'
import type { TaxedCustomer } from './tax.ts'

export interface InvoiceDraft {
  customer: Customer
  subscription: Subscription | null
  lines: LineDraft[]
  reason: NonNullable<Invoice['billing_reason']>
  period: { start: number; end: number }
  currency: string
  discounts: Discount[]
  automaticTax: boolean
  /** Another customer's place in life, for a preview of "what if". */
  taxedAs?: TaxedCustomer
  preview?: boolean
  prorationDate?: number
  /** When discounts must hold: a preview looks ahead. */
  at?: number
}

const liability = { type: 'self' } as const

function parentOf({ subscription, prorationDate }: InvoiceDraft): Invoice['parent'] {
  if (!subscription) return null
  return {
    quote_details: null,
    subscription_details: {
      metadata: subscription.metadata,
      subscription: subscription.id,
      ...(prorationDate !== undefined && { subscription_proration_date: prorationDate }),
    },
    type: 'subscription_details',
  }
}

function ofCustomer(engine: Engine, customer: Customer) {
  const taxIds = engine.store.list('tax_id', { customer: customer.id }).toReversed()
  return {
    customer: customer.id,
    customer_account: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: customer.shipping ?? null,
    customer_tax_exempt: customer.tax_exempt ?? 'none',
    customer_tax_ids: taxIds.map(({ type, value }) => ({ type, value })),
  }
}

function ofSubscription(subscription: Subscription | null) {
  return {
    collection_method: subscription?.collection_method ?? 'charge_automatically',
    default_payment_method: null,
    description: subscription?.invoice_settings.description ?? null,
    footer: subscription?.invoice_settings.footer ?? null,
    custom_fields: subscription?.invoice_settings.custom_fields ?? null,
  }
}

const nothingYet = {
  account_country: 'SA',
  account_name: 'Local Stripe',
  account_tax_ids: null,
  amount_due: 0,
  amount_overpaid: 0,
  amount_paid: 0,
  amount_paid_off_stripe: 0,
  amount_remaining: 0,
  amount_shipping: 0,
  application: null,
  attempt_count: 0,
  attempted: false,
  default_source: null,
  default_tax_rates: [],
  discounts: [],
  due_date: null,
  effective_at: null,
  ending_balance: null,
  from_invoice: null,
  hosted_invoice_url: null,
  invoice_pdf: null,
  issuer: liability,
  last_finalization_error: null,
  latest_revision: null,
  livemode: false,
  next_payment_attempt: null,
  number: null,
  on_behalf_of: null,
  payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
  post_payment_credit_notes_amount: 0,
  pre_payment_credit_notes_amount: 0,
  receipt_number: null,
  rendering: null,
  shipping_cost: null,
  shipping_details: null,
  starting_balance: 0,
  statement_descriptor: null,
  status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
  subtotal: 0,
  subtotal_excluding_tax: 0,
  total: 0,
  total_discount_amounts: [],
  total_excluding_tax: 0,
  total_pretax_credit_amounts: [],
  total_taxes: [],
  webhooks_delivered_at: null,
} satisfies Partial<Invoice>

/** A draft with its totals, stored by whoever asked for it: previews are not. */
export function buildInvoice(engine: Engine, draft: InvoiceDraft): Invoice {
  const preview = draft.preview ?? false
  const id = engine.id(preview ? 'upcoming_in' : 'in')
  const now = engine.now({ customer: draft.customer.id })
  const lines = draft.lines.map((line) => ({ ...toLine(engine, line, { preview }), invoice: id }))
  const invoice: Invoice = {
    ...nothingYet,
    ...ofCustomer(engine, draft.customer),
    ...ofSubscription(draft.subscription),
    id,
    object: 'invoice',
    auto_advance: false,
    automatic_tax: {
      disabled_reason: null,
      enabled: draft.automaticTax,
      liability: draft.automaticTax ? liability : null,
      provider: null,
      status: null,
    },
    automatically_finalizes_at: null,
    billing_reason: draft.reason,
    created: now,
    currency: draft.currency,
    lines: { object: 'list', data: lines, has_more: false, url: `/v1/invoices/${id}/lines` },
    metadata: {},
    parent: parentOf(draft),
    period_end: draft.period.end,
    period_start: draft.period.start,
    status: 'draft',
    test_clock: typeof draft.customer.test_clock === 'string' ? draft.customer.test_clock : null,
  }
  return withInvoiceTotals(engine, invoice, {
    discounts: draft.discounts,
    customer: draft.taxedAs ?? taxedCustomer(engine, draft.customer),
    balance: draft.customer.balance,
    at: draft.at ?? now,
  })
}
