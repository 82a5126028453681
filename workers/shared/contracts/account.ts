// A signed-in person's own account on the wire, and what other Workers may ask the auth service.
import { z } from 'zod'
import { regions } from '../lib/region.ts'
import type { Notice } from './notices.ts'
import type { Principal } from './principal.ts'
import { roles, type Role } from './permissions.ts'

export const Locale = z.enum(['en', 'ar'])
export type Locale = z.infer<typeof Locale>

export const Account = z.object({
  user: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    email_verified: z.boolean(),
    locale: Locale,
    two_factor_enabled: z.boolean(),
  }),
  organization: z.object({
    id: z.string(),
    name: z.string(),
    slug: z.string(),
    role: z.enum(roles),
    personal: z.boolean(),
  }),
  permissions: z.array(z.string()).describe('what this role may do: actions of the permission table'),
  platform_admin: z.boolean(),
  regions: z
    .array(z.enum(regions))
    .describe('those that a new organization can be bound to; empty where the platform has none'),
  default_region: z.enum(regions).nullable().describe('where one is bound to that does not say'),
})
export type Account = z.infer<typeof Account>

export const PersonName = z.string().trim().min(1).max(100)

export const UpdateAccount = z.object({ name: PersonName.optional(), locale: Locale.optional() }).strict()
export type UpdateAccount = z.infer<typeof UpdateAccount>

export const DeleteAccount = z.object({ password: z.string().min(1).max(256) }).strict()
export type DeleteAccount = z.infer<typeof DeleteAccount>

/** On the queue `riwaq-erasures`: whatever a consumer keeps of this organization, or of this member in all of theirs, is to be erased. */
export interface Erasure {
  organizationId?: string
  userId: string
}

export interface MailedNotice {
  /** How many people have it in their mailbox now, whoever asked first. 0: nobody is told of such a notice by mail. */
  mailed: number
  /** How many it could not be sent to: ask again with the same notice. */
  failed: number
}

/** What other services change and the audit log tells of. */
export const serviceAuditActions = [
  'webhook.created',
  'webhook.updated',
  'webhook.deleted',
  'webhook.secret-rotated',
  'webhook.disabled',
  'provider-key.created',
  'provider-key.replaced',
  'provider-key.deleted',
  'plan.created',
  'plan.updated',
  'plan.archived',
  'credit-pack.updated',
  'subscription.changed',
  'subscription.canceled',
  'subscription.resumed',
  'billing-details.updated',
  'auto-top-up.updated',
  'overage.updated',
  'usage-alerts.updated',
  'invoice.refunded',
  'stripe-event.replayed',
  'reconciliation.started',
  'discrepancy.resolved',
  'library-item.shared',
  'library-item.unshared',
] as const
export type ServiceAuditAction = (typeof serviceAuditActions)[number]

export interface ServiceAudit {
  organizationId: string
  /** Both null where the platform itself decided. */
  actor: { userId: string | null; keyId: string | null }
  action: ServiceAuditAction
  targetId: string
  /** Ids, counts and names of fields; no addresses and no secrets. */
  facts?: Record<string, string | number | boolean | null>
}

/** What an invoice and the number of seats need to know of an organization. */
export interface OrganizationFacts {
  name: string
  personal: boolean
  /** People who belong to it, and those who are invited and may still come. */
  members: number
  invited: number
  /** Of its first owner: where its mail goes, until somebody says otherwise. */
  owner: { userId: string; name: string; email: string; locale: Locale } | null
}

/** The named entrypoint `AuthRpc`. */
export interface AuthQuestions {
  /** Whose session this cookie is; `anonymous` where it is nobody's. `origin`: the address the caller used. */
  principalOf(input: { cookie: string; origin: string }): Promise<Extract<Principal, { kind: 'user' | 'anonymous' }>>
  /** The addresses of people, for receipts and exports; those who are gone are left out. */
  emailsOf(userIds: string[]): Promise<Record<string, string>>
  /** What a member is now: a key acts for the member who made it. Null for somebody who is none. */
  roleOf(input: { organizationId: string; userId: string }): Promise<Role | null>
  /** Null where there is no such organization (any more). */
  organizationOf(input: { organizationId: string }): Promise<OrganizationFacts | null>
  /** In the order of their ids, for what has to reach everybody in steps. */
  organizationIdsAfter(input: { after: string; limit: number }): Promise<string[]>
  /** Tells those who look after the organization's money, each in their own language. The same notice is mailed once. */
  mailNotice(notice: Notice): Promise<MailedNotice>
  /** Asked before the change is made: what cannot be recorded is not done. */
  recordAudit(audit: ServiceAudit): Promise<void>
  health(): Promise<{ database: boolean }>
}
