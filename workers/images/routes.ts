// HTTP in, HTTP out: validate, call one verb, shape the answer.
import type { Routes } from '#shared/http/create-service-app'
import { requirePayer } from '#shared/http/require-permission'
import { imagesContext } from './context.ts'
import type { ImagesEnv } from './env.ts'
import { list } from './list.ts'

export const routes: Routes<ImagesEnv> = (app) =>
  app.get('/api/images', async (c) => {
    const principal = requirePayer(c.get('principal'), 'chat.use')
    return c.json(await list({ ctx: imagesContext({ env: c.env, principal }) }))
  })
