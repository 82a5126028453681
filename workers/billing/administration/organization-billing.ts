// What an operator sees of one organization's money.
import { desc, eq, inArray, sum } from 'drizzle-orm'
import { creditGrants, disputes, invoices } from '#db/schema/billing'
import type { Invoice } from '#shared/contracts/billing'
import type { OrganizationBilling } from '#shared/contracts/billing-administration'
import { notFound } from '#shared/http/problems'
import { requirePlatformAdmin } from '#shared/http/require-permission'
import type { BillingContext } from '../context.ts'
import { currentPlan, type SubscriptionRow } from '../plans/current-plan.ts'
import { findPlan } from '../plans/plans-repository.ts'

const INVOICES = 100
/** Of one query: D1 takes a hundred values. */
const GRANTS_OF = 90

type Asked = { organizationId: string; ctx: BillingContext }

async function creditByInvoice(ids: string[], { db }: BillingContext): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  for (let at = 0; at < ids.length; at += GRANTS_OF) {
    const rows = await db
      .select({ id: creditGrants.invoiceId, micros: sum(creditGrants.amountMicros).mapWith(Number) })
      .from(creditGrants)
      .where(inArray(creditGrants.invoiceId, ids.slice(at, at + GRANTS_OF)))
      .groupBy(creditGrants.invoiceId)
    for (const { id, micros } of rows) found.set(id, micros)
  }
  return found
}

async function invoicesOf({ organizationId, ctx }: Asked): Promise<Invoice[]> {
  const rows = await ctx.db
    .select()
    .from(invoices)
    .where(eq(invoices.organizationId, organizationId))
    .orderBy(desc(invoices.createdAt), desc(invoices.id))
    .limit(INVOICES)
  const credit = await creditByInvoice(
    rows.map(({ id }) => id),
    ctx,
  )
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    status: row.status,
    purpose: row.purpose,
    currency: row.currency,
    subtotal_minor: row.subtotalMinor,
    discount_minor: row.discountMinor,
    tax_minor: row.taxMinor,
    total_minor: row.totalMinor,
    paid_minor: row.paidMinor,
    refunded_minor: row.refundedMinor,
    created_at: row.createdAt,
    paid_at: row.paidAt,
    period_start: row.periodStart,
    period_end: row.periodEnd,
    credit_micros: credit.get(row.id) ?? null,
    hosted_url: row.hostedUrl,
    pdf_url: row.pdfUrl,
  }))
}

async function disputesOf({ organizationId, ctx }: Asked): Promise<OrganizationBilling['disputes']> {
  const rows = await ctx.db
    .select()
    .from(disputes)
    .where(eq(disputes.organizationId, organizationId))
    .orderBy(desc(disputes.createdAt))
    .limit(INVOICES)
  return rows.map((row) => ({
    id: row.id,
    invoice_id: row.invoiceId,
    amount_minor: row.amountMinor,
    currency: row.currency,
    status: row.status,
    reason: row.reason,
    created_at: row.createdAt,
  }))
}

/** A ledger that cannot be reached hides the credit and nothing else. */
async function creditOf({ organizationId, ctx }: Asked): Promise<OrganizationBilling['credit']> {
  try {
    const ledger = ctx.ledgerOf(organizationId)
    const [balance, { lots, owedMicros }] = await Promise.all([ledger.balance(), ledger.credits()])
    return {
      balance_micros: balance.balanceMicros,
      held_micros: balance.heldMicros,
      available_micros: balance.availableMicros,
      owed_micros: owedMicros,
      lots: lots.map((lot) => ({
        id: lot.id,
        source: lot.source,
        amount_micros: lot.amountMicros,
        remaining_micros: lot.remainingMicros,
        granted_at: lot.grantedAt,
        expires_at: lot.expiresAt,
      })),
    }
  } catch (error) {
    ctx.logger.warn('ledger-not-reached', { reason: error instanceof Error ? error.message : String(error) })
    return null
  }
}

const toSubscription = (row: SubscriptionRow): NonNullable<OrganizationBilling['subscription']> => ({
  id: row.id,
  status: row.status,
  interval: row.interval,
  currency: row.currency,
  seats: row.seats,
  amount_minor: row.amountMinor,
  current_period_start: row.currentPeriodStart,
  current_period_end: row.currentPeriodEnd,
  trial_ends_at: row.trialEndsAt,
  cancels_at: row.cancelsAt,
  past_due_since: row.pastDueSince,
})

export async function organizationBilling({ organizationId, ctx }: Asked): Promise<OrganizationBilling> {
  requirePlatformAdmin(ctx.principal)
  const organization = await ctx.organizationOf({ organizationId })
  if (!organization) throw notFound('organization')
  const asked = { organizationId, ctx }
  const [current, credit, itsInvoices, itsDisputes] = await Promise.all([
    currentPlan(asked),
    creditOf(asked),
    invoicesOf(asked),
    disputesOf(asked),
  ])
  const sold = await findPlan({ planId: current.plan.id, ctx })
  return {
    organization_id: organizationId,
    name: organization.name,
    stripe_customer_id: current.customer?.stripeCustomerId ?? null,
    plan: {
      id: current.plan.id,
      version: current.plan.version,
      name: current.plan.body.name,
      current_version: sold?.version ?? current.plan.version,
    },
    read_only: current.readOnly,
    subscription: current.subscription && toSubscription(current.subscription),
    credit,
    invoices: itsInvoices,
    disputes: itsDisputes,
  }
}
