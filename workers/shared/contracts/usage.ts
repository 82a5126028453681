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

const DAY_MS = 86_400_000
/** The longest stretch of time that one chart is of. */
export const MAX_SERIES_DAYS = 400

const seriesBy = ['model', 'service', 'key', 'member'] as const
export type SeriesBy = (typeof seriesBy)[number]

const isOrdered = ({ from, to }: { from?: number; to?: number }) => from === undefined || to === undefined || from < to
const notOrdered = { message: 'must be before `to`', path: ['from'] }

export const SeriesQuery = z
  .object({
    from: Moment.optional().describe('its whole day is included; 30 days before `to` where absent'),
    to: Moment.optional().describe('not included; the end of today where absent'),
    by: z.enum(seriesBy).default('model'),
    group: z.string().max(300).optional().describe('of this one alone; empty: of what has none'),
    limit: z.coerce.number().int().min(1).max(50).default(10).describe('groups; the others are told as one'),
  })
  .refine(isOrdered, notOrdered)
  .refine(({ from, to }) => from === undefined || to === undefined || to - from <= MAX_SERIES_DAYS * DAY_MS, {
    message: `is more than ${MAX_SERIES_DAYS} days before \`to\``,
    path: ['from'],
  })
export type SeriesQuery = z.infer<typeof SeriesQuery>

const sums = {
  requests: z.number().int(),
  charged_micros: z.number().int(),
  input_tokens: z.number().int().describe('of every kind of a prompt’s tokens'),
  output_tokens: z.number().int().describe('of an answer, reasoning included'),
}

export const UsageSeries = z.object({
  from: z.number().int(),
  to: z.number().int().describe('not included'),
  by: z.enum(seriesBy),
  groups: z
    .array(
      z.object({
        group: z.string().nullable().describe('null where an entry has none'),
        rest: z.boolean().describe('everything beyond the dearest groups'),
        ...sums,
      }),
    )
    .describe('the dearest first'),
  points: z
    .array(z.object({ day: z.string(), at: z.number().int().describe('which of `groups`, counted from 0'), ...sums }))
    .describe('in the order of days; days on which nothing was used are left out'),
})
export type UsageSeries = z.infer<typeof UsageSeries>

export const ExportQuery = z
  .object({
    format: z.enum(['csv', 'json']).default('csv'),
    from: Moment.optional().describe('included; the first entry where absent'),
    to: Moment.optional().describe('not included; now where absent'),
    locale: z.enum(['en', 'ar']).optional().describe('of the headings; absent: the names of the fields'),
  })
  .refine(isOrdered, notOrdered)
export type ExportQuery = z.infer<typeof ExportQuery>

export const UsageForecast = z.object({
  period: z.object({
    start: z.number().int(),
    end: z.number().int(),
    of: z.enum(['subscription', 'calendar_month']),
  }),
  spent_micros: z.number().int().describe('so far in the period'),
  expected_micros: z.number().int().describe('of the whole period, should it go on like this'),
  low_micros: z.number().int(),
  high_micros: z.number().int().describe('four times out of five it comes to something between the two'),
  method: z
    .literal('daily_mean')
    .describe('the mean of the latest whole days (28 at the most), for the days that are left'),
  based_on_days: z.number().int().describe('0: no whole day is known yet, and today stands for them all'),
  per_day_micros: z.number().int(),
  credit: z
    .object({
      included_micros: z.number().int().describe('granted for this period'),
      included_left_micros: z.number().int(),
      balance_micros: z.number().int().describe('of every kind'),
      included_runs_out_at: z.number().int().nullable().describe('null: not within this period'),
      runs_out_at: z.number().int().nullable().describe('all of it; null: not within a year'),
    })
    .nullable()
    .describe('for those who see the organization’s money, where credit limits anything'),
})
export type UsageForecast = z.infer<typeof UsageForecast>

export const SetUsageAlerts = z
  .object({
    percents: z
      .array(z.number().int().min(1).max(100))
      .max(10)
      .refine((list) => new Set(list).size === list.length, 'names a share twice')
      .describe('shares of a period’s included credit; empty: nobody is told'),
  })
  .strict()
export type SetUsageAlerts = z.infer<typeof SetUsageAlerts>

export const UsageAlerts = z.object({
  percents: z.array(z.number().int()),
  period: z
    .object({ start: z.number().int(), end: z.number().int() })
    .nullable()
    .describe('null without a subscription'),
  included_micros: z.number().int(),
  used_micros: z.number().int(),
  told: z.array(z.object({ percent: z.number().int(), at: z.number().int() })).describe('in this period'),
})
export type UsageAlerts = z.infer<typeof UsageAlerts>
