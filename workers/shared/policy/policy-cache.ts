// What the organizations that this isolate has served have decided. It may be old: `admit()` is told the version
// that a request was prepared under and answers with the present one where there is a newer.
import { noPolicy, type PolicySnapshot } from '#shared/contracts/policy'
import { createSmallCache } from '#shared/lib/small-cache'

export interface PolicyCache {
  /** What is known; `noPolicy` of an organization that was never heard of. */
  of(organizationId: string): PolicySnapshot
  keep(organizationId: string, snapshot: PolicySnapshot): void
}

/** A policy may be some hundred kilobytes long, so an isolate does not keep everybody's. */
const ORGANIZATIONS = 200

export function createPolicyCache(size = ORGANIZATIONS): PolicyCache {
  const snapshots = createSmallCache<PolicySnapshot>(size)
  return {
    of: (organizationId) => snapshots.get(organizationId) ?? noPolicy,
    keep: (organizationId, snapshot) => void snapshots.set(organizationId, snapshot),
  }
}
