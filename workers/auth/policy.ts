// What the organization has decided for its calls. It lives in the ledger with a version; whoever changes it says
// which version they have read, so that of two who change it at once the second is told.
import { defaultPolicy, type OrganizationPolicy, type PolicySnapshot } from '#shared/contracts/policy'
import type { PolicyState } from '#shared/contracts/organizations'
import { Problem } from '#shared/http/problems'
import { askLedger } from './ask-ledger.ts'
import { auditInsert } from './audit.ts'
import { requireSoundPolicy } from './check-policy.ts'
import type { SystemContext } from './context.ts'
import { withOwnServer } from './known-models.ts'
import { notify } from './notify.ts'
import type { Actor } from './require-actor.ts'

interface Asked {
  actor: Actor
  ctx: SystemContext
}

/** Which version the caller acted on; `any`: whatever is there now. */
export type ReadVersion = number | 'any'

export const toPolicyState = ({ version, policy, providerKeys }: PolicySnapshot): PolicyState => ({
  version,
  policy,
  provider_keys: providerKeys.map(({ vendor, keyId }) => ({ vendor, key_id: keyId })),
})

/** What was decided before something could be decided has its default. */
export async function readPolicy({ actor, ctx }: Asked): Promise<PolicySnapshot> {
  const { organizationId } = actor
  const snapshot = await askLedger({ organizationId, ctx, ask: (ledger) => ledger.policy() })
  return { ...snapshot, policy: { ...defaultPolicy, ...snapshot.policy } }
}

const changedMeanwhile = (version: number) =>
  new Problem(
    'conflict',
    `The policy was changed by somebody else in the meantime: version ${version} is the present one. Read it and decide again.`,
    { param: 'version', facts: { version } },
  )

const fieldsThatDiffer = (before: OrganizationPolicy, after: OrganizationPolicy): string[] =>
  (Object.keys(after) as (keyof OrganizationPolicy)[]).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  )

export async function changePolicy({
  readVersion,
  change,
  ...asked
}: Asked & {
  readVersion: ReadVersion
  change: (present: OrganizationPolicy) => OrganizationPolicy
}): Promise<PolicySnapshot> {
  const { actor, ctx } = asked
  const { organizationId } = actor
  const present = await readPolicy(asked)
  if (readVersion !== 'any' && readVersion !== present.version) throw changedMeanwhile(present.version)
  const policy = change(present.policy)
  const fields = fieldsThatDiffer(present.policy, policy)
  if (fields.length === 0) return present
  requireSoundPolicy({ policy, present: present.policy, models: withOwnServer(ctx.models, present) })
  const { conflict, ...changed } = await askLedger({
    organizationId,
    ctx,
    ask: (ledger) => ledger.setPolicy({ policy, ifVersion: present.version }),
  })
  if (conflict) throw changedMeanwhile(changed.version)
  const facts = { version: changed.version, fields: fields.join(' ') }
  await auditInsert({ ctx, organizationId, actor, action: 'policy.changed', targetId: organizationId, facts })
  await notify({
    ctx,
    organizationId,
    type: 'policy.changed',
    data: { version: changed.version, fields, changed_by: actor.userId },
  })
  return changed
}
