// HTTP in, HTTP out: validate, call one verb, shape the answer.
import type { Routes } from '#shared/http/create-service-app'
import { requirePayer } from '#shared/http/require-permission'
import { vaultContext } from './context.ts'
import type { VaultEnv } from './env.ts'
import { list } from './list.ts'

export const routes: Routes<VaultEnv> = (app) =>
  app.get('/api/provider-keys', async (c) => {
    const principal = requirePayer(c.get('principal'), 'chat.use')
    return c.json(await list({ ctx: vaultContext({ env: c.env, principal }) }))
  })
