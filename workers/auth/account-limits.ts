// What an account of the organization may spend and do: all together, one member, one model. The ledger keeps and
// applies it; here it is checked that the account exists, and who changed it is written down.
import { and, eq } from 'drizzle-orm'
import { members, organizations } from '#db/schema/auth'
import type { BudgetState, Limits } from '#shared/contracts/ledger'
import { DEFAULT_ALERT_PERCENTS } from '#shared/contracts/limit-defaults'
import type { AccountLimits, LimitAccount, SetLimits } from '#shared/contracts/limits'
import { invalidRequest, notFound } from '#shared/http/problems'
import { askLedger } from './ask-ledger.ts'
import { auditInsert } from './audit.ts'
import type { SystemContext } from './context.ts'
import { withOwnServer } from './known-models.ts'
import type { Actor } from './require-actor.ts'

interface Asked {
  actor: Actor
  ctx: SystemContext
}

type Kept = { limits?: Limits; budget?: BudgetState }

const unlimited: Limits = {
  requestsPerMinute: null,
  tokensPerMinute: null,
  parallelRequests: null,
  alertPercents: [...DEFAULT_ALERT_PERCENTS],
}

const toAccountLimits = (account: string, { limits = unlimited, budget }: Kept): AccountLimits => ({
  account,
  budget_micros: budget?.limitMicros ?? null,
  budget_period: budget?.period ?? null,
  spent_micros: budget?.spentMicros ?? null,
  held_micros: budget?.heldMicros ?? null,
  resets_at: budget?.resetsAt ?? null,
  rate_limit_rpm: limits.requestsPerMinute,
  rate_limit_tpm: limits.tokensPerMinute,
  parallel_requests: limits.parallelRequests,
  alert_percents: limits.alertPercents,
})

const says = ({ limits = unlimited, budget }: Kept): boolean =>
  Boolean(budget) || [limits.requestsPerMinute, limits.tokensPerMinute, limits.parallelRequests].some((n) => n !== null)

async function keptOf({ actor, ctx }: Asked): Promise<Map<string, Kept>> {
  const { organizationId } = actor
  const [limits, budgets] = await Promise.all([
    askLedger({ organizationId, ctx, ask: (ledger) => ledger.limits() }),
    askLedger({ organizationId, ctx, ask: (ledger) => ledger.budgets() }),
  ])
  const kept = new Map<string, Kept>([['organization', {}]])
  for (const { account, ...own } of limits) kept.set(account, { limits: own })
  for (const budget of budgets) kept.set(budget.account, { ...kept.get(budget.account), budget })
  return kept
}

/** The organization first, then members, then models. Keys say their limits themselves. */
export async function listLimits(asked: Asked): Promise<AccountLimits[]> {
  const rank = (account: string) => ['o', 'me', 'mo'].findIndex((start) => account.startsWith(start))
  return [...(await keptOf(asked))]
    .filter(([account, kept]) => !account.startsWith('key:') && (account === 'organization' || says(kept)))
    .toSorted(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map(([account, kept]) => toAccountLimits(account, kept))
}

export async function getLimits({ account, ...asked }: Asked & { account: LimitAccount }): Promise<AccountLimits> {
  return toAccountLimits(account, (await keptOf(asked)).get(account) ?? {})
}

/** A model of a server that the organization brings. */
async function offersItself(name: string, { actor, ctx }: Asked): Promise<boolean> {
  const { organizationId } = actor
  const policy = await askLedger({ organizationId, ctx, ask: (ledger) => ledger.policy() })
  return withOwnServer(ctx.models, policy).has(name)
}

async function requireAccount(account: LimitAccount, { actor, ctx }: Asked): Promise<void> {
  const name = account.slice(account.indexOf(':') + 1)
  if (account.startsWith('member:')) {
    const isHere = and(eq(members.organizationId, actor.organizationId), eq(members.userId, name))
    if ((await ctx.db.$count(members, isHere)) === 0) throw notFound('member')
  }
  if (account.startsWith('model:') && !ctx.models.has(name) && !(await offersItself(name, { actor, ctx })))
    throw invalidRequest(`account: there is no model “${name}”; GET /v1/models lists those that there are`, 'account')
}

async function write(account: LimitAccount, input: SetLimits, { actor, ctx }: Asked): Promise<void> {
  const { organizationId } = actor
  const budget =
    input.budget_micros === null
      ? null
      : { limitMicros: input.budget_micros, period: input.budget_period ?? ('month' as const) }
  const limits: Limits = {
    requestsPerMinute: input.rate_limit_rpm,
    tokensPerMinute: input.rate_limit_tpm,
    parallelRequests: input.parallel_requests,
    alertPercents: input.alert_percents,
  }
  await askLedger({ organizationId, ctx, ask: (ledger) => ledger.setLimits({ account, limits }) })
  await askLedger({ organizationId, ctx, ask: (ledger) => ledger.setBudget({ account, budget }) })
  const facts = {
    account,
    limit_micros: budget?.limitMicros ?? null,
    period: budget?.period ?? null,
    requests_per_minute: limits.requestsPerMinute,
    tokens_per_minute: limits.tokensPerMinute,
    parallel_requests: limits.parallelRequests,
  }
  const targetId = account === 'organization' ? organizationId : account.slice(account.indexOf(':') + 1)
  const noted = auditInsert({ ctx, organizationId, actor, action: 'limits.changed', targetId, facts })
  if (account !== 'organization') return void (await noted)
  // What the organization's own page shows.
  await ctx.db.batch([
    noted,
    ctx.db
      .update(organizations)
      .set({ requestsPerMinute: limits.requestsPerMinute })
      .where(eq(organizations.id, organizationId)),
  ])
}

export async function setLimits({
  account,
  input,
  ...asked
}: Asked & { account: LimitAccount; input: SetLimits }): Promise<AccountLimits> {
  await requireAccount(account, asked)
  await write(account, input, asked)
  return getLimits({ account, ...asked })
}

/** Of somebody who is gone as well: what is kept for them is of no use. */
export async function liftLimits({ account, ...asked }: Asked & { account: LimitAccount }): Promise<void> {
  const input: SetLimits = {
    budget_micros: null,
    budget_period: null,
    rate_limit_rpm: null,
    rate_limit_tpm: null,
    parallel_requests: null,
    alert_percents: [...DEFAULT_ALERT_PERCENTS],
  }
  await write(account, input, asked)
}
