// What depends on an organization's policy is prepared under the one that this isolate knows. Where that is old, the
// ledger answers with the present one, and it is done again under that: no trip more where nothing changed.
import type { LedgerRpc } from '#shared/contracts/ledger'
import type { PolicySnapshot } from '#shared/contracts/policy'
import { serviceUnavailable } from '#shared/http/problems'
import type { PolicyRefusal } from '#shared/metering/metered-call'
import type { PolicyCache } from './policy-cache.ts'

/** A policy that changes more often than this while one request is admitted is not being changed by people. */
const ROUNDS = 3

export interface PolicyContext {
  organizationId: string
  policies: PolicyCache
  ledger: Pick<LedgerRpc, 'policy'>
  /** Throws where the caller turns out to be nobody: before admission a key is only a claim. */
  known(): Promise<void>
}

export interface UnderPolicy<Prepared, Outcome extends object> {
  ctx: PolicyContext
  prepare: (snapshot: PolicySnapshot) => Prepared | Promise<Prepared>
  admit: (prepared: Prepared, snapshot: PolicySnapshot) => Promise<Outcome | PolicyRefusal>
}

export interface Admitted<Prepared, Outcome> {
  prepared: Prepared
  snapshot: PolicySnapshot
  outcome: Outcome
}

const isPolicyChanged = (outcome: object): outcome is PolicyRefusal =>
  'code' in outcome && outcome.code === 'policy_changed'

/** The present policy where the known one is old; null where it is not, or cannot be asked for. */
async function newerThan(snapshot: PolicySnapshot, ctx: PolicyContext): Promise<PolicySnapshot | null> {
  try {
    const present = await ctx.ledger.policy()
    return present.version === snapshot.version ? null : present
  } catch {
    return null
  }
}

/** What cannot be under an old policy may be possible under the present one, also a name that it gives to a model. */
async function prepareUnder<Prepared>(
  snapshot: PolicySnapshot,
  { ctx, prepare }: Pick<UnderPolicy<Prepared, object>, 'ctx' | 'prepare'>,
): Promise<{ prepared: Prepared } | PolicyRefusal> {
  try {
    return { prepared: await prepare(snapshot) }
  } catch (error) {
    await ctx.known()
    const newer = await newerThan(snapshot, ctx)
    if (!newer) throw error
    return { ok: false, code: 'policy_changed', snapshot: newer }
  }
}

export async function underPolicy<Prepared, Outcome extends object>({
  ctx,
  prepare,
  admit,
}: UnderPolicy<Prepared, Outcome>): Promise<Admitted<Prepared, Outcome>> {
  const { organizationId, policies } = ctx
  let snapshot = policies.of(organizationId)
  for (let round = 1; round <= ROUNDS; round++) {
    const ready = await prepareUnder(snapshot, { ctx, prepare })
    const outcome = 'prepared' in ready ? await admit(ready.prepared, snapshot) : ready
    if ('prepared' in ready && !isPolicyChanged(outcome))
      return { prepared: ready.prepared, snapshot, outcome: outcome as Outcome }
    snapshot = (outcome as PolicyRefusal).snapshot
    policies.keep(organizationId, snapshot)
  }
  throw serviceUnavailable('The ledger', 'the policy changed at every try')
}
