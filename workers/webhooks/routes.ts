// HTTP in, HTTP out: validate, call one verb, shape the answer.
import { CreateWebhook, DeliveriesQuery, UpdateWebhook } from '#shared/contracts/webhooks'
import type { Routes } from '#shared/http/create-service-app'
import { parseBody, parseWith } from '#shared/http/validate'
import { redeliver, sendTest } from './ask-by-hand.ts'
import { systemContext, webhooksContext, type SystemContextOf, type WebhooksHono } from './context.ts'
import {
  createEndpoint,
  deleteEndpoint,
  getEndpoint,
  listEndpoints,
  rotateSecret,
  updateEndpoint,
  type WithSecret,
} from './endpoints.ts'
import type { WebhooksEnv } from './env.ts'
import { getDelivery, listDeliveries } from './read-deliveries.ts'
import { sweepSometimes } from './sweep.ts'
import { toDeliveryResponse, toDetailsResponse, toWebhookResponse } from './to-response.ts'

export function createRoutes(systemOf: SystemContextOf = systemContext): Routes<WebhooksEnv> {
  const contextOf = (c: WebhooksHono) => webhooksContext(c, systemOf)
  const withSecret = ({ row, secret }: WithSecret, now: number) => ({ ...toWebhookResponse(row, now), secret })

  return (app) => {
    app.get('/api/webhooks/deliveries/:id', async (c) =>
      c.json(toDetailsResponse(await getDelivery({ id: c.req.param('id'), ctx: contextOf(c) }))),
    )

    app.post('/api/webhooks/deliveries/:id/redeliver', async (c) =>
      c.json(toDeliveryResponse(await redeliver({ id: c.req.param('id'), ctx: contextOf(c) })), 202),
    )

    app.get('/api/webhooks', async (c) => {
      const ctx = contextOf(c)
      const rows = await listEndpoints({ ctx })
      return c.json({ data: rows.map((row) => toWebhookResponse(row, ctx.now())), next_cursor: null })
    })

    app.post('/api/webhooks', async (c) => {
      const ctx = contextOf(c)
      const input = await parseBody(c.req.raw, CreateWebhook)
      return c.json(withSecret(await createEndpoint({ input, ctx }), ctx.now()), 201, { 'cache-control': 'no-store' })
    })

    app.get('/api/webhooks/:id', async (c) => {
      const ctx = contextOf(c)
      return c.json(toWebhookResponse(await getEndpoint({ id: c.req.param('id'), ctx }), ctx.now()))
    })

    app.patch('/api/webhooks/:id', async (c) => {
      const ctx = contextOf(c)
      const change = await parseBody(c.req.raw, UpdateWebhook)
      return c.json(toWebhookResponse(await updateEndpoint({ id: c.req.param('id'), change, ctx }), ctx.now()))
    })

    app.delete('/api/webhooks/:id', async (c) => {
      await deleteEndpoint({ id: c.req.param('id'), ctx: contextOf(c) })
      return c.body(null, 204)
    })

    app.post('/api/webhooks/:id/rotate-secret', async (c) => {
      const ctx = contextOf(c)
      const rotated = await rotateSecret({ id: c.req.param('id'), ctx })
      return c.json(withSecret(rotated, ctx.now()), 200, { 'cache-control': 'no-store' })
    })

    app.post('/api/webhooks/:id/test', async (c) =>
      c.json(toDeliveryResponse(await sendTest({ id: c.req.param('id'), ctx: contextOf(c) })), 202),
    )

    app.get('/api/webhooks/:id/deliveries', async (c) => {
      const query = parseWith(DeliveriesQuery, c.req.query())
      const ctx = contextOf(c)
      const page = await listDeliveries({ id: c.req.param('id'), query, ctx })
      c.executionCtx.waitUntil(sweepSometimes({ ctx }))
      return c.json({ data: page.data.map(toDeliveryResponse), next_cursor: page.nextCursor })
    })
  }
}
