// What was used and charged.
import {
  RebuildBook,
  RebuiltBook,
  UsageBalance,
  UsageBudget,
  UsageEntry,
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
