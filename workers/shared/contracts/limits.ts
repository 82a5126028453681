// What accounts may do, on the wire: /api/organizations/current/limits, and the same fields of keys.
import { z } from 'zod'
import { BudgetMicros, BudgetPeriod } from './budget-fields.ts'
import { DEFAULT_ALERT_PERCENTS } from './limit-defaults.ts'

export const limitFields = {
  rate_limit_rpm: z.number().int().min(1).max(1_000_000).nullable().describe('requests per minute; null: no limit'),
  rate_limit_tpm: z
    .number()
    .int()
    .min(1)
    .max(10_000_000_000)
    .nullable()
    .describe('tokens per minute, prompt and answer together; null: no limit'),
  parallel_requests: z.number().int().min(1).max(10_000).nullable().describe('calls at the same time; null: no limit'),
  alert_percents: z
    .array(z.number().int().min(1).max(100))
    .max(5)
    .transform((list) => [...new Set(list)].toSorted((a, b) => a - b))
    .describe('shares of the budget, in percent, at which a notice is sent, once in each period'),
}

/** Whose: `organization`, `member:usr_…` or `model:vendor/name`. A key's limits are the key's own fields. */
export const LimitAccount = z
  .string()
  .max(220)
  .regex(
    /^(?:organization|member:usr_[0-9a-z]+|model:\S+)$/,
    'is “organization”, “member:usr_…” or “model:vendor/name”',
  )
  .transform((account) => account as 'organization' | `member:${string}` | `model:${string}`)
export type LimitAccount = z.infer<typeof LimitAccount>

/** All of an account's limits: what is left out is lifted. */
export const SetLimits = z
  .object({
    budget_micros: BudgetMicros.nullable().default(null),
    budget_period: BudgetPeriod.nullable().default('month'),
    rate_limit_rpm: limitFields.rate_limit_rpm.default(null),
    rate_limit_tpm: limitFields.rate_limit_tpm.default(null),
    parallel_requests: limitFields.parallel_requests.default(null),
    alert_percents: limitFields.alert_percents.default([...DEFAULT_ALERT_PERCENTS]),
  })
  .strict()
export type SetLimits = z.infer<typeof SetLimits>

export const AccountLimits = z.object({
  account: z.string(),
  budget_micros: z.number().int().nullable(),
  budget_period: BudgetPeriod.nullable(),
  spent_micros: z.number().int().nullable().describe('in the present period; null where there is no budget'),
  held_micros: z.number().int().nullable().describe('by requests in flight; null where there is no budget'),
  resets_at: z.number().int().nullable(),
  rate_limit_rpm: z.number().int().nullable(),
  rate_limit_tpm: z.number().int().nullable(),
  parallel_requests: z.number().int().nullable(),
  alert_percents: z.array(z.number().int()),
})
export type AccountLimits = z.infer<typeof AccountLimits>

export const AccountLimitsList = z.object({ data: z.array(AccountLimits).describe('the organization first') })
export type AccountLimitsList = z.infer<typeof AccountLimitsList>
