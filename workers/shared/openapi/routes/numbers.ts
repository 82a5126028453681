// What an operator's deployment takes in, what it costs and what it owes.
import { OperatorNumbers, ProviderInvoice, WriteProviderInvoice } from '../../contracts/billing-administration.ts'
import { pageOf } from '../../contracts/page.ts'
import { pathId, text, type Route } from '../route.ts'

const operators = { tag: 'operators', access: 'session' } as const
const query = (name: string, description: string) => ({ name, in: 'query', description, schema: text }) as const

export const numberRoutes: Route[] = [
  {
    ...operators,
    method: 'get',
    path: '/api/billing/admin/numbers',
    id: 'getOperatorNumbers',
    summary: 'Revenue, cost, margin, subscribers and the credit that is outstanding',
    description:
      'Whole days of UTC, 400 at the most. Cost is what providers take at their list prices; what was charged without a known cost is told apart.',
    parameters: [
      query('from', 'The first day, or a moment of it. Thirty days before `to` where absent.'),
      query('to', 'The day after the last. The end of today where absent.'),
    ],
    answers: [{ status: 200, description: 'The numbers.', schema: OperatorNumbers }],
  },
  {
    ...operators,
    method: 'get',
    path: '/api/billing/admin/provider-invoices',
    id: 'listProviderInvoices',
    summary: 'What providers have billed, against what the book counts',
    parameters: [
      query('from', 'The first month, like 2026-06. Five months before the last where absent.'),
      query('to', 'The last month. The present one where absent.'),
    ],
    answers: [{ status: 200, description: 'By month, the newest first.', schema: pageOf(ProviderInvoice) }],
  },
  {
    ...operators,
    method: 'put',
    path: '/api/billing/admin/provider-invoices/{provider}/{month}',
    id: 'writeProviderInvoice',
    summary: 'Write down what a provider has billed for a month',
    parameters: [
      pathId('provider', 'The provider, as models begin with it.'),
      pathId('month', 'The month, like 2026-06.'),
    ],
    request: { schema: WriteProviderInvoice, example: { amount_micros: 412_350_000, note: 'INV-2026-06' } },
    answers: [{ status: 200, description: 'It, beside our own count.', schema: ProviderInvoice }],
    problems: ['not_found'],
  },
]
