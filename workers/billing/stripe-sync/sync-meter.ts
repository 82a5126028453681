import type Stripe from 'stripe'
import { write, type SyncContext } from './context.ts'
import { METER_EVENT } from './price-names.ts'

async function presentMeter({ stripe }: SyncContext): Promise<Stripe.Billing.Meter | null> {
  let inactive: Stripe.Billing.Meter | null = null
  for await (const meter of stripe.billing.meters.list({ limit: 100 })) {
    if (meter.event_name !== METER_EVENT) continue
    if (meter.status === 'active') return meter
    inactive = meter
  }
  return inactive
}

/** The meter of overage: micros of credit, summed. Null where nothing is to be written and there is none. */
export async function syncMeter(ctx: SyncContext): Promise<string | null> {
  const present = await presentMeter(ctx)
  if (present?.status === 'inactive')
    await write(ctx, { kind: 'meter', name: METER_EVENT, action: 'update', fields: ['status'] }, (options) =>
      ctx.stripe.billing.meters.reactivate(present.id, {}, options),
    )
  if (present) return present.id
  const made = await write(ctx, { kind: 'meter', name: METER_EVENT, action: 'create', fields: [] }, (options) =>
    ctx.stripe.billing.meters.create(
      {
        display_name: 'Riwaq overage (micros)',
        event_name: METER_EVENT,
        default_aggregation: { formula: 'sum' },
        customer_mapping: { type: 'by_id', event_payload_key: 'stripe_customer_id' },
        value_settings: { event_payload_key: 'value' },
      },
      options,
    ),
  )
  return made?.id ?? null
}
