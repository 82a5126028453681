// HTTP of the usage book. Budgets and limits are set where they are audited: on /api/organizations and /api/keys.
import type { BudgetState, SummaryRow } from '#shared/contracts/ledger'
import {
  EntriesQuery,
  RebuildBook,
  SummaryQuery,
  type UsageBudget,
  type UsageSummaryRow,
} from '#shared/contracts/usage'
import type { ServiceApp } from '#shared/http/create-service-app'
import { parseBody, parseWith } from '#shared/http/validate'
import { administrationRoutes } from './administration/routes.ts'
import { billingContext, type BillingEnv } from './context.ts'
import { toEntryResponse } from './numbers/entry-response.ts'
import { numberRoutes } from './numbers/routes.ts'
import { readBalance, readBudgets, readEntries, readSummary } from './read-usage.ts'
import { rebuildBook } from './rebuild-book.ts'
import { reconciliationRoutes } from './reconciliation/routes.ts'
import { sellingRoutes } from './selling-routes.ts'
import { stripeEventRoutes } from './stripe-events/routes.ts'

const toSummaryResponse = ({ group, requests, chargedMicros, usage }: SummaryRow): UsageSummaryRow => ({
  group,
  requests,
  charged_micros: chargedMicros,
  usage,
})

const toBudgetResponse = (budget: BudgetState): UsageBudget => ({
  account: budget.account,
  budget_micros: budget.limitMicros,
  budget_period: budget.period,
  spent_micros: budget.spentMicros,
  held_micros: budget.heldMicros,
  resets_at: budget.resetsAt,
})

const listOf = <T>(data: T[]) => ({ data, next_cursor: null })

export function routes(app: ServiceApp<BillingEnv>): void {
  numberRoutes(app)

  administrationRoutes(app)
  reconciliationRoutes(app)
  stripeEventRoutes(app)
  sellingRoutes(app)
  app.get('/api/usage/balance', async (c) => {
    const { balanceMicros, heldMicros, availableMicros } = await readBalance({ ctx: billingContext(c) })
    return c.json({ balance_micros: balanceMicros, held_micros: heldMicros, available_micros: availableMicros })
  })

  app.get('/api/usage/entries', async (c) => {
    const page = await readEntries({ query: parseWith(EntriesQuery, c.req.query()), ctx: billingContext(c) })
    return c.json({ data: page.data.map(toEntryResponse), next_cursor: page.nextCursor })
  })

  app.get('/api/usage/summary', async (c) => {
    const rows = await readSummary({ query: parseWith(SummaryQuery, c.req.query()), ctx: billingContext(c) })
    return c.json(listOf(rows.map(toSummaryResponse)))
  })

  app.get('/api/usage/budgets', async (c) => {
    const budgets = await readBudgets({ ctx: billingContext(c) })
    return c.json(listOf(budgets.map(toBudgetResponse)))
  })

  app.post('/api/usage/rebuild', async (c) => {
    const { organization_id: organizationId } = await parseBody(c.req.raw, RebuildBook)
    return c.json(await rebuildBook({ organizationId, ctx: billingContext(c) }))
  })
}
