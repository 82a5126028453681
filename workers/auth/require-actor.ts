// Who acts, and in what role. A key acts for the member who made it: it may do what its scopes say and never
// more than that member may, even where the scope covers more.
import { and, eq } from 'drizzle-orm'
import { members } from '#db/schema/auth'
import { roleMay, scopesAllow, type Action, type Role, type Scope } from '#shared/contracts/permissions'
import { permissionDenied, unauthenticated } from '#shared/http/problems'
import { requirePermission } from '#shared/http/require-permission'
import type { AuthContext, SystemContext } from './context.ts'

export interface Actor {
  organizationId: string
  userId: string
  /** Null for a person. */
  keyId: string | null
  scopes: Scope[] | null
  role: Role
}

export async function findRole({
  organizationId,
  userId,
  ctx,
}: {
  organizationId: string
  userId: string
  ctx: SystemContext
}): Promise<Role | null> {
  const [row] = await ctx.db
    .select({ role: members.role })
    .from(members)
    .where(and(eq(members.organizationId, organizationId), eq(members.userId, userId)))
    .limit(1)
  return row?.role ?? null
}

export async function requireActor(ctx: AuthContext, action: Action): Promise<Actor> {
  const principal = requirePermission(ctx.principal, action)
  const { organizationId, userId } = principal
  if (principal.kind === 'user') return { organizationId, userId, keyId: null, scopes: null, role: principal.role }
  const role = await findRole({ organizationId, userId, ctx })
  if (role === null) throw unauthenticated()
  if (!roleMay(role, action)) throw permissionDenied(action)
  return { organizationId, userId, keyId: principal.keyId, scopes: principal.scopes, role }
}

/** A further action within a call: a key may only do it where one of its scopes opens it, whatever its maker's role. */
export function requireRole(actor: Actor, action: Action): void {
  const opened = actor.scopes === null || scopesAllow(actor.scopes, action)
  if (!opened || !roleMay(actor.role, action)) throw permissionDenied(action)
}
