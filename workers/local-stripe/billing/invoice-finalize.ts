import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import { createIntent } from '../payments/intents.ts'
import { saveCustomer } from '../resources/customers.ts'
import type { Customer, Discount, Invoice, InvoicePayment } from '../tables.ts'
import { customerIdOf, keepPayment, saveInvoice, subscriptionIdOf } from './invoice-save.ts'
import { invoicePaid } from './invoice-paid.ts'
import { taxedCustomer, withInvoiceTotals } from './invoice-totals.ts'
import { settlement } from './totals.ts'

export const needLocation = () =>
  invalid(
    "The customer's location isn't recognized. Set a valid customer address in order to automatically calculate tax.",
    { code: 'customer_tax_location_invalid', param: 'automatic_tax[enabled]' },
  )

/** A draft counted anew: the customer, the balance and the discounts as they are now. */
export function recomputed(engine: Engine, invoice: Invoice): Invoice {
  const customer = engine.need('customer', customerIdOf(invoice), 'customer')
  const discounts = invoice.discounts
    .map((id) => engine.store.get('discount', id) ?? ownDiscount(customer, id))
    .filter((found) => found !== null)
  return withInvoiceTotals(engine, invoice, {
    discounts,
    customer: taxedCustomer(engine, customer),
    balance: customer.balance,
    at: invoice.created,
  })
}

const ownDiscount = (customer: Customer, id: string): Discount | null =>
  customer.discount?.id === id ? customer.discount : null

/** The next number of the customer's own series. */
function takeNumber(
  engine: Engine,
  { customer, endingBalance, currency }: { customer: Customer; endingBalance: number; currency: string },
): string {
  const sequence = customer.next_invoice_sequence ?? 1
  saveCustomer(engine, customer, {
    ...customer,
    balance: endingBalance,
    currency: customer.currency ?? currency,
    next_invoice_sequence: sequence + 1,
  })
  return `${customer.invoice_prefix ?? customer.id.slice(-8).toUpperCase()}-${String(sequence).padStart(4, '0')}`
}

function requestPayment(engine: Engine, invoice: Invoice): InvoicePayment {
  const intent = createIntent(engine, {
    amount: invoice.amount_due,
    currency: invoice.currency,
    customer: customerIdOf(invoice),
    description: subscriptionIdOf(invoice) ? 'Subscription update' : `Payment for Invoice ${invoice.number}`,
    metadata: {},
  })
  const payment: InvoicePayment = {
    id: engine.id('inpay'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: invoice.amount_due,
    created: engine.now(invoice),
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: intent.id, type: 'payment_intent' },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  }
  return keepPayment(engine, payment)
}

/** Tax that cannot be known does not hold a renewal up: it is left out, and the invoice says why. */
function withKnownTax(engine: Engine, invoice: Invoice, isStrict: boolean): Invoice {
  if (!invoice.automatic_tax.enabled || invoice.automatic_tax.status === 'complete') return invoice
  if (isStrict) throw needLocation()
  return recomputed(engine, {
    ...invoice,
    automatic_tax: {
      ...invoice.automatic_tax,
      enabled: false,
      disabled_reason: 'finalization_requires_location_inputs',
    },
  })
}

export interface Finalization {
  autoAdvance?: boolean
  /** Somebody waits for the answer: what is missing is refused instead of left out. */
  isStrict?: boolean
}

/** Nothing on the invoice changes from here on. Where nothing is owed it is paid at once. */
export function finalizeInvoice(engine: Engine, id: string, given: Finalization = {}): Invoice {
  const before = engine.need('invoice', id)
  if (before.status !== 'draft') {
    throw invalid(`This invoice is already finalized, you can't re-finalize a non-draft invoice.`, {
      code: 'invoice_not_editable',
    })
  }
  const draft = withKnownTax(engine, recomputed(engine, before), given.isStrict ?? false)
  const customer = engine.need('customer', customerIdOf(draft), 'customer')
  const settled = settlement({ total: draft.total, balance: customer.balance, currency: draft.currency })
  const now = engine.now(draft)
  const page = `${engine.config.origin}/i/${id}`
  const autoAdvance = given.autoAdvance ?? draft.auto_advance ?? false
  const isCollected = autoAdvance && draft.collection_method === 'charge_automatically' && settled.amountDue > 0
  const open: Invoice = {
    ...draft,
    amount_due: settled.amountDue,
    amount_remaining: settled.amountDue,
    auto_advance: autoAdvance,
    automatically_finalizes_at: null,
    effective_at: draft.effective_at ?? now,
    ending_balance: settled.endingBalance,
    hosted_invoice_url: page,
    invoice_pdf: `${page}/pdf`,
    next_payment_attempt: isCollected ? now : null,
    number:
      draft.number ?? takeNumber(engine, { customer, endingBalance: settled.endingBalance, currency: draft.currency }),
    starting_balance: settled.startingBalance,
    status: 'open',
    status_transitions: { ...draft.status_transitions, finalized_at: now },
    webhooks_delivered_at: now,
  }
  if (settled.amountDue > 0) requestPayment(engine, open)
  const saved = saveInvoice(engine, before, open, 'invoice.finalized')
  if (saved.collection_method === 'send_invoice' && autoAdvance) engine.emit('invoice.sent', saved)
  return settled.amountDue === 0 ? invoicePaid(engine, id, {}) : saved
}
