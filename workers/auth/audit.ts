// The audit log: who did what to whom, when and from where. Only ever appended to, in the same batch as the
// change wherever both are rows of the database.
import { auditEvents } from '#db/schema/auth'
import { toHex } from '#shared/lib/bytes'
import { serviceAuditActions, type ServiceAudit } from '#shared/contracts/account'
import type { SystemContext } from './context.ts'

export const auditActions = [
  'session.started',
  'password.changed',
  'two-factor.enabled',
  'two-factor.disabled',
  'account.updated',
  'account.deleted',
  'key.created',
  'key.updated',
  'key.revoked',
  'organization.created',
  'organization.updated',
  'organization.deleted',
  'member.joined',
  'member.role-changed',
  'member.budget-changed',
  'member.removed',
  'member.left',
  'invitation.created',
  'invitation.canceled',
  'credit.granted',
  'limits.changed',
  'policy.changed',
  ...serviceAuditActions,
] as const

export type AuditAction = (typeof auditActions)[number]

export interface AuditInput {
  organizationId?: string | null
  actor: { userId?: string | null; keyId?: string | null }
  action: AuditAction
  targetId?: string
  facts?: Record<string, string | number | boolean | null>
  addressHash?: string | null
}

/** A statement, to be put in the change's own batch. */
export const auditInsert = ({
  ctx,
  organizationId,
  actor,
  action,
  targetId,
  facts,
  addressHash,
}: AuditInput & { ctx: SystemContext }) =>
  ctx.db.insert(auditEvents).values({
    id: ctx.createId('audit'),
    at: ctx.now(),
    organizationId: organizationId ?? null,
    actorUserId: actor.userId ?? null,
    actorKeyId: actor.keyId ?? null,
    action,
    targetId: targetId ?? null,
    facts: facts ?? null,
    addressHash: addressHash ?? null,
  })

/** What another service did, told by RPC. */
export async function recordServiceAudit({ audit, ctx }: { audit: ServiceAudit; ctx: SystemContext }): Promise<void> {
  await auditInsert({ ...audit, ctx })
}

const encoder = new TextEncoder()

/** Keyed, because there are few enough addresses to hash them all. */
export async function hashAddress(address: string, secret: string): Promise<string> {
  const key = await crypto.subtle.importKey(
    'raw',
    encoder.encode(`address:${secret}`),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  return toHex(await crypto.subtle.sign('HMAC', key, encoder.encode(address))).slice(0, 32)
}
