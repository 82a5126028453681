// What was spent, asked of the organization's ledger: exact at once, unlike the book, which follows.
import type { Balance, BudgetState, LedgerEntry, Page, SummaryRow } from '#shared/contracts/ledger'
import type { EntriesQuery, SummaryQuery } from '#shared/contracts/usage'
import { invalidRequest } from '#shared/http/problems'
import { requirePermission } from '#shared/http/require-permission'
import { ask } from './ask.ts'
import type { BillingContext } from './context.ts'
import { usageReach } from './usage-reach.ts'

const DEFAULT_SUMMARY_MS = 30 * 86_400_000

const theLedger = 'The ledger'

export function readBalance({ ctx }: { ctx: BillingContext }): Promise<Balance> {
  const { organizationId } = requirePermission(ctx.principal, 'balance.read')
  return ask(theLedger, () => ctx.ledgerOf(organizationId).balance())
}

export async function readEntries({
  query,
  ctx,
}: {
  query: EntriesQuery
  ctx: BillingContext
}): Promise<Page<LedgerEntry>> {
  const { organizationId, userId } = await usageReach(ctx)
  const { limit, cursor, request_id: requestId } = query
  return ask(theLedger, () => ctx.ledgerOf(organizationId).entries({ limit, cursor, requestId, userId }))
}

export async function readSummary({ query, ctx }: { query: SummaryQuery; ctx: BillingContext }): Promise<SummaryRow[]> {
  const { organizationId, userId } = await usageReach(ctx)
  const to = query.to ?? ctx.clock() + 1
  const from = query.from ?? to - DEFAULT_SUMMARY_MS
  if (from >= to) throw invalidRequest('from: must be before `to`', 'from')
  return ask(theLedger, () => ctx.ledgerOf(organizationId).summary({ from, to, by: query.by, userId }))
}

/** Every budget to those who see the organization's usage; to others the one that binds them. */
export async function readBudgets({ ctx }: { ctx: BillingContext }): Promise<BudgetState[]> {
  const { organizationId, userId } = await usageReach(ctx)
  const budgets = await ask(theLedger, () => ctx.ledgerOf(organizationId).budgets())
  return userId === undefined ? budgets : budgets.filter(({ account }) => account === `member:${userId}`)
}
