// Who may change what is paid for: a person whose role manages billing, where something is sold.
import type { Principal } from '#shared/contracts/principal'
import { requirePermission } from '#shared/http/require-permission'
import type { BillingContext } from './context.ts'
import { stripeOf } from './stripe-of.ts'

export interface Buyer {
  organizationId: string
  actor: { userId: string | null; keyId: string | null }
}

const actorOf = (principal: Extract<Principal, { organizationId: string }>): Buyer['actor'] => ({
  userId: 'userId' in principal ? principal.userId : null,
  keyId: 'keyId' in principal ? principal.keyId : null,
})

/** Whether anything is sold is nobody's secret, but who may not buy is told that first. */
export function requireBuyer(ctx: BillingContext): Buyer {
  const principal = requirePermission(ctx.principal, 'billing.manage')
  stripeOf(ctx)
  return { organizationId: principal.organizationId, actor: actorOf(principal) }
}
