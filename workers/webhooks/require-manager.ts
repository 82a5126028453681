// Who manages an organization's webhooks. A key acts for the member who made it, and does no more than that
// member may now.
import { roleMay } from '#shared/contracts/permissions'
import { isProblem, permissionDenied, serviceUnavailable, unauthenticated } from '#shared/http/problems'
import { requirePermission } from '#shared/http/require-permission'
import { wordsOfError } from '#shared/http/words-of-error'
import type { WebhooksContext } from './context.ts'

export interface Manager {
  organizationId: string
  userId: string
  /** Null for a person. */
  keyId: string | null
}

const ACTION = 'webhooks.manage'

/** Whoever cannot be asked is no fault of the caller's, and the answer says so. */
export async function askAccounts<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question()
  } catch (error) {
    if (isProblem(error)) throw error
    throw serviceUnavailable('The accounts service', wordsOfError(error))
  }
}

export async function requireManager(ctx: WebhooksContext): Promise<Manager> {
  const principal = requirePermission(ctx.principal, ACTION)
  const { organizationId, userId } = principal
  if (principal.kind === 'user') return { organizationId, userId, keyId: null }
  const role = await askAccounts(() => ctx.auth.roleOf({ organizationId, userId }))
  // Its member has left; the key is about to be revoked.
  if (role === null) throw unauthenticated()
  if (!roleMay(role, ACTION)) throw permissionDenied(ACTION)
  return { organizationId, userId, keyId: principal.keyId }
}
