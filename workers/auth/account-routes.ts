// /api/account: the signed-in person, and what is kept of them.
import { DeleteAccount, UpdateAccount } from '#shared/contracts/account'
import { parseBody } from '#shared/http/validate'
import type { ServiceApp } from '#shared/http/create-service-app'
import { authContext } from './context.ts'
import type { AuthEnv } from './env.ts'
import { deleteAccount } from './delete-account.ts'
import { exportAccount } from './export-account.ts'
import { getAccount } from './get-account.ts'
import { requirePerson } from './require-person.ts'
import { updateAccount } from './update-account.ts'
import { renewSession } from './renew-session.ts'

export function accountRoutes(app: ServiceApp<AuthEnv>): void {
  app.get('/api/account', async (c) => {
    const ctx = authContext(c)
    const account = await getAccount({ person: requirePerson(ctx.principal), ctx })
    const answer = c.json(account)
    await renewSession({ ctx, headers: answer.headers })
    return answer
  })

  app.patch('/api/account', async (c) => {
    const ctx = authContext(c)
    const person = requirePerson(ctx.principal)
    await updateAccount({ person, change: await parseBody(c.req.raw, UpdateAccount), ctx })
    return c.json(await getAccount({ person, ctx }))
  })

  app.delete('/api/account', async (c) => {
    const ctx = authContext(c)
    const person = requirePerson(ctx.principal)
    const { password } = await parseBody(c.req.raw, DeleteAccount)
    await deleteAccount({ person, password, ctx })
    return c.body(null, 204)
  })

  app.get('/api/account/export', async (c) => {
    const ctx = authContext(c)
    const { userId } = requirePerson(ctx.principal)
    const disposition = 'attachment; filename="riwaq-account.json"'
    return c.body(await exportAccount({ userId, ctx }), 200, {
      'content-type': 'application/json',
      'content-disposition': disposition,
    })
  })
}
