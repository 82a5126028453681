// What the verbs of money need: the service's own context, whoever is asking.
import type { BillingSystem } from '../context.ts'

export type MoneyContext = BillingSystem

/** Stripe's object, and what looks at it. */
export interface Looked {
  id: string
  ctx: MoneyContext
}
