// HTTP in, HTTP out: validate, call one verb, shape the answer.
import type { Routes } from '#shared/http/create-service-app'
import { requirePayer } from '#shared/http/require-permission'
import { libraryContext } from './context.ts'
import type { LibraryEnv } from './env.ts'
import { list } from './list.ts'

export const routes: Routes<LibraryEnv> = (app) =>
  app.get('/api/library', async (c) => {
    const principal = requirePayer(c.get('principal'), 'chat.use')
    return c.json(await list({ ctx: libraryContext({ env: c.env, principal }) }))
  })
