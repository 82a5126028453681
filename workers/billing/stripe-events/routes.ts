// Stripe's door. Nobody is signed in here: what comes proves itself by its signature.
import type { ServiceApp } from '#shared/http/create-service-app'
import { Problem } from '#shared/http/problems'
import { billingContext, type BillingEnv } from '../context.ts'
import { receiveEvent } from './receive-event.ts'

const MOST_BYTES = 1024 * 1024

export function stripeEventRoutes(app: ServiceApp<BillingEnv>): void {
  app.post('/webhooks/stripe', async (c) => {
    const bytes = new Uint8Array(await c.req.raw.arrayBuffer())
    if (bytes.byteLength > MOST_BYTES)
      throw new Problem('payload_too_large', 'No event of Stripe’s is as long as this.')
    await receiveEvent({ bytes, signature: c.req.header('stripe-signature'), ctx: billingContext(c) })
    return c.json({ received: true })
  })
}
