import { previousAttributes } from '../changes.ts'
import type { Engine } from '../engine.ts'
import { invalid, missingParameter } from '../errors.ts'
import { saveCustomer } from '../resources/customers.ts'
import type { CreditNote, Invoice } from '../tables.ts'
import { customerIdOf, paymentsOf, saveInvoice } from './invoice-save.ts'
import { invoicePaid } from './invoice-paid.ts'
import { distribute } from './discounts.ts'
import { amountOf } from './rounding.ts'
import { createRefund } from './refunds.ts'

type CreditNoteLine = CreditNote['lines']['data'][number]

export interface CreditedLine {
  type: 'invoice_line_item' | 'custom_line_item'
  invoice_line_item?: string
  amount?: number
  description?: string
  quantity?: number
  unit_amount?: number
  unit_amount_decimal?: string
}

export interface NewCreditNote {
  invoice: string
  amount?: number
  lines?: CreditedLine[]
  refundAmount?: number
  refunds?: { refund?: string; amount_refunded?: number }[]
  creditAmount?: number
  outOfBandAmount?: number
  memo?: string
  reason?: 'duplicate' | 'fraudulent' | 'order_change' | 'product_unsatisfactory'
  metadata?: Record<string, string>
}

const blankLine = {
  object: 'credit_note_line_item',
  discount_amount: 0,
  discount_amounts: [],
  livemode: false,
  metadata: {},
  pretax_credit_amounts: [],
  tax_rates: [],
  taxes: [],
} as const satisfies Partial<CreditNoteLine>

function linesOf(engine: Engine, { invoice, given }: { invoice: Invoice; given: NewCreditNote }): CreditNoteLine[] {
  if (given.lines) {
    return given.lines.map((line) => {
      const of = invoice.lines.data.find(({ id }) => id === line.invoice_line_item)
      const quantity = line.quantity ?? 1
      const each = line.unit_amount_decimal ?? (line.unit_amount === undefined ? null : String(line.unit_amount))
      const priced = each === null ? undefined : amountOf({ unitAmountDecimal: each, quantity })
      const amount = line.amount ?? priced ?? of?.amount
      if (amount === undefined) throw missingParameter('lines[0][amount]')
      return {
        ...blankLine,
        id: engine.id('cnli'),
        amount,
        description: line.description ?? of?.description ?? null,
        ...(of && { invoice_line_item: of.id }),
        quantity,
        type: line.type,
        unit_amount: line.unit_amount ?? null,
        unit_amount_decimal: each,
      }
    })
  }
  if (given.amount === undefined) throw missingParameter('amount')
  return [
    {
      ...blankLine,
      id: engine.id('cnli'),
      amount: given.amount,
      description: 'Credit',
      quantity: 1,
      type: 'custom_line_item',
      unit_amount: given.amount,
      unit_amount_decimal: String(given.amount),
    },
  ]
}

/** The part of the invoice's tax that belongs to what is credited. An amount alone holds its tax. */
function taxPart(invoice: Invoice, subtotal: number, isGross: boolean): number {
  const tax = (invoice.total_taxes ?? []).reduce((all, each) => all + each.amount, 0)
  const base = isGross ? invoice.total : (invoice.total_excluding_tax ?? invoice.total)
  if (tax === 0 || base <= 0) return 0
  return distribute({ total: tax, weights: [subtotal, Math.max(0, base - subtotal)] })[0] ?? 0
}

function refundsOf(
  engine: Engine,
  { invoice, given }: { invoice: Invoice; given: NewCreditNote },
): CreditNote['refunds'] {
  const known = (given.refunds ?? []).map(({ refund, amount_refunded: amount }) => {
    const found = engine.need('refund', refund ?? '', 'refunds[0][refund]')
    return {
      amount_refunded: amount ?? found.amount,
      payment_record_refund: null,
      refund: found.id,
      type: 'refund' as const,
    }
  })
  if (!given.refundAmount) return known
  const paymentIntent = paymentsOf(engine, invoice.id).find(({ status }) => status === 'paid')?.payment.payment_intent
  if (!paymentIntent) throw invalid('This invoice has no payment that could be refunded.', { param: 'refund_amount' })
  const made = createRefund(engine, { paymentIntent, amount: given.refundAmount })
  return [
    ...known,
    { amount_refunded: made.amount, payment_record_refund: null, refund: made.id, type: 'refund' as const },
  ]
}

