import type { Engine } from '../engine.ts'
import type { Invoice, InvoiceItem, Price } from '../tables.ts'
import { productOf, taxBehaviorOf, unitAmountOf } from './prices.ts'

export type InvoiceLine = Invoice['lines']['data'][number]

type Parent = NonNullable<InvoiceLine['parent']>

export interface LineDraft {
  amount: number
  currency: string
  description: string | null
  period: { start: number; end: number }
  quantity: number | null
  price: Price | null
  unitAmountDecimal?: string | null
  discountable: boolean
  metadata: Record<string, string>
  parent: Parent
  subscription: string | null
}

export function priceDetails(price: Price | null, unitAmountDecimal?: string | null): InvoiceLine['pricing'] {
  if (!price) return null
  return {
    price_details: { price: price.id, product: productOf(price) },
    type: 'price_details',
    unit_amount_decimal: unitAmountDecimal === undefined ? unitAmountOf(price) : unitAmountDecimal,
  }
}

export function toLine(engine: Engine, draft: LineDraft, { preview }: { preview: boolean }): InvoiceLine {
  return {
    id: engine.id(preview ? 'il_tmp' : 'il'),
    object: 'line_item',
    amount: draft.amount,
    currency: draft.currency,
    description: draft.description,
    discount_amounts: [],
    discountable: draft.discountable,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: draft.metadata,
    parent: draft.parent,
    period: draft.period,
    pretax_credit_amounts: [],
    pricing: priceDetails(draft.price, draft.unitAmountDecimal),
    quantity: draft.quantity,
    quantity_decimal: draft.quantity === null ? null : String(draft.quantity),
    subscription: draft.subscription,
    subtotal: draft.amount,
    taxes: [],
  }
}

export const itemParent = ({
  subscription,
  item,
  invoiceItem = null,
  proration = false,
}: {
  subscription: string
  item: string
  invoiceItem?: string | null
  proration?: boolean
}): Parent => ({
  invoice_item_details: null,
  subscription_item_details: {
    invoice_item: invoiceItem,
    proration,
    proration_details: proration ? { credited_items: null } : null,
    subscription,
    subscription_item: item,
  },
  type: 'subscription_item_details',
})

/** The line that an invoice item becomes once an invoice takes it up. */
export function draftOfInvoiceItem(engine: Engine, item: InvoiceItem): LineDraft {
  const of = item.parent?.subscription_details ?? null
  const priceId = item.pricing?.price_details?.price
  const parent: Parent = of?.subscription_item
    ? itemParent({
        subscription: of.subscription,
        item: of.subscription_item,
        invoiceItem: item.id,
        proration: item.proration,
      })
    : {
        invoice_item_details: {
          invoice_item: item.id,
          proration: item.proration,
          proration_details: item.proration ? { credited_items: null } : null,
          subscription: of?.subscription ?? null,
        },
        subscription_item_details: null,
        type: 'invoice_item_details',
      }
  return {
    amount: item.amount,
    currency: item.currency,
    description: item.description,
    period: item.period,
    quantity: item.quantity,
    price: (priceId && engine.store.get('price', priceId)) || null,
    unitAmountDecimal: item.pricing?.unit_amount_decimal ?? null,
    discountable: item.discountable,
    metadata: item.metadata ?? {},
    parent,
    subscription: of?.subscription ?? null,
  }
}

export const invoiceItemOf = (line: InvoiceLine): string | null =>
  line.parent?.invoice_item_details?.invoice_item ?? line.parent?.subscription_item_details?.invoice_item ?? null

/** Whether a line's price holds its tax; what says nothing has it added. */
export function lineTaxBehavior(engine: Engine, line: InvoiceLine): 'inclusive' | 'exclusive' {
  const item = invoiceItemOf(line)
  const noted = item && engine.store.get('_invoice_item', item)
  if (noted) return noted.taxBehavior
  const price = line.pricing?.price_details?.price
  const known = price && engine.store.get('price', price)
  return known ? taxBehaviorOf(known) : 'exclusive'
}
