// Where the permission table is enforced: a route names its action here, and nothing else compares roles.
import type { PayingPrincipal, Principal, VerifiedPrincipal } from '../contracts/principal.ts'
import { roleMay, scopesAllow, type Action } from '../contracts/permissions.ts'
import { permissionDenied, unauthenticated } from './problems.ts'

export const may = (principal: VerifiedPrincipal, action: Action): boolean =>
  principal.kind === 'user' ? roleMay(principal.role, action) : scopesAllow(principal.scopes, action)

/** For everything that is not paid for. */
export function requirePermission(principal: Principal, action: Action): VerifiedPrincipal {
  if (principal.kind === 'anonymous' || principal.kind === 'key-claim') throw unauthenticated()
  if (!may(principal, action)) throw permissionDenied(action)
  return principal
}

/** For paid routes: a claimed key passes, because `admit()` checks it (and its scope) before anything is spent. */
export function requirePayer(principal: Principal, action: Action): PayingPrincipal {
  if (principal.kind === 'anonymous') throw unauthenticated()
  if (principal.kind !== 'key-claim' && !may(principal, action)) throw permissionDenied(action)
  return principal
}

export function requirePlatformAdmin(principal: Principal): Extract<Principal, { kind: 'user' }> {
  if (principal.kind === 'anonymous' || principal.kind === 'key-claim') throw unauthenticated()
  // A key never runs the deployment, not even an operator's own.
  if (principal.kind !== 'user' || !principal.platformAdmin) throw permissionDenied('platform.administer')
  return principal
}
