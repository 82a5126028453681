// What was used beyond credit, told to Stripe's meter. Each entry of the ledger is one event of the meter, named by it:
// Stripe takes a name once within a day, so what could not be told in that time is not tried again but looked at.
import { eq } from 'drizzle-orm'
import { billingCustomers } from '#db/schema/billing'
import { wordsOfError } from '#shared/http/words-of-error'
import { closeDiscrepancy, raise } from '../reconciliation/discrepancies.ts'
import { stripeOf } from '../stripe-of.ts'
import { askStripe } from '../stripe.ts'
import type { MoneyContext } from '../sync/money-context.ts'
import { toSeconds } from '../sync/stripe-time.ts'
import { createOverageRows, type OverageRow } from './overage-rows.ts'

export const OVERAGE_METER = 'riwaq_overage'

const HOUR_MS = 3_600_000
/** For so long Stripe surely knows a name again. */
const SAFE_MS = 23 * HOUR_MS
const AT_ONCE = 100

async function customerOf(organizationId: string, { db }: MoneyContext): Promise<string | null> {
  const [row] = await db
    .select({ id: billingCustomers.stripeCustomerId })
    .from(billingCustomers)
    .where(eq(billingCustomers.organizationId, organizationId))
    .limit(1)
  return row?.id ?? null
}

async function giveUp({ id, organizationId, amountMicros, error }: OverageRow, ctx: MoneyContext): Promise<void> {
  const expected = `${amountMicros} micros told to the meter`
  await raise({ kind: 'overage_unreported', organizationId, subjectId: id, expected, actual: error ?? 'not told' }, ctx)
}

async function report(row: OverageRow, ctx: MoneyContext): Promise<void> {
  const { id, organizationId, amountMicros, at } = row
  const customer = await customerOf(organizationId, ctx)
  if (!customer) throw new Error('the organization is no customer at Stripe')
  await askStripe(() =>
    stripeOf(ctx).billing.meterEvents.create(
      {
        event_name: OVERAGE_METER,
        identifier: id,
        timestamp: toSeconds(at),
        payload: { stripe_customer_id: customer, value: String(amountMicros) },
      },
      { idempotencyKey: `riwaq:overage:${id}` },
    ),
  )
}

/** True where more is waiting. */
export async function reportOverage({ ctx }: { ctx: MoneyContext }): Promise<boolean> {
  const rows = createOverageRows(ctx.db)
  const waiting = await rows.waiting({ limit: AT_ONCE })
  for (const row of waiting) {
    if (row.error !== null && ctx.clock() - row.at > SAFE_MS) {
      await giveUp(row, ctx)
      continue
    }
    try {
      await report(row, ctx)
      await rows.finish({ id: row.id, at: ctx.clock() })
      if (row.error !== null) await closeDiscrepancy({ kind: 'overage_unreported', subjectId: row.id }, ctx)
    } catch (error) {
      const words = wordsOfError(error)
      ctx.logger.error('overage-not-reported', { entry: row.id, error: words })
      await rows.fail({ id: row.id, error: words })
    }
  }
  return waiting.length === AT_ONCE && waiting.every(({ error }) => error === null)
}
