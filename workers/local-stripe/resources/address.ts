import type Stripe from 'stripe'
import type { address } from '../params.ts'

type Given = ReturnType<ReturnType<typeof address>['read']>

export const emptyAddress: Stripe.Address = {
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
}

export function toAddress(given: Given | '' | undefined, before: Stripe.Address | null = null): Stripe.Address | null {
  if (given === undefined) return before
  if (given === '') return null
  const filled = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, value || null]))
  return { ...emptyAddress, ...before, ...filled }
}
