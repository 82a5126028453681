// What the operators of a deployment see and do: /api/admin.
import { z } from 'zod'
import { PageQuery, pageOf } from './page.ts'

export const SearchQuery = PageQuery.extend({ q: z.string().trim().max(200).optional() })
export type SearchQuery = z.infer<typeof SearchQuery>

export const AdminUser = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  email_verified: z.boolean(),
  two_factor_enabled: z.boolean(),
  platform_admin: z.boolean(),
  created_at: z.number().int(),
})
export type AdminUser = z.infer<typeof AdminUser>
export const AdminUserPage = pageOf(AdminUser)

export const AdminOrganization = z.object({
  id: z.string(),
  name: z.string(),
  slug: z.string(),
  personal: z.boolean(),
  members: z.number().int(),
  created_at: z.number().int(),
  balance_micros: z.number().int().nullable().describe('null where its ledger could not be asked'),
  held_micros: z.number().int().nullable(),
  available_micros: z.number().int().nullable(),
})
export type AdminOrganization = z.infer<typeof AdminOrganization>
export const AdminOrganizationPage = pageOf(AdminOrganization)

export const GrantCredit = z
  .object({
    id: z
      .string()
      .regex(/^[\w.:-]{1,100}$/)
      .describe('names the grant: the same id is granted once'),
    amount_micros: z.number().int().min(1).max(1_000_000_000_000),
    note: z.string().trim().max(200).optional(),
  })
  .strict()
export type GrantCredit = z.infer<typeof GrantCredit>

export const GrantedCredit = z.object({
  entry_id: z.string(),
  amount_micros: z.number().int(),
  repeated: z.boolean(),
  balance_micros: z.number().int(),
})
export type GrantedCredit = z.infer<typeof GrantedCredit>
