// GET /api/billing/admin/numbers: what came in, what it cost, who pays, and what is owed in credit.
import type { z } from 'zod'
import type { OperatorNumbers, OperatorNumbersQuery } from '#shared/contracts/billing-administration'
import { requirePlatformAdmin } from '#shared/http/require-permission'
import { invalidRequest } from '#shared/http/problems'
import { ask } from '../ask.ts'
import type { BillingContext } from '../context.ts'
import { DAY_MS, dayEnd, dayOf, dayStart } from './days.ts'
import {
  BY_MODEL,
  BY_PLAN,
  CHURNED,
  DAYS,
  FAILED,
  REVENUE,
  STARTED,
  SUBSCRIBERS,
  TOP_SPENDERS,
} from './operator-queries.ts'
import { TOTAL } from './outstanding.ts'
import { lookAtChanged } from './watch-credit.ts'

const DEFAULT_DAYS = 30
const MAX_DAYS = 400
const SPENDERS = 20

type Rows<Row> = D1Result<Row>
interface Amounts {
  charged: number
  cost: number
}
interface Count {
  count: number
}

/** Everything in one trip. */
async function read(database: D1Database, { from, to }: { from: number; to: number }) {
  const at = (sql: string) => database.prepare(sql).bind(from, to)
  const on = (sql: string, ...more: number[]) => database.prepare(sql).bind(dayOf(from), dayOf(to), ...more)
  const [revenue, days, models, plans, spenders, subscribers, started, churned, failed, outstanding] =
    (await database.batch([
      at(REVENUE),
      on(DAYS),
      on(BY_MODEL),
      on(BY_PLAN),
      on(TOP_SPENDERS, SPENDERS),
      database.prepare(SUBSCRIBERS),
      at(STARTED),
      at(CHURNED),
      at(FAILED),
      database.prepare(TOTAL),
    ])) as [
      Rows<{ currency: string; purpose: string; paid: number; refunded: number }>,
      Rows<Amounts & { day: string; uncosted: number }>,
      Rows<Amounts & { model: string; provider: string; requests: number }>,
      Rows<Amounts & { plan: string; organizations: number }>,
      Rows<Amounts & { organizationId: string }>,
      Rows<Count & { status: string }>,
      Rows<Count>,
      Rows<Count>,
      Rows<Count>,
      Rows<{ included: number; promotion: number; bought: number }>,
    ]
  return {
    revenue: revenue.results,
    days: days.results,
    models: models.results,
    plans: plans.results,
    spenders: spenders.results,
    statuses: new Map(subscribers.results.map(({ status, count }) => [status, count])),
    started: started.results[0]?.count ?? 0,
    churned: churned.results[0]?.count ?? 0,
    failed: failed.results[0]?.count ?? 0,
    outstanding: outstanding.results[0] ?? { included: 0, promotion: 0, bought: 0 },
  }
}

const toAmounts = ({ charged, cost }: Amounts) => ({ charged_micros: charged, cost_micros: cost })

const sum = <Row>(rows: Row[], of: (row: Row) => number): number => rows.reduce((total, row) => total + of(row), 0)

/** A name that cannot be had is no reason to hide who spends. */
const nameOf = (organizationId: string, ctx: BillingContext): Promise<string | null> =>
  ctx
    .organizationOf({ organizationId })
    .then((organization) => organization?.name ?? null)
    .catch(() => null)

function stretchOf(query: z.infer<typeof OperatorNumbersQuery>, now: number): { from: number; to: number } {
  const to = dayEnd(query.to ?? now + 1)
  const from = query.from === undefined ? to - DEFAULT_DAYS * DAY_MS : dayStart(query.from)
  if (from >= to) throw invalidRequest('from: must be before `to`', 'from')
  if (to - from > MAX_DAYS * DAY_MS) throw invalidRequest(`from: is more than ${MAX_DAYS} days before \`to\``, 'from')
  return { from, to }
}

export async function readOperatorNumbers({
  query,
  ctx,
}: {
  query: z.infer<typeof OperatorNumbersQuery>
  ctx: BillingContext
}): Promise<OperatorNumbers> {
  requirePlatformAdmin(ctx.principal)
  const { from, to } = stretchOf(query, ctx.clock())
  const numbers = await ask('The book', async () => {
    // What has changed since the last batch of entries is asked for now, within reason.
    await lookAtChanged({ ctx })
    return read(ctx.db.$client, { from, to })
  })
  const { days, outstanding, statuses } = numbers
  const names = await Promise.all(numbers.spenders.map(({ organizationId }) => nameOf(organizationId, ctx)))
  return {
    from,
    to,
    revenue: numbers.revenue.map(({ currency, purpose, paid, refunded }) => ({
      currency,
      purpose,
      paid_minor: paid,
      refunded_minor: refunded,
    })),
    charged_micros: sum(days, ({ charged }) => charged),
    cost_micros: sum(days, ({ cost }) => cost),
    uncosted_micros: sum(days, ({ uncosted }) => uncosted),
    by_model: numbers.models.map((row) => ({
      model: row.model,
      provider: row.provider,
      requests: row.requests,
      ...toAmounts(row),
    })),
    by_plan: numbers.plans.map((row) => ({
      plan_id: row.plan || null,
      organizations: row.organizations,
      ...toAmounts(row),
    })),
    subscribers: {
      active: statuses.get('active') ?? 0,
      trialing: statuses.get('trialing') ?? 0,
      past_due: (statuses.get('past_due') ?? 0) + (statuses.get('unpaid') ?? 0),
      started: numbers.started,
      churned: numbers.churned,
    },
    failed_payments: numbers.failed,
    outstanding_micros: {
      total: outstanding.included + outstanding.promotion + outstanding.bought,
      included: outstanding.included,
      promotion: outstanding.promotion,
      bought: outstanding.bought,
    },
    top_spenders: numbers.spenders.map((row, at) => ({
      organization_id: row.organizationId,
      name: names[at] ?? null,
      ...toAmounts(row),
    })),
    days: days.map((row) => ({ day: row.day, ...toAmounts(row) })),
  }
}
