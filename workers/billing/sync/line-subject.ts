// What a line of an invoice is for, in our own words: Stripe describes it in one language.
import type Stripe from 'stripe'
import type { LineSubject } from '#shared/contracts/billing'
import type { MoneyContext } from './money-context.ts'
import { idOf } from './organization-of.ts'
import { soldBy } from './sold-items.ts'

/** Null where it is for nothing that is sold here. */
export async function lineSubject(line: Stripe.InvoiceLineItem, ctx: MoneyContext): Promise<LineSubject> {
  const priceId = idOf(line.pricing?.price_details?.price)
  const sold = priceId ? await soldBy({ priceId, ctx }) : null
  if (!sold) return null
  return sold.kind === 'overage' ? { kind: sold.kind, name: null } : { kind: sold.kind, name: sold.body.name }
}
