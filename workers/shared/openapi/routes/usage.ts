// What was used and charged.
import {
  RebuildBook,
  RebuiltBook,
  SetUsageAlerts,
  UsageAlerts,
  UsageBalance,
  UsageBudget,
  UsageEntry,
  UsageForecast,
  UsageSeries,
  UsageSummaryRow,
} from '../../contracts/usage.ts'
import { pageOf } from '../../contracts/page.ts'
import { pageParameters, text, type Route } from '../route.ts'

const common = { tag: 'usage', access: 'key', method: 'get' } as const
const moment = (name: string, description: string) => ({ name, in: 'query', description, schema: text }) as const

export const usageRoutes: Route[] = [
  {
    ...common,
    path: '/api/usage/balance',
    id: 'getBalance',
    summary: 'The organization’s balance',
    answers: [{ status: 200, description: 'The balance.', schema: UsageBalance }],
  },
  {
    ...common,
    path: '/api/usage/entries',
    id: 'listEntries',
    summary: 'The ledger’s entries, newest first',
    parameters: [
      ...pageParameters,
      { name: 'request_id', in: 'query', description: 'Of one request alone.', schema: text },
    ],
    answers: [{ status: 200, description: 'A page.', schema: pageOf(UsageEntry) }],
    problems: ['invalid_cursor'],
  },
  {
    ...common,
    path: '/api/usage/summary',
    id: 'getSummary',
    summary: 'What was used, by day, model, service, member or key',
    parameters: [
      moment('from', 'The first moment: a day, ISO 8601 or milliseconds. Thirty days before `to` where absent.'),
      moment('to', 'The moment after the last. Now where absent.'),
      {
        name: 'by',
        in: 'query',
        description: 'What to group by.',
        schema: { type: 'string', enum: ['day', 'model', 'service', 'member', 'key'] },
      },
    ],
    answers: [{ status: 200, description: 'One row for each group.', schema: pageOf(UsageSummaryRow) }],
  },
  {
    ...common,
    path: '/api/usage/series',
    id: 'getUsageSeries',
    summary: 'What was used on each day, by model, service, key or member',
    description:
      'For charts: the dearest groups, and everything else as one. Read from the book, which follows the ledger within seconds. At most 400 days.',
    parameters: [
      moment('from', 'A day or a moment; its whole day (UTC) is included. Thirty days before `to` where absent.'),
      moment('to', 'The moment after the last, to the end of its day. The end of today where absent.'),
      {
        name: 'by',
        in: 'query',
        description: 'What to group by; `model` where absent.',
        schema: { type: 'string', enum: ['model', 'service', 'key', 'member'] },
      },
      { name: 'group', in: 'query', description: 'One group alone; empty: what has none.', schema: text },
      {
        name: 'limit',
        in: 'query',
        description: 'How many groups, from 1 to 50; 10 where absent.',
        schema: { type: 'integer', minimum: 1, maximum: 50 },
      },
    ],
    answers: [{ status: 200, description: 'The groups, and what each came to on each day.', schema: UsageSeries }],
  },
  {
    ...common,
    path: '/api/usage/export',
    id: 'exportUsage',
    summary: 'The entries as a file, oldest first',
    description:
      'Streamed from the book, which follows the ledger within seconds; a file that breaks off was not whole. In CSV no cell is a formula, and a byte order mark says that it is UTF-8.',
    parameters: [
      {
        name: 'format',
        in: 'query',
        description: '`csv` (where absent) or `json`, in the shape of the list of entries.',
        schema: { type: 'string', enum: ['csv', 'json'] },
      },
      moment('from', 'The first moment: a day, ISO 8601 or milliseconds. The first entry where absent.'),
      moment('to', 'The moment after the last. Now where absent.'),
      {
        name: 'locale',
        in: 'query',
        description: 'The language of the headings; the names of the fields where absent.',
        schema: { type: 'string', enum: ['en', 'ar'] },
      },
    ],
    answers: [{ status: 200, description: 'The file.', contentType: 'text/csv' }],
  },
  {
    ...common,
    path: '/api/usage/forecast',
    id: 'getUsageForecast',
    summary: 'What the present period will come to',
    description:
      'Of the subscription’s period, or of the calendar month: the mean of the latest whole days for the days that are left, with a range that four of five such sums fall into. Who sees the organization’s usage also sees when its credit runs out.',
    answers: [{ status: 200, description: 'The forecast.', schema: UsageForecast }],
  },
  {
    ...common,
    access: 'session',
    path: '/api/usage/alerts',
    id: 'getUsageAlerts',
    summary: 'At which shares of its included credit the organization is told',
    answers: [{ status: 200, description: 'The shares, and what was told in this period.', schema: UsageAlerts }],
  },
  {
    ...common,
    access: 'session',
    method: 'put',
    path: '/api/usage/alerts',
    id: 'setUsageAlerts',
    summary: 'Choose those shares',
    description: 'Each is told once a period, by mail and as `usage.threshold_reached`. None: nobody is told.',
    request: { schema: SetUsageAlerts, example: { percents: [50, 80, 100] } },
    answers: [{ status: 200, description: 'The shares, and what was told in this period.', schema: UsageAlerts }],
  },
  {
    ...common,
    path: '/api/usage/budgets',
    id: 'listBudgets',
    summary: 'The budgets that bind you, with what is spent and held',
    answers: [{ status: 200, description: 'Every budget.', schema: pageOf(UsageBudget) }],
  },
  {
    ...common,
    tag: 'operators',
    access: 'session',
    method: 'post',
    path: '/api/usage/rebuild',
    id: 'rebuildBook',
    summary: 'Write the book of an organization anew from its ledger',
    request: { schema: RebuildBook, example: { organization_id: 'org_…' } },
    answers: [{ status: 200, description: 'How many entries were sent.', schema: RebuiltBook }],
  },
]
