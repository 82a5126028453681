// A change is written to the audit log before it is made, and told to whoever listens after it was.
import type { VaultContext } from './context.ts'
import type { ProviderKeyRow } from './repository.ts'
import { serviceUnavailable } from '#shared/http/problems'

export interface ChangeInput {
  change: 'created' | 'replaced' | 'deleted'
  row: Pick<ProviderKeyRow, 'id' | 'organizationId' | 'vendor'>
  userId: string
  ctx: VaultContext
}

export async function noteChange({ change, row, userId, ctx }: ChangeInput): Promise<{ tell(): Promise<void> }> {
  const { id, organizationId, vendor } = row
  try {
    await ctx.recordAudit({
      organizationId,
      actor: { userId, keyId: null },
      action: `provider-key.${change}`,
      targetId: id,
      facts: { vendor },
    })
  } catch (error) {
    throw serviceUnavailable('The audit log', error instanceof Error ? error.message : String(error))
  }
  return {
    async tell() {
      const data = { provider_key_id: id, vendor, change, user_id: userId }
      const notice = { id: ctx.createId('event'), organizationId, type: 'provider_key.changed', at: ctx.clock(), data }
      // The change stands, whether or not somebody hears of it.
      await ctx.notices
        .send({ ...notice, type: 'provider_key.changed' })
        .catch((error: unknown) => ctx.logger.warn('notice-not-sent', { cause: String(error) }))
    },
  }
}
