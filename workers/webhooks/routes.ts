// HTTP in, HTTP out: validate, call one verb, shape the answer.
import type { Routes } from '#shared/http/create-service-app'
import { requirePayer } from '#shared/http/require-permission'
import { webhooksContext } from './context.ts'
import type { WebhooksEnv } from './env.ts'
import { list } from './list.ts'

export const routes: Routes<WebhooksEnv> = (app) =>
  app.get('/api/webhooks', async (c) => {
    const principal = requirePayer(c.get('principal'), 'chat.use')
    return c.json(await list({ ctx: webhooksContext({ env: c.env, principal }) }))
  })
