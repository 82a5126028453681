// What is said to somebody who comes back from Stripe's page.
import type { CheckoutOutcome, Invoice } from '#shared/contracts/billing'

export type Returned =
  | { kind: 'cancelled' }
  | { kind: 'open' }
  /** Finished, but the money is on its way: some banks take days. */
  | { kind: 'pending' }
  | { kind: 'done'; purpose: CheckoutOutcome['purpose']; invoice: Invoice | null }

export const sessionIn = (search: string): string | null => {
  const id = new URLSearchParams(search).get('session_id')
  return id !== null && /^cs_[A-Za-z0-9_]{1,200}$/.test(id) ? id : null
}

const RECENT_MS = 30 * 60_000

export function returnedOf(outcome: CheckoutOutcome, newest: Invoice | null, now: number): Returned {
  if (outcome.status === 'expired') return { kind: 'cancelled' }
  if (outcome.status === 'open') return { kind: 'open' }
  if (!outcome.paid) return { kind: 'pending' }
  // An older invoice is not what was bought just now: better to say less than something wrong.
  const fits = newest !== null && newest.purpose === outcome.purpose && now - newest.created_at < RECENT_MS
  return { kind: 'done', purpose: outcome.purpose, invoice: fits ? newest : null }
}
