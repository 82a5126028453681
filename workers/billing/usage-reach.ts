// How far a caller sees: the organization's usage, or their own. A key sees what the member who made it may
// see and no more, even where its scope covers more.
import { roleMay, type Role } from '#shared/contracts/permissions'
import { permissionDenied, unauthenticated } from '#shared/http/problems'
import { requirePermission } from '#shared/http/require-permission'
import { ask } from './ask.ts'
import type { BillingContext } from './context.ts'

export interface UsageReach {
  organizationId: string
  /** Only this member's; absent for everybody's. */
  userId?: string
}

async function roleOf({
  principal,
  ctx,
}: {
  principal: ReturnType<typeof requirePermission>
  ctx: BillingContext
}): Promise<Role> {
  if (principal.kind === 'user') return principal.role
  const { organizationId, userId } = principal
  const role = await ask('The accounts service', () => ctx.roleOf({ organizationId, userId }))
  // Its member has left; the key is about to be revoked.
  if (role === null) throw unauthenticated()
  return role
}

export async function usageReach(ctx: BillingContext): Promise<UsageReach> {
  const principal = requirePermission(ctx.principal, 'usage.read-own')
  const { organizationId, userId } = principal
  const role = await roleOf({ principal, ctx })
  if (roleMay(role, 'usage.read-organization')) return { organizationId }
  if (!roleMay(role, 'usage.read-own')) throw permissionDenied('usage.read-own')
  return { organizationId, userId }
}
