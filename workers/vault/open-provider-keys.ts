// Sealed rows → keys, for the Workers that call vendors.
import type { OpenedProviderKey } from '#shared/contracts/vault'
import type { VaultContext } from './context.ts'
import type { ProviderKeyRow } from './repository.ts'

/** Null where it was sealed under a key that is gone, or was altered: that is said, and nothing of it is used. */
export async function openProviderKey({
  row,
  ctx,
}: {
  row: ProviderKeyRow
  ctx: VaultContext
}): Promise<OpenedProviderKey | null> {
  const { id, organizationId, vendor, baseUrl, models, sealed } = row
  const owner = { organizationId, vendor, keyId: id, baseURL: baseUrl }
  const opened = await ctx.seal.open(sealed, owner)
  if (!opened) {
    ctx.logger.error('provider-key-unreadable', { organization_id: organizationId, provider_key_id: id })
    return null
  }
  if (opened.stale) {
    const to = await ctx.seal.seal(opened.text, owner)
    await ctx.keys.reseal({ organizationId, id, from: sealed, to })
  }
  return {
    vendor,
    keyId: id,
    apiKey: opened.text,
    ...(baseUrl !== null && { baseURL: baseUrl }),
    ...(models !== null && { models }),
  }
}

export async function openProviderKeys({
  organizationId,
  ctx,
}: {
  organizationId: string
  ctx: VaultContext
}): Promise<OpenedProviderKey[]> {
  const rows = await ctx.keys.listOf(organizationId)
  const opened = await Promise.all(rows.map((row) => openProviderKey({ row, ctx })))
  return opened.filter((key) => key !== null)
}
