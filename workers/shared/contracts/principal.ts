// Who is calling, for whom. Made once, in the gateway; a value, never a guess.
import type { Role, Scope } from './permissions.ts'

export type Principal =
  | { kind: 'anonymous' }
  | {
      kind: 'user'
      organizationId: string
      userId: string
      role: Role
      /** An operator of this whole deployment (ADMIN_EMAILS). */
      platformAdmin: boolean
    }
  | { kind: 'api-key'; organizationId: string; keyId: string; userId: string; scopes: Scope[] }
  /**
   * A key that has been read but not yet believed: on paid routes the key is checked inside the one
   * `admit()` trip, so that no look-up comes before it. It opens nothing else.
   */
  | { kind: 'key-claim'; organizationId: string; keyId: string; secretHash: string }

/** A caller that acts for an organization and is known to be who it says. */
export type VerifiedPrincipal = Extract<Principal, { kind: 'user' | 'api-key' }>

/** A caller that may ask the ledger to admit a paid call. */
export type PayingPrincipal = Exclude<Principal, { kind: 'anonymous' }>
