import type { Engine } from '../engine.ts'
import type { Values } from '../params.ts'
import type { previewParams } from '../resources/invoice-params.ts'
import type { Customer } from '../tables.ts'
import type { LineDraft } from './invoice-lines.ts'
import { taxedCustomer } from './invoice-totals.ts'
import type { TaxedCustomer } from './tax.ts'

type Previewed = Values<typeof previewParams>

/** A customer as he would be with another address or another tax id. */
export function taxedAs(
  engine: Engine,
  customer: Customer,
  given: NonNullable<Previewed['customer_details']>,
): TaxedCustomer {
  const known = taxedCustomer(engine, customer)
  const address = given.address
  return {
    country: address === undefined ? known.country : (address && address.country) || null,
    exempt: given.tax_exempt === undefined ? known.exempt : given.tax_exempt || 'none',
    taxIds: given.tax_ids?.map((id) => ({ ...id, verification: null })) ?? known.taxIds,
  }
}

/** Items of a preview that name a sum instead of a price. */
export function previewItems(
  engine: Engine,
  { given, now }: { given: NonNullable<Previewed['invoice_items']>; now: number },
): LineDraft[] {
  return given.flatMap((item) =>
    item.amount === undefined
      ? []
      : [
          {
            amount: item.amount,
            currency: item.currency ?? 'usd',
            description: item.description ?? null,
            period: item.period ?? { start: now, end: now },
            quantity: 1,
            price: null,
            discountable: item.discountable ?? true,
            metadata: item.metadata || {},
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
          },
        ],
  )
}
