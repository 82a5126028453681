// A local stand-in for Stripe. Never deployed.
import type { LocalStripeEnv } from './env.ts'

export { StripeAccount } from './stripe-account.ts'

export default {
  fetch: (request, env) => env.ACCOUNT.getByName('account').fetch(request),
} satisfies ExportedHandler<LocalStripeEnv>
