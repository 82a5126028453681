// Invoices and their items that somebody writes himself: credit packs, top-ups, extras.
import { previousAttributes } from '../changes.ts'
import type { Engine } from '../engine.ts'
import { invalid, missingParameter } from '../errors.ts'
import { mergeMetadata } from '../metadata.ts'
import type { Values } from '../params.ts'
import type {
  invoiceCreate,
  invoiceItemCreate,
  invoiceItemWritable,
  invoiceWritable,
} from '../resources/invoice-params.ts'
import type { Invoice, InvoiceItem } from '../tables.ts'
import { discountsFor, keepDiscounts, newDiscount } from './customer-discounts.ts'
import { inlinePrice } from './inline-price.ts'
import { buildInvoice } from './invoice-build.ts'
import { recomputed } from './invoice-finalize.ts'
import { draftOfInvoiceItem, invoiceItemOf, toLine, type LineDraft } from './invoice-lines.ts'
import { customerIdOf, putInvoice } from './invoice-save.ts'
import { keepInvoiceItem, newInvoiceItem, pendingItems, takeUp } from './pending-items.ts'
import { priceAmount, productName } from './prices.ts'
import { amountOf } from './rounding.ts'
import { day } from './subscription-build.ts'

type Writable = Values<typeof invoiceWritable>
type Created = Values<typeof invoiceCreate>
type ItemWritable = Values<typeof invoiceItemWritable>
type ItemCreated = Values<typeof invoiceItemCreate>

/** What the item costs: by a price, by an amount for each, or as a sum. */
function draftOf(engine: Engine, given: ItemWritable & { currency?: string }, at: number): LineDraft {
  const named = given.pricing?.price
  const price = given.price_data
    ? inlinePrice(engine, given.price_data)
    : named === undefined
      ? null
      : engine.need('price', named, 'pricing[price]')
  if (price?.recurring) {
    throw invalid(
      'The price specified is set to `type=recurring` but this field only accepts prices with `type=one_time`.',
      {
        param: 'pricing[price]',
      },
    )
  }
  const quantity = given.quantity_decimal === undefined ? (given.quantity ?? 1) : Number(given.quantity_decimal)
  const each = given.unit_amount_decimal
  const amount = price
    ? priceAmount({ price, quantity })
    : each === undefined
      ? given.amount
      : amountOf({ unitAmountDecimal: each, quantity })
  const currency = (price?.currency ?? given.currency)?.toLowerCase()
  if (amount === undefined) throw missingParameter('amount')
  if (currency === undefined) throw missingParameter('currency')
  return {
    amount,
    currency,
    description: given.description ?? (price ? productName(engine, price) : null),
    period: given.period ?? { start: at, end: at },
    quantity,
    price,
    ...(each !== undefined && { unitAmountDecimal: each }),
    discountable: given.discountable ?? amount >= 0,
    metadata: mergeMetadata({}, given.metadata),
    parent: { invoice_item_details: null, subscription_item_details: null, type: 'invoice_item_details' },
    subscription: null,
  }
}

export function createInvoiceItem(engine: Engine, given: ItemCreated): InvoiceItem {
  const invoice = given.invoice === undefined ? undefined : engine.need('invoice', given.invoice, 'invoice')
  const customer = engine.need('customer', given.customer ?? invoice?.customer ?? '', 'customer')
  if (invoice && invoice.status !== 'draft')
    throw invalid('This invoice is no longer editable.', { code: 'invoice_not_editable' })
  if (given.subscription !== undefined) engine.need('subscription', given.subscription, 'subscription')
  const currency = given.currency ?? invoice?.currency
  const draft = draftOf(
    engine,
    { ...given, ...(currency !== undefined && { currency }) },
    engine.now({ customer: customer.id }),
  )
  if (invoice && draft.currency !== invoice.currency) {
    throw invalid(`The currency of the item does not match that of the invoice (${invoice.currency}).`, {
      param: 'currency',
    })
  }
  const item = newInvoiceItem(engine, {
    draft: { ...draft, subscription: given.subscription ?? null },
    customer: customer.id,
    testClock: typeof customer.test_clock === 'string' ? customer.test_clock : null,
    invoice: invoice?.id ?? null,
  })
  noteTaxBehavior(engine, item.id, given.tax_behavior)
  keepInvoiceItem(engine, item)
  if (invoice) addLine(engine, invoice, item)
  return item
}

