// HTTP of plans, payments and invoices: /api/billing, for whoever pays.
import {
  AutoTopUp,
  BillingDetails,
  BuyCredit,
  CancelSubscription,
  ChangeWanted,
  CheckoutReturn,
  ConfirmChange,
  OpenPortal,
  Overage,
  StartCheckout,
} from '#shared/contracts/billing'
import { PageQuery } from '#shared/contracts/page'
import type { ServiceApp } from '#shared/http/create-service-app'
import { parseBody, parseWith } from '#shared/http/validate'
import { returnFromCheckout } from './checkout/return-from-checkout.ts'
import { startCheckout } from './checkout/start-checkout.ts'
import { billingContext, type BillingEnv } from './context.ts'
import { buyCredit } from './credit-packs/buy-credit.ts'
import { openPortal } from './customers/open-portal.ts'
import { readDetails, writeDetails } from './details/billing-details.ts'
import { readAutoTopUp, writeAutoTopUp } from './overview/auto-top-up.ts'
import { listInvoices, readInvoice } from './overview/invoices.ts'
import { readOverage, writeOverage } from './overview/overage-settings.ts'
import { readOverview, readStatus } from './overview/overview.ts'
import { syncOrganization } from './overview/sync-organization.ts'
import { listOffer } from './plans/list-offer.ts'
import { cancelSubscription, resumeSubscription } from './subscriptions/cancel-subscription.ts'
import { confirmChange } from './subscriptions/confirm-change.ts'
import { previewChange } from './subscriptions/preview-change.ts'
import { undoChange } from './subscriptions/undo-change.ts'

/** Plans change seldom; whoever has just changed one sees it within a minute. */
const OFFER_CACHE = 'public, max-age=60'

function readingRoutes(app: ServiceApp<BillingEnv>): void {
  app.get('/api/billing/plans', async (c) =>
    c.json(await listOffer({ ctx: billingContext(c) }), 200, { 'cache-control': OFFER_CACHE }),
  )
  app.get('/api/billing/status', async (c) => c.json(await readStatus({ ctx: billingContext(c) })))
  app.get('/api/billing/overview', async (c) => c.json(await readOverview({ ctx: billingContext(c) })))
  app.get('/api/billing/invoices', async (c) =>
    c.json(await listInvoices({ query: parseWith(PageQuery, c.req.query()), ctx: billingContext(c) })),
  )
  app.get('/api/billing/invoices/:id', async (c) =>
    c.json(await readInvoice({ id: c.req.param('id'), ctx: billingContext(c) })),
  )
}

function payingRoutes(app: ServiceApp<BillingEnv>): void {
  app.post('/api/billing/checkout', async (c) =>
    c.json(await startCheckout({ input: await parseBody(c.req.raw, StartCheckout), ctx: billingContext(c) })),
  )
  app.post('/api/billing/checkout/return', async (c) =>
    c.json(await returnFromCheckout({ input: await parseBody(c.req.raw, CheckoutReturn), ctx: billingContext(c) })),
  )
  app.post('/api/billing/credit-packs/:id/checkout', async (c) => {
    const input = await parseBody(c.req.raw, BuyCredit)
    return c.json(await buyCredit({ packId: c.req.param('id'), input, ctx: billingContext(c) }))
  })
  app.post('/api/billing/portal', async (c) =>
    c.json(await openPortal({ input: await parseBody(c.req.raw, OpenPortal), ctx: billingContext(c) })),
  )
  app.post('/api/billing/sync', async (c) => {
    const ctx = billingContext(c)
    await syncOrganization({ ctx })
    return c.json(await readOverview({ ctx }))
  })
}

function subscriptionRoutes(app: ServiceApp<BillingEnv>): void {
  app.post('/api/billing/subscription/preview', async (c) =>
    c.json(await previewChange({ input: await parseBody(c.req.raw, ChangeWanted), ctx: billingContext(c) })),
  )
  app.post('/api/billing/subscription/change', async (c) =>
    c.json(await confirmChange({ input: await parseBody(c.req.raw, ConfirmChange), ctx: billingContext(c) })),
  )
  app.delete('/api/billing/subscription/change', async (c) => {
    await undoChange({ ctx: billingContext(c) })
    return c.body(null, 204)
  })
  app.post('/api/billing/subscription/cancel', async (c) => {
    await cancelSubscription({ input: await parseBody(c.req.raw, CancelSubscription), ctx: billingContext(c) })
    return c.body(null, 204)
  })
  app.post('/api/billing/subscription/resume', async (c) => {
    await resumeSubscription({ ctx: billingContext(c) })
    return c.body(null, 204)
  })
}

function settingRoutes(app: ServiceApp<BillingEnv>): void {
  app.get('/api/billing/details', async (c) => c.json(await readDetails({ ctx: billingContext(c) })))
  app.put('/api/billing/details', async (c) =>
    c.json(await writeDetails({ input: await parseBody(c.req.raw, BillingDetails), ctx: billingContext(c) })),
  )
  app.get('/api/billing/auto-top-up', async (c) => c.json(await readAutoTopUp({ ctx: billingContext(c) })))
  app.put('/api/billing/auto-top-up', async (c) =>
    c.json(await writeAutoTopUp({ input: await parseBody(c.req.raw, AutoTopUp), ctx: billingContext(c) })),
  )
  app.get('/api/billing/overage', async (c) => c.json(await readOverage({ ctx: billingContext(c) })))
  app.put('/api/billing/overage', async (c) =>
    c.json(await writeOverage({ input: await parseBody(c.req.raw, Overage), ctx: billingContext(c) })),
  )
}

export function sellingRoutes(app: ServiceApp<BillingEnv>): void {
  readingRoutes(app)
  payingRoutes(app)
  subscriptionRoutes(app)
  settingRoutes(app)
}
