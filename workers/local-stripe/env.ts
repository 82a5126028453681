import type { StripeAccount } from './stripe-account.ts'

export interface LocalStripeEnv {
  ACCOUNT: DurableObjectNamespace<StripeAccount>
  /** Where a browser finds the hosted pages. */
  LOCAL_STRIPE_ORIGIN?: string
  /** Where events are delivered, and what they are signed with. */
  LOCAL_STRIPE_WEBHOOK_URL?: string
  STRIPE_WEBHOOK_SECRET?: string
}
