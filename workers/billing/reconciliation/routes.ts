// /api/billing/admin: what came from Stripe, where it differs from what is here, and money on its way back.
import type { Context } from 'hono'
import { z } from 'zod'
import type { ServiceAuditAction } from '#shared/contracts/account'
import { RefundInvoice, ResolveDiscrepancy, StripeEventsQuery } from '#shared/contracts/billing-administration'
import { PageQuery } from '#shared/contracts/page'
import type { ServiceApp, ServiceEnv } from '#shared/http/create-service-app'
import { requirePlatformAdmin } from '#shared/http/require-permission'
import { parseBody, parseWith } from '#shared/http/validate'
import { billingContext, type BillingContext, type BillingEnv } from '../context.ts'
import { refundInvoice } from '../refunds/refund-invoice.ts'
import { stripeOf } from '../stripe-of.ts'
import { replayEvent, replayFailed } from '../stripe-events/replay-events.ts'
import { pageOfDiscrepancies, pageOfEvents, pageOfRuns } from './admin-pages.ts'
import { resolveDiscrepancy } from './resolve-discrepancy.ts'
import { startReconciliation } from './start-reconciliation.ts'

const DiscrepanciesQuery = PageQuery.extend({ state: z.enum(['repaired', 'raised', 'resolved']).optional() })

/** Who may not is told so before what they sent is read. */
function operatorContext(c: Context<ServiceEnv<BillingEnv>>): BillingContext {
  const ctx = billingContext(c)
  requirePlatformAdmin(ctx.principal)
  return ctx
}

async function recorded(
  ctx: BillingContext,
  change: { action: ServiceAuditAction; targetId: string; facts?: Record<string, string | number | null> },
): Promise<void> {
  const { organizationId, userId } = requirePlatformAdmin(ctx.principal)
  await ctx.audit({ organizationId, actor: { userId, keyId: null }, ...change })
}

export function reconciliationRoutes(app: ServiceApp<BillingEnv>): void {
  app.get('/api/billing/admin/events', async (c) => {
    const ctx = operatorContext(c)
    return c.json(await pageOfEvents({ query: parseWith(StripeEventsQuery, c.req.query()), ctx }))
  })

  app.post('/api/billing/admin/events/replay-failed', async (c) => {
    const ctx = operatorContext(c)
    await recorded(ctx, { action: 'stripe-event.replayed', targetId: 'failed' })
    return c.json({ replayed: await replayFailed({ ctx }) })
  })

  app.post('/api/billing/admin/events/:id/replay', async (c) => {
    const ctx = operatorContext(c)
    const id = c.req.param('id')
    await recorded(ctx, { action: 'stripe-event.replayed', targetId: id })
    await replayEvent({ id, ctx })
    return c.json({ replayed: 1 })
  })

  app.get('/api/billing/admin/reconciliations', async (c) => {
    const ctx = operatorContext(c)
    return c.json(await pageOfRuns({ query: parseWith(PageQuery, c.req.query()), ctx }))
  })

  app.post('/api/billing/admin/reconcile', async (c) => {
    const ctx = operatorContext(c)
    stripeOf(ctx)
    const id = await startReconciliation({ ctx })
    await recorded(ctx, { action: 'reconciliation.started', targetId: id })
    return c.json({ id }, 202)
  })

  app.get('/api/billing/admin/discrepancies', async (c) => {
    const ctx = operatorContext(c)
    return c.json(await pageOfDiscrepancies({ query: parseWith(DiscrepanciesQuery, c.req.query()), ctx }))
  })

  app.post('/api/billing/admin/discrepancies/:id/resolve', async (c) => {
    const ctx = operatorContext(c)
    const { note } = await parseBody(c.req.raw, ResolveDiscrepancy)
    const id = c.req.param('id')
    await recorded(ctx, { action: 'discrepancy.resolved', targetId: id })
    return c.json(await resolveDiscrepancy({ id, note, ctx }))
  })

  app.post('/api/billing/admin/invoices/:id/refund', async (c) => {
    const ctx = operatorContext(c)
    const input = await parseBody(c.req.raw, RefundInvoice)
    const invoiceId = c.req.param('id')
    const facts = { refund: input.id, amount_minor: input.amount_minor ?? null, reason: input.reason }
    await recorded(ctx, { action: 'invoice.refunded', targetId: invoiceId, facts })
    return c.json(await refundInvoice({ invoiceId, input, ctx }))
  })
}
