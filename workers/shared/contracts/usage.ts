// What was spent, on the wire: /api/usage.
import { z } from 'zod'
import { BudgetPeriod } from './keys.ts'
import { isId, type IdKind } from '../lib/ids.ts'
import { units } from '../lib/money.ts'

const idOf = (kind: IdKind) =>
  z.string().refine((value) => isId(kind, value), `is not the id of ${kind === 'organization' ? 'an' : 'a'} ${kind}`)

export const EntriesQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(500).optional(),
  request_id: z.string().min(1).max(200).optional(),
})
export type EntriesQuery = z.infer<typeof EntriesQuery>

const LATEST = Date.UTC(9999, 11, 31)

/** Milliseconds since the epoch, a day (2026-01-31, its first moment in UTC) or a moment in ISO 8601. */
const Moment = z
  .union([
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
    z.iso.date().transform((day) => Date.parse(day)),
    z.iso.datetime({ offset: true }).transform((moment) => Date.parse(moment)),
  ])
  .refine((at) => at <= LATEST, 'is too far ahead')

export const SummaryQuery = z
  .object({
    from: Moment.optional().describe('included; 30 days before `to` where absent'),
    to: Moment.optional().describe('not included; now where absent'),
    by: z.enum(['day', 'model', 'service', 'member', 'key']).default('day'),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, {
    message: 'must be before `to`',
    path: ['from'],
  })
export type SummaryQuery = z.infer<typeof SummaryQuery>

export const UsageBalance = z.object({
  balance_micros: z.number().int(),
  held_micros: z.number().int().describe('held by requests in flight'),
  available_micros: z.number().int(),
})
export type UsageBalance = z.infer<typeof UsageBalance>

const Units = z.partialRecord(z.enum(units), z.number().int())

export const UsageEntry = z.object({
  id: z.string(),
  at: z.number().int().describe('milliseconds since the epoch'),
  kind: z.enum(['grant', 'charge', 'refund', 'adjustment', 'expiry']),
  amount_micros: z.number().int().describe('signed: a charge is negative; the sum of all entries is the balance'),
  request_id: z.string().nullable(),
  service: z.string().nullable(),
  model: z.string().nullable(),
  provider: z.string().nullable(),
  key_id: z.string().nullable(),
  user_id: z.string().nullable(),
  usage: Units.nullable(),
  price: Units.nullable().describe('micros per million units, as applied'),
  estimated: z.boolean().describe('the provider gave no count, so ours was used'),
  note: z.string().nullable(),
})
export type UsageEntry = z.infer<typeof UsageEntry>

export const UsageSummaryRow = z.object({
  group: z.string().nullable().describe('the day (UTC), model, service, member or key; null where an entry has none'),
  requests: z.number().int(),
  charged_micros: z.number().int(),
  usage: Units,
})
export type UsageSummaryRow = z.infer<typeof UsageSummaryRow>

export const UsageBudget = z.object({
  account: z.string().describe('`organization`, `member:<user id>` or `key:<key id>`'),
  budget_micros: z.number().int(),
  budget_period: BudgetPeriod,
  spent_micros: z.number().int(),
  held_micros: z.number().int(),
  resets_at: z.number().int().nullable(),
})
export type UsageBudget = z.infer<typeof UsageBudget>

export const RebuildBook = z.object({ organization_id: idOf('organization') }).strict()
export type RebuildBook = z.infer<typeof RebuildBook>

export const RebuiltBook = z.object({
  entries: z.number().int().describe('how many entries were sent to the book again'),
})
export type RebuiltBook = z.infer<typeof RebuiltBook>
