// Organizations on the wire: who belongs to one, in what role, with what budget, and what was done.
import { z } from 'zod'
import { regions } from '../lib/region.ts'
import { BudgetMicros, BudgetPeriod } from './keys.ts'
import { pageOf } from './page.ts'
import { roles } from './permissions.ts'
import { OrganizationPolicy, VendorName } from './policy.ts'

export const RoleName = z.enum(roles)

const budget = {
  budget_micros: z.number().int().nullable(),
  budget_period: BudgetPeriod.nullable(),
  spent_micros: z
    .number()
    .int()
    .nullable()
    .describe('spent in the present period; null where there is no budget or the ledger could not be asked'),
  resets_at: z.number().int().nullable(),
}

export const OrganizationState = z.object({
  id: z.string(),
  name: z.string(),
  slug: z.string(),
  personal: z.boolean(),
  region: z
    .enum(regions)
    .nullable()
    .describe('where its ledger and conversations live; null: wherever they were first asked for'),
  role: RoleName,
  permissions: z.array(z.string()),
  created_at: z.number().int(),
  ...budget,
  rate_limit_rpm: z.number().int().nullable().describe('paid requests per minute, all together'),
})
export type OrganizationState = z.infer<typeof OrganizationState>

export const UpdateOrganization = z
  .object({
    name: z.string().trim().min(1).max(100).optional(),
    budget_micros: BudgetMicros.nullable().optional(),
    budget_period: BudgetPeriod.nullable().optional(),
    rate_limit_rpm: z.number().int().min(1).max(1_000_000).nullable().optional(),
  })
  .strict()
export type UpdateOrganization = z.infer<typeof UpdateOrganization>

export const Member = z.object({
  user_id: z.string(),
  name: z.string(),
  email: z.string(),
  role: RoleName,
  joined_at: z.number().int(),
  ...budget,
})
export type Member = z.infer<typeof Member>
export const MemberPage = pageOf(Member)

export const UpdateMember = z
  .object({
    role: RoleName.optional(),
    budget_micros: BudgetMicros.nullable().optional(),
    budget_period: BudgetPeriod.nullable().optional(),
  })
  .strict()
export type UpdateMember = z.infer<typeof UpdateMember>

export const CreateInvitation = z
  .object({
    email: z
      .email()
      .max(254)
      .transform((email) => email.toLowerCase()),
    role: RoleName.default('member'),
  })
  .strict()
export type CreateInvitation = z.infer<typeof CreateInvitation>

export const Invitation = z.object({
  id: z.string(),
  email: z.string(),
  role: RoleName,
  inviter_id: z.string(),
  created_at: z.number().int(),
  expires_at: z.number().int(),
})
export type Invitation = z.infer<typeof Invitation>
export const InvitationPage = pageOf(Invitation)

export const AuditEvent = z.object({
  id: z.string(),
  at: z.number().int(),
  action: z.string(),
  actor_user_id: z.string().nullable(),
  actor_name: z.string().nullable(),
  actor_key_id: z.string().nullable(),
  target_id: z.string().nullable(),
  target_name: z.string().nullable().describe('where the target is a person who is still here'),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).nullable(),
})
export type AuditEvent = z.infer<typeof AuditEvent>
export const AuditPage = pageOf(AuditEvent)

const version = z
  .number()
  .int()
  .min(0)
  .optional()
  .describe('the one that was read; the header If-Match may say it instead')

export const PolicyState = z.object({
  version: z.number().int().describe('counts up with every change; 0: nothing was ever decided'),
  policy: OrganizationPolicy,
  provider_keys: z
    .array(z.object({ vendor: VendorName, key_id: z.string() }))
    .describe('vendors that the organization brings a key of its own for'),
})
export type PolicyState = z.infer<typeof PolicyState>

export const ReplacePolicy = z.object({ version, policy: OrganizationPolicy }).strict()
export type ReplacePolicy = z.infer<typeof ReplacePolicy>

const decided = OrganizationPolicy.shape

export const ChangePolicy = z
  .object({
    version,
    /** Without their defaults: what is left out stays as it is. */
    policy: z
      .object({
        allowed_models: decided.allowed_models.unwrap().optional(),
        allowed_vendors: decided.allowed_vendors.unwrap().optional(),
        zero_retention: decided.zero_retention.unwrap().optional(),
        request_log: decided.request_log.unwrap().optional(),
        response_retention_days: decided.response_retention_days.unwrap().optional(),
        guardrails: decided.guardrails.unwrap().optional(),
        routes: decided.routes.unwrap().optional(),
        provider_key_fallback: decided.provider_key_fallback.unwrap().optional(),
      })
      .strict(),
  })
  .strict()
export type ChangePolicy = z.infer<typeof ChangePolicy>
