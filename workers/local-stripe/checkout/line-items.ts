import type { Engine } from '../engine.ts'
import type { CheckoutSession, LineItem } from '../tables.ts'
import { quoteOf, type Quote } from './quote.ts'

export const toLineItems = (quote: Quote): LineItem[] =>
  quote.lines.map((line) => ({
    id: line.id,
    object: 'item',
    adjustable_quantity: null,
    amount_discount: line.discount,
    amount_subtotal: line.subtotal,
    amount_tax: line.tax,
    amount_total: line.total,
    currency: line.price.currency,
    description: line.name,
    metadata: {},
    price: line.price,
    quantity: line.quantity,
  }))

export const lineItemsOf = (engine: Engine, session: CheckoutSession): LineItem[] =>
  engine.store.get('_checkout_line', session.id)?.settled ?? toLineItems(quoteOf(engine, session))
