import { notFound } from '#shared/http/problems'
import type { VaultContext } from './context.ts'
import type { ProviderKeyRow } from './repository.ts'

export interface NamedKey {
  id: string
  organizationId: string
  ctx: VaultContext
}

export async function getProviderKeyOf({ id, organizationId, ctx }: NamedKey): Promise<ProviderKeyRow> {
  const row = await ctx.keys.findOf({ organizationId, id })
  if (!row) throw notFound('provider key')
  return row
}
