// What is left of an organization that was erased: the numbers, dates and amounts of its invoices, as tax law wants them
// kept, and the id that it had at Stripe, so that what comes from there late is left alone. Nothing says who it was.
import { eq } from 'drizzle-orm'
import {
  autoTopUps,
  billingActions,
  billingCustomers,
  creditGrants,
  creditOutstanding,
  discrepancies,
  disputes,
  invoices,
  overageReports,
  stripeEvents,
  subscriptions,
  topUpAttempts,
  usageAlerts,
  usageAlertsTold,
  usagePersonDays,
} from '#db/schema/billing'
import type { MoneyContext } from './sync/money-context.ts'

const tables = [
  subscriptions,
  creditGrants,
  disputes,
  overageReports,
  autoTopUps,
  topUpAttempts,
  billingActions,
  discrepancies,
  creditOutstanding,
  usageAlerts,
  usageAlertsTold,
  // Who spent what; what the organization spent is in the operator's sums still.
  usagePersonDays,
  // Their bodies hold names and addresses.
  stripeEvents,
] as const

export async function eraseOrganization({
  organizationId,
  ctx: { db, clock },
}: {
  organizationId: string
  ctx: Pick<MoneyContext, 'db' | 'clock'>
}): Promise<void> {
  const now = clock()
  const nothing = { details: null, paymentMethod: null, currency: null, overageEnabled: false, overageCapMicros: 0 }
  await db.batch([
    db
      .update(billingCustomers)
      .set({ ...nothing, deletedAt: now, erasedAt: now })
      .where(eq(billingCustomers.organizationId, organizationId)),
    db.update(invoices).set({ hostedUrl: null, pdfUrl: null }).where(eq(invoices.organizationId, organizationId)),
    ...tables.map((table) => db.delete(table).where(eq(table.organizationId, organizationId))),
  ])
}
