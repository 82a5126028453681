// API keys on the wire: /api/keys.
import { z } from 'zod'
import { BudgetMicros, BudgetPeriod } from './budget-fields.ts'
import { DEFAULT_ALERT_PERCENTS } from './limit-defaults.ts'
import { limitFields } from './limits.ts'
import { scopes } from './permissions.ts'
import { pageOf } from './page.ts'

export { BudgetMicros, BudgetPeriod }

const Instant = z
  .union([z.number().int().positive(), z.iso.datetime({ offset: true })])
  .transform((value) => (typeof value === 'number' ? value : Date.parse(value)))

const ModelList = z.array(z.string().trim().min(1).max(200)).min(1).max(200)
const ScopeList = z
  .array(z.enum(scopes))
  .min(1)
  .transform((list) => [...new Set(list)])

const fields = {
  name: z.string().trim().min(1).max(100),
  budget_micros: BudgetMicros.nullable().describe('what this key may spend in a period; null: no budget of its own'),
  budget_period: BudgetPeriod.nullable(),
  rate_limit_rpm: z.number().int().min(1).max(100_000).nullable().describe('requests per minute'),
  rate_limit_tpm: limitFields.rate_limit_tpm,
  parallel_requests: limitFields.parallel_requests,
  alert_percents: limitFields.alert_percents,
  cache_seconds: z
    .number()
    .int()
    .min(1)
    .max(2_592_000)
    .nullable()
    .describe('for how long its answers are given again to equal requests; null: only where a request asks for it'),
  expires_at: Instant.nullable().describe('milliseconds since the epoch, or ISO 8601; in the future'),
  scopes: ScopeList,
  models: ModelList.nullable().describe('full model ids; null for all'),
}

export const CreateKey = z
  .object({
    name: fields.name,
    budget_micros: fields.budget_micros.default(null),
    budget_period: fields.budget_period.default('month'),
    rate_limit_rpm: fields.rate_limit_rpm.default(null),
    rate_limit_tpm: fields.rate_limit_tpm.default(null),
    parallel_requests: fields.parallel_requests.default(null),
    alert_percents: fields.alert_percents.default([...DEFAULT_ALERT_PERCENTS]),
    cache_seconds: fields.cache_seconds.default(null),
    expires_at: fields.expires_at.default(null),
    scopes: fields.scopes.default(['models', 'chat', 'images', 'usage']),
    models: fields.models.default(null),
  })
  .strict()
export type CreateKey = z.infer<typeof CreateKey>

export const UpdateKey = z.object(fields).partial().strict()
export type UpdateKey = z.infer<typeof UpdateKey>

export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  hint: z.string().describe('the last characters of the key, to tell it by'),
  user_id: z.string(),
  scopes: z.array(z.enum(scopes)),
  models: z.array(z.string()).nullable(),
  budget_micros: z.number().int().nullable(),
  budget_period: BudgetPeriod.nullable(),
  rate_limit_rpm: z.number().int().nullable(),
  rate_limit_tpm: z.number().int().nullable(),
  parallel_requests: z.number().int().nullable(),
  alert_percents: z.array(z.number().int()),
  cache_seconds: z.number().int().nullable(),
  expires_at: z.number().int().nullable(),
  created_at: z.number().int(),
  last_used_at: z.number().int().nullable(),
  spent_micros: z.number().int().describe('spent in the present budget period, or ever where there is no budget'),
  revoked_at: z.number().int().nullable(),
})
export type ApiKey = z.infer<typeof ApiKey>

export const CreatedKey = ApiKey.extend({ key: z.string().describe('shown once; only its hash is kept') })
export type CreatedKey = z.infer<typeof CreatedKey>

export const ApiKeyPage = pageOf(ApiKey)
