import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import type { Customer, Invoice, Subscription } from '../tables.ts'
import { customerIdOf, subscriptionIdOf } from './invoice-save.ts'

/** The subscription's own method goes before the customer's. */
export function subscriptionMethod(subscription: Subscription | null, customer: Customer): string | null {
  return subscription?.default_payment_method ?? customer.invoice_settings.default_payment_method ?? null
}

/** With what an invoice is paid when nobody says otherwise. */
export function invoiceMethod(engine: Engine, invoice: Invoice): string | null {
  if (invoice.default_payment_method) return invoice.default_payment_method
  const customer = engine.need('customer', customerIdOf(invoice), 'customer')
  const id = subscriptionIdOf(invoice)
  return subscriptionMethod((id && engine.store.get('subscription', id)) || null, customer)
}

export const noMethod = () =>
  invalid(
    'This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.',
    { code: 'resource_missing' },
  )
