import type { Engine } from '../engine.ts'
import type { Customer, Discount, Invoice, InvoiceItem, Subscription } from '../tables.ts'
import { discountsFor, endDiscount, isOnce } from './customer-discounts.ts'
import { buildInvoice } from './invoice-build.ts'
import { finalizeInvoice, needLocation } from './invoice-finalize.ts'
import { draftOfInvoiceItem, type LineDraft } from './invoice-lines.ts'
import { payInvoice } from './invoice-pay.ts'
import { putInvoice } from './invoice-save.ts'
import { day } from './subscription-build.ts'
import { takeUp } from './pending-items.ts'

const hour = 3600

export interface IssuedInvoice {
  subscription: Subscription
  lines: LineDraft[]
  items: InvoiceItem[]
  reason: NonNullable<Invoice['billing_reason']>
  period: { start: number; end: number }
  prorationDate?: number
}

/** The invoice that would be issued; nothing is stored. */
export function plannedInvoice(
  engine: Engine,
  { subscription, lines, items, ...rest }: IssuedInvoice,
  {
    customer,
    discounts,
    preview = false,
    at,
  }: { customer: Customer; discounts: Discount[]; preview?: boolean; at?: number },
): Invoice {
  return buildInvoice(engine, {
    ...rest,
    customer,
    subscription,
    lines: [...items.map((item) => draftOfInvoiceItem(engine, item)), ...lines],
    currency: subscription.currency,
    discounts,
    automaticTax: subscription.automatic_tax.enabled,
    preview,
    ...(at !== undefined && { at }),
  })
}

/** A discount for one invoice is used up by the first that has something to take it from. */
function useUpOnce(
  engine: Engine,
  { subscription, invoice }: { subscription: Subscription; invoice: Invoice },
): Subscription {
  const used = new Set(
    (invoice.total_discount_amounts ?? []).filter(({ amount }) => amount > 0).map((each) => each.discount),
  )
  const isSpent = (id: string) => {
    const discount = engine.store.get('discount', id)
    return used.has(id) && discount !== undefined && isOnce(engine, discount)
  }
  for (const id of subscription.discounts.filter((each) => isSpent(each))) {
    const discount = engine.store.get('discount', id)
    if (discount) endDiscount(engine, discount)
  }
  return { ...subscription, discounts: subscription.discounts.filter((id) => !isSpent(id)) }
}

/** A draft of the subscription, stored and told; it advances by itself an hour later. */
export function issueDraft(engine: Engine, issued: IssuedInvoice): { invoice: Invoice; subscription: Subscription } {
  const { subscription } = issued
  const customer = engine.need('customer', subscription.customer, 'customer')
  const discounts = discountsFor(engine, { customer, subscription })
  const planned = plannedInvoice(engine, issued, { customer, discounts })
  const isSent = subscription.collection_method === 'send_invoice'
  const invoice: Invoice = {
    ...planned,
    auto_advance: true,
    automatically_finalizes_at: planned.created + hour,
    next_payment_attempt: isSent ? null : planned.created + hour,
    due_date: isSent ? planned.created + (subscription.days_until_due ?? 30) * day : null,
  }
  putInvoice(engine, invoice)
  takeUp(engine, { items: issued.items, invoice: invoice.id })
  engine.emit('invoice.created', invoice)
  const after = useUpOnce(engine, { subscription: { ...subscription, latest_invoice: invoice.id }, invoice })
  return { invoice, subscription: after }
}

export const refuseUnknownTax = (invoice: Invoice): void => {
  if (invoice.automatic_tax.enabled && invoice.automatic_tax.status === 'requires_location_inputs') throw needLocation()
}

/** An invoice that does not wait: finalized and, unless somebody else collects it, charged. */
export function collectNow(
  engine: Engine,
  id: string,
  { collect, offSession }: { collect: boolean; offSession: boolean },
): Invoice {
  const open = finalizeInvoice(engine, id, { isStrict: true, autoAdvance: true })
  if (open.status !== 'open' || open.collection_method !== 'charge_automatically') return open
  if (collect) return payInvoice(engine, open.id, { offSession })
  return putInvoice(engine, { ...open, next_payment_attempt: null })
}
