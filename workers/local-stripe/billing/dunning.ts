// When a payment that failed is tried again, and what becomes of the subscription when it never succeeds.
import type { Engine } from '../engine.ts'
import type { Invoice } from '../tables.ts'
import { day } from './subscription-build.ts'

const daysBetweenAttempts = [3, 5, 7]

/** The next attempt after so many; null when there is none left. */
export function nextAttemptAt({ attempts, at }: { attempts: number; at: number }): number | null {
  const days = daysBetweenAttempts[attempts - 1]
  return days === undefined ? null : at + days * day
}

export type AfterRetries = 'canceled' | 'unpaid' | 'past_due'

/** Set for the whole account; a subscription is cancelled where nothing is set. */
export function afterRetries(engine: Engine): AfterRetries {
  return engine.store.get('_billing_settings', 'billing')?.afterRetries ?? 'canceled'
}

export function setAfterRetries(engine: Engine, value: AfterRetries): void {
  engine.store.put('_billing_settings', { id: 'billing', afterRetries: value })
}

/** First payments are not retried by themselves: their subscription is incomplete and expires. */
export const isRetried = (invoice: Invoice): boolean =>
  invoice.collection_method === 'charge_automatically' &&
  (invoice.billing_reason === 'subscription_cycle' || invoice.billing_reason === 'subscription_update')
