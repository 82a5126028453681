// Whose a thing at Stripe is: who our own row says that the customer is; else what we wrote on the thing itself.
import { eq } from 'drizzle-orm'
import type Stripe from 'stripe'
import { billingCustomers } from '#db/schema/billing'
import { stripeOf } from '../stripe-of.ts'
import { lookUp } from './look-up.ts'
import type { MoneyContext } from './money-context.ts'

type Reference = string | { id: string } | null | undefined

export const idOf = (reference: Reference): string | null =>
  typeof reference === 'string' ? reference : (reference?.id ?? null)

interface Known {
  organizationId: string
  erasedAt: number | null
}

async function ofRow(customerId: string, { db }: MoneyContext): Promise<Known | null> {
  const [row] = await db
    .select({ organizationId: billingCustomers.organizationId, erasedAt: billingCustomers.erasedAt })
    .from(billingCustomers)
    .where(eq(billingCustomers.stripeCustomerId, customerId))
    .limit(1)
  return row ?? null
}

export async function organizationOf(
  { customer, metadata }: { customer: Reference; metadata: (Stripe.Metadata | null | undefined)[] },
  ctx: MoneyContext,
): Promise<string | null> {
  const customerId = idOf(customer)
  const known = customerId && (await ofRow(customerId, ctx))
  // What comes late of an organization that was erased brings nothing of it back.
  if (known) return known.erasedAt === null ? known.organizationId : null
  const named = metadata.map((each) => each?.organization_id).find((each) => each !== undefined && each !== '')
  if (named) return named
  if (!customerId) return null
  const found = await lookUp({ id: customerId, object: 'customer' }, () => stripeOf(ctx).customers.retrieve(customerId))
  return (found && !found.deleted && found.metadata.organization_id) || null
}
