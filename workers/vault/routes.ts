// /api/provider-keys.
import { CreateProviderKey, type ProviderKey } from '#shared/contracts/vault'
import type { Principal } from '#shared/contracts/principal'
import type { Routes } from '#shared/http/create-service-app'
import { permissionDenied } from '#shared/http/problems'
import { requirePermission } from '#shared/http/require-permission'
import { parseBody } from '#shared/http/validate'
import { vaultContext, type VaultContext } from './context.ts'
import { deleteProviderKey } from './delete-provider-key.ts'
import type { VaultEnv } from './env.ts'
import type { ProviderKeyRow } from './repository.ts'
import { saveProviderKey } from './save-provider-key.ts'
import { testProviderKey } from './test-provider-key.ts'

const MAX_BODY_BYTES = 64 * 1_024

const toProviderKey = (row: ProviderKeyRow): ProviderKey => ({
  id: row.id,
  vendor: row.vendor,
  hint: row.hint,
  base_url: row.baseUrl,
  models: row.models,
  created_by: row.createdBy,
  created_at: row.createdAt,
  last_used_at: row.lastUsedAt,
})

/** Keys of vendors are for people to look after: no API key opens this. */
function requireManager(principal: Principal): { organizationId: string; userId: string } {
  const manager = requirePermission(principal, 'provider-keys.manage')
  if (manager.kind !== 'user') throw permissionDenied('provider-keys.manage')
  return { organizationId: manager.organizationId, userId: manager.userId }
}

export const createRoutes =
  (contextOf: (env: VaultEnv) => VaultContext = vaultContext): Routes<VaultEnv> =>
  (app) => {
    app.get('/api/provider-keys', async (c) => {
      const { organizationId } = requireManager(c.get('principal'))
      const rows = await contextOf(c.env).keys.listOf(organizationId)
      // One for each vendor at the most, so there is never a second page.
      return c.json({ data: rows.map(toProviderKey), next_cursor: null })
    })

    app.post('/api/provider-keys', async (c) => {
      const manager = requireManager(c.get('principal'))
      const input = await parseBody(c.req.raw, CreateProviderKey, { maxBytes: MAX_BODY_BYTES })
      return c.json(toProviderKey(await saveProviderKey({ input, ...manager, ctx: contextOf(c.env) })), 201)
    })

    app.delete('/api/provider-keys/:id', async (c) => {
      const manager = requireManager(c.get('principal'))
      return c.json(
        toProviderKey(await deleteProviderKey({ id: c.req.param('id'), ...manager, ctx: contextOf(c.env) })),
      )
    })

    app.post('/api/provider-keys/:id/test', async (c) => {
      const { organizationId } = requireManager(c.get('principal'))
      return c.json(await testProviderKey({ id: c.req.param('id'), organizationId, ctx: contextOf(c.env) }))
    })
  }
