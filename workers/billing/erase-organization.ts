// What is left of an organization that was erased: the numbers, dates and amounts of its invoices and of what was
// granted and refunded for them, as tax law wants them kept; nothing that says who it was.
import { eq } from 'drizzle-orm'
import {
  autoTopUps,
  billingActions,
  billingCustomers,
  discrepancies,
  invoices,
  stripeEvents,
  subscriptions,
  topUpAttempts,
} from '#db/schema/billing'
import type { MoneyContext } from './sync/money-context.ts'

export async function eraseOrganization({
  organizationId,
  ctx: { db },
}: {
  organizationId: string
  ctx: Pick<MoneyContext, 'db'>
}): Promise<void> {
  await db.batch([
    db.delete(billingCustomers).where(eq(billingCustomers.organizationId, organizationId)),
    db.delete(subscriptions).where(eq(subscriptions.organizationId, organizationId)),
    db.delete(autoTopUps).where(eq(autoTopUps.organizationId, organizationId)),
    db.delete(topUpAttempts).where(eq(topUpAttempts.organizationId, organizationId)),
    db.delete(billingActions).where(eq(billingActions.organizationId, organizationId)),
    db.delete(discrepancies).where(eq(discrepancies.organizationId, organizationId)),
    // The bodies hold names and addresses.
    db.delete(stripeEvents).where(eq(stripeEvents.organizationId, organizationId)),
    db.update(invoices).set({ hostedUrl: null, pdfUrl: null }).where(eq(invoices.organizationId, organizationId)),
  ])
}
