// /api/keys.
import { CreateKey, UpdateKey, type ApiKey } from '#shared/contracts/keys'
import { DEFAULT_ALERT_PERCENTS } from '#shared/contracts/limit-defaults'
import type { KeyState } from '#shared/contracts/ledger'
import { PageQuery } from '#shared/contracts/page'
import type { ServiceApp } from '#shared/http/create-service-app'
import { parseBody, parseWith } from '#shared/http/validate'
import { authContext } from './context.ts'
import type { AuthEnv } from './env.ts'
import { createKey, listKeys, revokeKey, updateKey } from './keys.ts'
import { requireActor } from './require-actor.ts'

export const toApiKey = (state: KeyState): ApiKey => ({
  id: state.id,
  name: state.name,
  hint: state.hint,
  user_id: state.userId,
  scopes: state.scopes,
  models: state.models,
  budget_micros: state.budget?.limitMicros ?? null,
  budget_period: state.budget?.period ?? null,
  rate_limit_rpm: state.rateLimitRpm,
  rate_limit_tpm: state.rateLimitTpm ?? null,
  parallel_requests: state.parallelRequests ?? null,
  alert_percents: state.alertPercents ?? [...DEFAULT_ALERT_PERCENTS],
  cache_seconds: state.cacheSeconds ?? null,
  expires_at: state.expiresAt,
  created_at: state.createdAt,
  last_used_at: state.lastUsedAt,
  spent_micros: state.spentMicros,
  revoked_at: state.revokedAt,
})

export function keyRoutes(app: ServiceApp<AuthEnv>): void {
  app.post('/api/keys', async (c) => {
    const ctx = authContext(c)
    const actor = await requireActor(ctx, 'keys.use')
    const { key, state } = await createKey({ input: await parseBody(c.req.raw, CreateKey), actor, ctx })
    return c.json({ ...toApiKey(state), key }, 201, { 'cache-control': 'no-store' })
  })

  app.get('/api/keys', async (c) => {
    const ctx = authContext(c)
    const actor = await requireActor(ctx, 'keys.use')
    const page = await listKeys({ ...parseWith(PageQuery, c.req.query()), actor, ctx })
    return c.json({ data: page.data.map(toApiKey), next_cursor: page.nextCursor })
  })

  app.patch('/api/keys/:id', async (c) => {
    const ctx = authContext(c)
    const actor = await requireActor(ctx, 'keys.use')
    return c.json(
      toApiKey(await updateKey({ id: c.req.param('id'), input: await parseBody(c.req.raw, UpdateKey), actor, ctx })),
    )
  })

  app.delete('/api/keys/:id', async (c) => {
    const ctx = authContext(c)
    const actor = await requireActor(ctx, 'keys.use')
    return c.json(toApiKey(await revokeKey({ id: c.req.param('id'), actor, ctx })))
  })
}