function noteTaxBehavior(engine: Engine, id: string, behavior: ItemWritable['tax_behavior']): void {
  if (behavior === 'inclusive' || behavior === 'exclusive')
    engine.store.put('_invoice_item', { id, taxBehavior: behavior })
}

function withLines(invoice: Invoice, lines: Invoice['lines']['data']): Invoice {
  return { ...invoice, lines: { ...invoice.lines, data: lines } }
}

function saveDraft(engine: Engine, before: Invoice, after: Invoice): Invoice {
  const counted = putInvoice(engine, recomputed(engine, after))
  const changed = previousAttributes(before, counted)
  if (Object.keys(changed).length > 0) engine.emit('invoice.updated', counted, changed)
  return counted
}

function addLine(engine: Engine, invoice: Invoice, item: InvoiceItem): void {
  const line = { ...toLine(engine, draftOfInvoiceItem(engine, item), { preview: false }), invoice: invoice.id }
  saveDraft(engine, invoice, withLines(invoice, [...invoice.lines.data, line]))
}

export function updateInvoiceItem(engine: Engine, id: string, given: ItemWritable): InvoiceItem {
  const before = engine.need('invoiceitem', id)
  const invoice = before.invoice ? engine.store.get('invoice', before.invoice) : undefined
  if (invoice && invoice.status !== 'draft')
    throw invalid('This invoice item is attached to an invoice that is finalized.')
  const priced =
    given.amount !== undefined ||
    given.pricing ||
    given.price_data ||
    given.unit_amount_decimal ||
    given.quantity !== undefined
  const price = before.pricing?.price_details?.price
  const draft = priced
    ? draftOf(
        engine,
        {
          ...given,
          currency: before.currency,
          pricing: given.pricing ?? (price && given.amount === undefined ? { price } : undefined),
        },
        before.date,
      )
    : null
  const after: InvoiceItem = {
    ...before,
    ...(draft && { amount: draft.amount, net_amount: draft.amount, quantity: draft.quantity ?? 1 }),
    description: given.description ?? before.description,
    discountable: given.discountable ?? before.discountable,
    metadata: mergeMetadata(before.metadata, given.metadata),
    period: given.period ?? before.period,
  }
  noteTaxBehavior(engine, id, given.tax_behavior)
  engine.store.put('invoiceitem', after)
  if (invoice) {
    const fresh = toLine(engine, draftOfInvoiceItem(engine, after), { preview: false })
    const lines = invoice.lines.data.map((line) =>
      invoiceItemOf(line) === id ? { ...fresh, id: line.id, invoice: invoice.id } : line,
    )
    saveDraft(engine, invoice, withLines(invoice, lines))
  }
  return after
}

export function deleteInvoiceItem(engine: Engine, id: string) {
  const item = engine.need('invoiceitem', id)
  const invoice = item.invoice ? engine.store.get('invoice', item.invoice) : undefined
  if (invoice && invoice.status !== 'draft')
    throw invalid('This invoice item is attached to an invoice that is finalized.')
  if (invoice) {
    saveDraft(
      engine,
      invoice,
      withLines(
        invoice,
        invoice.lines.data.filter((line) => invoiceItemOf(line) !== id),
      ),
    )
  }
  engine.store.remove('invoiceitem', id)
  engine.emit('invoiceitem.deleted', item)
  return { id, object: 'invoiceitem', deleted: true }
}

