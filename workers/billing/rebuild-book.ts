// Sends an organization's entries to the book again, all of them. The consumer drops what the book has.
import { requirePlatformAdmin } from '#shared/http/require-permission'
import { ask } from './ask.ts'
import type { BillingContext } from './context.ts'

export function rebuildBook({
  organizationId,
  ctx,
}: {
  organizationId: string
  ctx: BillingContext
}): Promise<{ entries: number }> {
  requirePlatformAdmin(ctx.principal)
  return ask('The ledger', () => ctx.ledgerOf(organizationId).republish())
}
