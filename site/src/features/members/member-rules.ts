// What one member may do to another. The platform decides; this says beforehand, and says why not.
import { roles } from '#shared/contracts/permissions'
import type { Role } from '#shared/contracts/permissions'

export interface MemberFacts {
  /** Whether the reader may manage members at all. */
  manages: boolean
  myRole: Role
  theirRole: Role
  isMe: boolean
  owners: number
}

export type Refusal = 'not-allowed' | 'only-owners' | 'last-owner'
export type Verdict = { ok: true } | { ok: false; because: Refusal }

const yes: Verdict = { ok: true }
const no = (because: Refusal): Verdict => ({ ok: false, because })

export function mayChangeRole({ manages, myRole, theirRole, owners }: MemberFacts): Verdict {
  if (!manages) return no('not-allowed')
  if (theirRole === 'owner' && myRole !== 'owner') return no('only-owners')
  if (theirRole === 'owner' && owners <= 1) return no('last-owner')
  return yes
}

/** Anyone may leave, but an organization is never left without an owner. */
export function mayRemove(facts: MemberFacts): Verdict {
  if (facts.theirRole === 'owner' && facts.owners <= 1) return no('last-owner')
  return facts.isMe ? yes : mayChangeRole(facts)
}

/** Only an owner makes owners. */
export const rolesToGive = (myRole: Role): Role[] => roles.filter((role) => role !== 'owner' || myRole === 'owner')
