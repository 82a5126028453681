// /api/billing/admin: what an operator sells, and to whom by contract.
import type { Context } from 'hono'
import { StartContract, WriteCreditPack, WritePlan } from '#shared/contracts/billing-administration'
import type { ServiceApp, ServiceEnv } from '#shared/http/create-service-app'
import { requirePlatformAdmin } from '#shared/http/require-permission'
import { parseBody } from '#shared/http/validate'
import { billingContext, type BillingContext, type BillingEnv } from '../context.ts'
import { listPlans } from './list-plans.ts'
import { organizationBilling } from './organization-billing.ts'
import { startContract } from './start-contract.ts'
import { archiveCreditPack, writeCreditPack } from './write-credit-pack.ts'
import { archivePlan, writePlan } from './write-plan.ts'

/** Who may not is told so before what they sent is read. */
function operatorContext(c: Context<ServiceEnv<BillingEnv>>): BillingContext {
  const ctx = billingContext(c)
  requirePlatformAdmin(ctx.principal)
  return ctx
}

export function administrationRoutes(app: ServiceApp<BillingEnv>): void {
  app.get('/api/billing/admin/plans', async (c) => c.json(await listPlans({ ctx: operatorContext(c) })))

  app.put('/api/billing/admin/plans/:id', async (c) => {
    const ctx = operatorContext(c)
    return c.json(await writePlan({ id: c.req.param('id'), input: await parseBody(c.req.raw, WritePlan), ctx }))
  })

  app.put('/api/billing/admin/credit-packs/:id', async (c) => {
    const ctx = operatorContext(c)
    const input = await parseBody(c.req.raw, WriteCreditPack)
    return c.json(await writeCreditPack({ id: c.req.param('id'), input, ctx }))
  })

  for (const [verb, archived] of [
    ['archive', true],
    ['restore', false],
  ] as const) {
    app.post(`/api/billing/admin/plans/:id/${verb}`, async (c) =>
      c.json(await archivePlan({ id: c.req.param('id'), archived, ctx: operatorContext(c) })),
    )
    app.post(`/api/billing/admin/credit-packs/:id/${verb}`, async (c) =>
      c.json(await archiveCreditPack({ id: c.req.param('id'), archived, ctx: operatorContext(c) })),
    )
  }

  app.get('/api/billing/admin/organizations/:id', async (c) =>
    c.json(await organizationBilling({ organizationId: c.req.param('id'), ctx: operatorContext(c) })),
  )

  app.post('/api/billing/admin/subscriptions', async (c) => {
    const ctx = operatorContext(c)
    const { subscriptionId } = await startContract({ input: await parseBody(c.req.raw, StartContract), ctx })
    return c.json({ subscription_id: subscriptionId }, 201)
  })
}
