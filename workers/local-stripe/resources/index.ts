// Everything that the stand-in knows of the API.
import { billingReactions } from '../billing/reactions.ts'
import { billingTimer } from '../billing/work.ts'
import type { Reaction, Timer } from '../engine.ts'
import type { Resource } from '../resource.ts'
import { checkoutReactions } from '../checkout/late-payment.ts'
import { checkoutTimer } from '../checkout/expire-session.ts'
import { checkoutSessions } from './checkout-sessions.ts'
import { billing } from './billing.ts'
import { coupons } from './coupons.ts'
import { customers } from './customers.ts'
import { paymentIntents } from './payment-intents.ts'
import { paymentMethods } from './payment-methods.ts'
import { portalConfigurations } from './portal-configurations.ts'
import { portalSessions } from './portal-sessions.ts'
import { prices } from './prices.ts'
import { products } from './products.ts'
import { promotionCodes } from './promotion-codes.ts'
import { charges } from './charges.ts'
import { events } from './events.ts'
import { setupIntents } from './setup-intents.ts'
import { taxIds } from './tax-ids.ts'
import { webhookEndpoints } from './webhook-endpoints.ts'

export const resources: Resource[] = [
  customers,
  taxIds,
  products,
  prices,
  coupons,
  promotionCodes,
  paymentMethods,
  paymentIntents,
  setupIntents,
  charges,
  checkoutSessions,
  portalConfigurations,
  portalSessions,
  events,
  webhookEndpoints,
  ...billing,
]

/** What falls due by the account's clock. */
export const timers: Timer[] = [checkoutTimer, billingTimer]

/** What follows from an event inside the account: what a payment settles, which charge is disputed. */
export const reactions: Record<string, Reaction[]> = { ...billingReactions }
for (const [name, react] of Object.entries(checkoutReactions))
  reactions[name] = [...(billingReactions[name] ?? []), ...react]
