import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import { named, type PriceData } from './inline-price.ts'
import type { LineDraft } from './invoice-lines.ts'
import { priceAmount, productName } from './prices.ts'

interface ExtraGiven {
  price?: string
  price_data?: PriceData
  quantity?: number
  discountable?: boolean
  metadata?: Record<string, string> | ''
}

/** One-off things that go on the next invoice of a subscription. */
export function extraLines(engine: Engine, { given, now }: { given: ExtraGiven[]; now: number }): LineDraft[] {
  return given.map((extra, index) => {
    const param = `add_invoice_items[${index}][price]`
    const id = named(engine, extra).price
    if (id === undefined) throw invalid(`Missing required param: ${param}.`, { code: 'parameter_missing', param })
    const price = engine.need('price', id, param)
    const quantity = extra.quantity ?? 1
    return {
      amount: priceAmount({ price, quantity }),
      currency: price.currency,
      description: productName(engine, price),
      period: { start: now, end: now },
      quantity,
      price,
      discountable: extra.discountable ?? true,
      metadata: extra.metadata || {},
      parent: {
        invoice_item_details: {
          invoice_item: engine.id('ii'),
          proration: false,
          proration_details: null,
          subscription: null,
        },
        subscription_item_details: null,
        type: 'invoice_item_details',
      },
      subscription: null,
    }
  })
}