function numberOf(engine: Engine, invoice: Invoice): string {
  const before = engine.store.list('credit_note').filter((note) => note.invoice === invoice.id)
  return `${invoice.number}-CN-${String(before.length + 1).padStart(2, '0')}`
}

/** What is credited is no longer owed, or goes back: to the card, to the balance, or outside. */
export function createCreditNote(engine: Engine, given: NewCreditNote): CreditNote {
  const invoice = engine.need('invoice', given.invoice, 'invoice')
  if (invoice.status === 'draft' || invoice.status === 'void') {
    throw invalid('You can only issue credit notes for finalized invoices.', { param: 'invoice' })
  }
  const lines = linesOf(engine, { invoice, given })
  const sum = lines.reduce((all, line) => all + line.amount, 0)
  const isGross = given.lines === undefined
  const tax = taxPart(invoice, sum, isGross)
  const total = isGross ? sum : sum + tax
  const isPaid = invoice.status === 'paid'
  const credited = invoice.post_payment_credit_notes_amount + invoice.pre_payment_credit_notes_amount
  if (total + credited > invoice.total) {
    throw invalid(
      `The sum of credit amount, refund amount and out of band amount (${total}) exceeds the invoice amount.`,
    )
  }
  const refunds = refundsOf(engine, { invoice, given })
  const refunded = refunds.reduce((all, each) => all + (each.amount_refunded ?? 0), 0)
  const now = engine.now(invoice)
  const id = engine.id('cn')
  const note: CreditNote = {
    id,
    object: 'credit_note',
    amount: total,
    amount_shipping: 0,
    created: now,
    currency: invoice.currency,
    customer: customerIdOf(invoice),
    customer_account: null,
    customer_balance_transaction: null,
    discount_amount: 0,
    discount_amounts: [],
    effective_at: now,
    invoice: invoice.id,
    lines: { object: 'list', data: lines, has_more: false, url: `/v1/credit_notes/${id}/lines` },
    livemode: false,
    memo: given.memo ?? null,
    metadata: given.metadata ?? {},
    number: numberOf(engine, invoice),
    out_of_band_amount: given.outOfBandAmount ?? null,
    pdf: `${engine.config.origin}/i/${invoice.id}/pdf`,
    post_payment_amount: isPaid ? total : 0,
    pre_payment_amount: isPaid ? 0 : total,
    pretax_credit_amounts: [],
    reason: given.reason ?? null,
    refunds,
    shipping_cost: null,
    status: 'issued',
    subtotal: isGross ? sum - tax : sum,
    subtotal_excluding_tax: isGross ? sum - tax : sum,
    total,
    total_excluding_tax: total - tax,
    total_taxes: [],
    type: isPaid ? 'post_payment' : 'pre_payment',
    voided_at: null,
  }
  engine.store.put('credit_note', note)
  engine.emit('credit_note.created', note)
  settle(engine, { invoice, note, toBalance: isPaid ? total - refunded - (given.outOfBandAmount ?? 0) : 0 })
  return note
}

function settle(
  engine: Engine,
  { invoice, note, toBalance }: { invoice: Invoice; note: CreditNote; toBalance: number },
): void {
  if (toBalance > 0) {
    const customer = engine.need('customer', customerIdOf(invoice), 'customer')
    saveCustomer(engine, customer, { ...customer, balance: customer.balance - toBalance })
  }
  const due = Math.max(0, invoice.amount_due - note.pre_payment_amount)
  const after: Invoice = {
    ...invoice,
    amount_due: due,
    amount_remaining: Math.max(0, due - invoice.amount_paid),
    post_payment_credit_notes_amount: invoice.post_payment_credit_notes_amount + note.post_payment_amount,
    pre_payment_credit_notes_amount: invoice.pre_payment_credit_notes_amount + note.pre_payment_amount,
  }
  saveInvoice(engine, invoice, after)
  if (invoice.status === 'open' && after.amount_remaining === 0) invoicePaid(engine, invoice.id, { amount: 0 })
}

export function voidCreditNote(engine: Engine, id: string): CreditNote {
  const before = engine.need('credit_note', id)
  if (before.status === 'void') throw invalid('This credit note is already void.')
  const after: CreditNote = { ...before, status: 'void', voided_at: engine.now(before) }
  engine.store.put('credit_note', after)
  engine.emit('credit_note.voided', after, previousAttributes(before, after))
  return after
}
