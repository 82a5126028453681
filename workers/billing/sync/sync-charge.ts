// What of a charge went back: refunds and disputes, and the credit with them.
import type { Looked } from './money-context.ts'

export async function syncCharge({ id, ctx }: Looked): Promise<void> {
  await ctx.stripe.charges.retrieve(id)
}

export async function syncDispute({ id, ctx }: Looked): Promise<void> {
  await ctx.stripe.disputes.retrieve(id)
}
