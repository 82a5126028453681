// What an organization is at Stripe, and what it has decided about paying.
import { eq, type InferSelectModel } from 'drizzle-orm'
import { billingCustomers } from '#db/schema/billing'
import type { BillingSystem } from '../context.ts'

type Asked = { ctx: Pick<BillingSystem, 'db' | 'clock'> }

export type BillingCustomer = InferSelectModel<typeof billingCustomers>

export async function findCustomer({
  organizationId,
  ctx,
}: Asked & { organizationId: string }): Promise<BillingCustomer | null> {
  const [row] = await ctx.db
    .select()
    .from(billingCustomers)
    .where(eq(billingCustomers.organizationId, organizationId))
    .limit(1)
  return row ?? null
}

/** Changes what is named, and makes the row where there is none. */
export async function updateCustomer({
  organizationId,
  change,
  ctx,
}: Asked & {
  organizationId: string
  change: Partial<Omit<BillingCustomer, 'organizationId' | 'createdAt'>>
}): Promise<BillingCustomer> {
  const now = ctx.clock()
  const [row] = await ctx.db
    .insert(billingCustomers)
    .values({ organizationId, createdAt: now, syncedAt: now, ...change })
    .onConflictDoUpdate({
      target: billingCustomers.organizationId,
      // An empty change is none, and SQLite wants something to set.
      set: { organizationId, ...change },
    })
    .returning()
  return row!
}
