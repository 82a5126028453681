import type { Principal } from '#shared/contracts/principal'
import { permissionDenied, unauthenticated } from '#shared/http/problems'

export type Person = Extract<Principal, { kind: 'user' }>

/** For what belongs to a person and not to an organization: no key opens it. */
export function requirePerson(principal: Principal): Person {
  if (principal.kind === 'user') return principal
  if (principal.kind === 'api-key') throw permissionDenied('account')
  throw unauthenticated()
}
