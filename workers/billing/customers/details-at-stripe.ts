// Who pays, as Stripe has it: people say it on Stripe's pages as well, and what they said there is not to be lost.
import type Stripe from 'stripe'
import { BillingDetails } from '#shared/contracts/billing'

function addressOf({ address }: Stripe.Customer): BillingDetails['address'] {
  if (!address?.country) return null
  return {
    line1: address.line1 || null,
    line2: address.line2 || null,
    city: address.city || null,
    state: address.state || null,
    postal_code: address.postal_code || null,
    country: address.country,
  }
}

/** Null where it is more than we keep: what we have stands then. Wants the customer with its `tax_ids`. */
export function detailsAtStripe(customer: Stripe.Customer): BillingDetails | null {
  const [taxId] = customer.tax_ids?.data ?? []
  const parsed = BillingDetails.safeParse({
    name: customer.name || null,
    email: customer.email || null,
    locale: customer.preferred_locales?.[0] === 'ar' ? 'ar' : 'en',
    address: addressOf(customer),
    tax_id: taxId ? { type: taxId.type, value: taxId.value } : null,
  })
  return parsed.success ? parsed.data : null
}
