import type { Engine } from '../engine.ts'
import type { InvoiceItem, Subscription } from '../tables.ts'
import { priceDetails, type LineDraft } from './invoice-lines.ts'

interface NewInvoiceItem {
  draft: LineDraft
  customer: string
  testClock: string | null
  invoice?: string | null
  proration?: boolean
}

/** Something that the next invoice takes up. */
export function newInvoiceItem(engine: Engine, { draft, customer, testClock, ...more }: NewInvoiceItem): InvoiceItem {
  const item = draft.parent.subscription_item_details?.subscription_item
  const quantity = draft.quantity ?? 1
  return {
    id: engine.id('ii'),
    object: 'invoiceitem',
    amount: draft.amount,
    currency: draft.currency,
    customer,
    customer_account: null,
    date: engine.now({ customer }),
    description: draft.description,
    discountable: draft.discountable,
    discounts: [],
    invoice: more.invoice ?? null,
    livemode: false,
    metadata: draft.metadata,
    net_amount: draft.amount,
    parent: draft.subscription
      ? {
          subscription_details: {
            subscription: draft.subscription,
            ...(item !== undefined && { subscription_item: item }),
          },
          type: 'subscription_details',
        }
      : null,
    period: draft.period,
    pricing: priceDetails(draft.price, draft.unitAmountDecimal),
    proration: more.proration ?? false,
    ...(more.proration && { proration_details: { credited_items: null, discount_amounts: [] } }),
    quantity,
    quantity_decimal: String(quantity),
    tax_rates: [],
    test_clock: testClock,
  }
}

export function keepInvoiceItem(engine: Engine, item: InvoiceItem): InvoiceItem {
  engine.store.put('invoiceitem', item)
  engine.emit('invoiceitem.created', item)
  return item
}

/** Prorations that wait for the next invoice. */
export function keepProrations(
  engine: Engine,
  { subscription, drafts }: { subscription: Subscription; drafts: LineDraft[] },
): InvoiceItem[] {
  return drafts.map((draft) =>
    keepInvoiceItem(
      engine,
      newInvoiceItem(engine, {
        draft,
        customer: subscription.customer,
        testClock: subscription.test_clock,
        proration: true,
      }),
    ),
  )
}

/** What waits for an invoice of a subscription: its own items and those that name none. The oldest first. */
export function pendingItems(
  engine: Engine,
  { customer, subscription, currency }: { customer: string; subscription: string | null; currency: string },
): InvoiceItem[] {
  return engine.store
    .list('invoiceitem', { customer })
    .filter((item) => item.invoice === null && item.currency === currency)
    .filter((item) => {
      const of = item.parent?.subscription_details?.subscription ?? null
      return of === null || of === subscription
    })
    .toReversed()
}

export function takeUp(engine: Engine, { items, invoice }: { items: InvoiceItem[]; invoice: string }): void {
  for (const item of items) engine.store.put('invoiceitem', { ...item, invoice })
}
