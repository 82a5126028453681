// What was used and charged, as DESIGN fixes it.
import { z } from 'zod'
import { units } from '../../lib/money.ts'
import { pageParameters, text, type Route } from '../route.ts'

const count = z.number().int()
const Usage = z.partialRecord(z.enum(units), count)

const Balance = z.object({ balance_micros: count, held_micros: count.describe('Held by requests that are running.'), available_micros: count }).meta({ id: 'Balance' })

const Entry = z
  .object({
    id: z.string(),
    at: count.describe('Milliseconds since the epoch.'),
    kind: z.enum(['grant', 'charge', 'refund', 'adjustment', 'expiry']),
    amount_micros: count.describe('Signed: a charge is negative. The sum of all entries is the balance.'),
    request_id: z.string().nullable(),
    service: z.string().nullable(),
    model: z.string().nullable(),
    provider: z.string().nullable(),
    key_id: z.string().nullable(),
    user_id: z.string().nullable(),
    usage: Usage.nullable(),
    price: Usage.nullable().describe('Micros per million units, as they were applied.'),
    estimated: z.boolean().describe('The provider gave no count, so ours was used.'),
  })
  .meta({ id: 'LedgerEntry' })

const Summary = z
  .object({
    data: z.array(
      z.object({ group: z.string().nullable().describe('The day, or the id of the model, service, member or key.'), requests: count, charged_micros: count, usage: Usage }),
    ),
  })
  .meta({ id: 'UsageSummary' })

const common = { tag: 'usage', access: 'key', method: 'get' } as const
const day = (name: string, description: string) => ({ name, in: 'query', description, schema: text }) as const

export const usageRoutes: Route[] = [
  { ...common, path: '/api/usage/balance', id: 'getBalance', summary: 'The organization’s balance', answers: [{ status: 200, description: 'The balance.', schema: Balance }] },
  {
    ...common,
    path: '/api/usage/entries',
    id: 'listEntries',
    summary: 'The ledger’s entries, newest first',
    parameters: [...pageParameters, { name: 'request_id', in: 'query', description: 'Of one request alone.', schema: text }],
    answers: [{ status: 200, description: 'A page.', schema: z.object({ data: z.array(Entry), next_cursor: z.string().nullable() }) }],
    problems: ['invalid_cursor'],
  },
  {
    ...common,
    path: '/api/usage/summary',
    id: 'getSummary',
    summary: 'What was used, by day, model, service, member or key',
    parameters: [
      day('from', 'The first moment, as a date or ISO 8601.'),
      day('to', 'The moment after the last.'),
      { name: 'by', in: 'query', description: 'What to group by.', schema: { type: 'string', enum: ['day', 'model', 'service', 'member', 'key'] } },
    ],
    answers: [{ status: 200, description: 'One row for each group.', schema: Summary }],
  },
]