function withWritten(engine: Engine, before: Invoice, given: Writable): Invoice {
  const now = engine.now(before)
  const customer = customerIdOf(before)
  const discounts = given.discounts
    ? given.discounts.map((each) => newDiscount(engine, { given: each, holder: { customer, invoice: before.id }, now }))
    : null
  const days = given.days_until_due
  const tax = given.automatic_tax
  return {
    ...before,
    auto_advance: given.auto_advance ?? before.auto_advance,
    automatically_finalizes_at:
      given.automatically_finalizes_at ??
      (given.auto_advance ? before.created + 3600 : before.automatically_finalizes_at),
    automatic_tax: tax
      ? { ...before.automatic_tax, enabled: tax.enabled, liability: tax.enabled ? { type: 'self' } : null }
      : before.automatic_tax,
    collection_method: given.collection_method ?? before.collection_method,
    custom_fields: given.custom_fields === undefined ? before.custom_fields : given.custom_fields || null,
    default_payment_method: given.default_payment_method ?? before.default_payment_method,
    description: given.description === undefined ? before.description : given.description || null,
    discounts: discounts ? keepDiscounts(engine, discounts) : given.discounts === '' ? [] : before.discounts,
    due_date: given.due_date ?? (days === undefined ? before.due_date : now + days * day),
    footer: given.footer === undefined ? before.footer : given.footer || null,
    metadata: mergeMetadata(before.metadata, given.metadata),
    number: given.number ?? before.number,
    statement_descriptor: given.statement_descriptor ?? before.statement_descriptor,
  }
}

export function createInvoice(engine: Engine, given: Created): Invoice {
  const subscription =
    given.subscription === undefined ? null : engine.need('subscription', given.subscription, 'subscription')
  const id = given.customer ?? subscription?.customer
  if (id === undefined) throw missingParameter('customer')
  const customer = engine.need('customer', id, 'customer')
  if (
    given.collection_method === 'send_invoice' &&
    given.days_until_due === undefined &&
    given.due_date === undefined
  ) {
    throw invalid('If you set `collection_method=send_invoice`, you must also set `days_until_due` or `due_date`.')
  }
  const currency = given.currency?.toLowerCase() ?? subscription?.currency ?? customer.currency ?? 'usd'
  const takes = subscription !== null || given.pending_invoice_items_behavior === 'include'
  const items = takes ? pendingItems(engine, { customer: id, subscription: subscription?.id ?? null, currency }) : []
  const now = engine.now({ customer: id })
  const blank = buildInvoice(engine, {
    customer,
    subscription,
    lines: items.map((item) => draftOfInvoiceItem(engine, item)),
    reason: subscription ? 'subscription_update' : 'manual',
    period: { start: now, end: now },
    currency,
    discounts: given.discounts === undefined ? discountsFor(engine, { customer, subscription }) : [],
    automaticTax: given.automatic_tax?.enabled ?? false,
  })
  const invoice = putInvoice(engine, recomputed(engine, withWritten(engine, blank, given)))
  takeUp(engine, { items, invoice: invoice.id })
  engine.emit('invoice.created', invoice)
  return invoice
}

/** After it is finalized only what is said of it may change, not what is owed. */
const alwaysOpen = new Set<string>([
  'metadata',
  'auto_advance',
  'default_payment_method',
  'payment_settings',
  'days_until_due',
  'due_date',
  'collection_method',
])

export function updateInvoice(engine: Engine, id: string, given: Writable): Invoice {
  const before = engine.need('invoice', id)
  const isDraft = before.status === 'draft'
  const refused = Object.keys(given).find((name) => !isDraft && !alwaysOpen.has(name))
  if (refused)
    throw invalid(`Finalized invoices can't be updated in this way: ${refused}`, { code: 'invoice_not_editable' })
  const after = withWritten(engine, before, given)
  if (isDraft) return saveDraft(engine, before, after)
  putInvoice(engine, after)
  engine.emit('invoice.updated', after, previousAttributes(before, after))
  return after
}
